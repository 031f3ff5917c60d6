"""Who travels and who receives: the People tab of a visit."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exchanges import clock
from exchanges.domain.visit_phases import AHEAD
from exchanges.forms.visits.delegates import DelegateForm, delegate_initial
from exchanges.models import Delegate, Organisation, StudyVisit
from exchanges.operations.visits import delegates
from exchanges.permissions import can_name_delegates, can_see_people, require
from exchanges.queries.visits.delegates import groups_of
from exchanges.views.active import signed_in
from exchanges.views.refusals import refusal_as_message, refusal_on_form, sent_data
from exchanges.views.visits.loading import load_to_read, load_visit, visit_context


@require_safe
def visit_people(request: HttpRequest, reference: str) -> HttpResponse:
    visit = load_to_read(request, reference)
    sees = can_see_people(request.user, visit)
    context = {
        **visit_context(request, visit, "people"),
        "sees_people": sees,
        "groups": groups_of(visit, signed_in(request), sees_people=sees),
        "can_name": visit.state in AHEAD,
    }
    return render(request, "exchanges/visits/visit_people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def delegate_add(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    visit = load_visit(request, reference)
    organisation = get_object_or_404(Organisation, slug=slug, invitations__visit=visit)
    require(can_name_delegates(request.user, visit, organisation))
    form = DelegateForm(sent_data(request))
    if form.is_valid():
        with refusal_on_form(form):
            by, at = signed_in(request), clock.now()
            person = {name: form.cleaned_data[name] for name in delegates.PERSON}
            delegates.add(visit=visit, organisation=organisation, by=by, at=at, **person)
            messages.success(request, _("%(name)s is on the list.") % {"name": person["name"]})
            return redirect("exchanges:visit-people", visit.reference)
    return _page(request, visit, organisation, form)


@require_http_methods(["GET", "HEAD", "POST"])
def delegate_edit(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    visit, delegate = _delegate(request, reference, pk)
    form = DelegateForm(sent_data(request), initial=delegate_initial(delegate))

    def saved_values() -> dict[str, Any]:
        return delegate_initial(Delegate.objects.get(pk=pk))

    if form.is_valid():
        with refusal_on_form(form, saved_values=saved_values):
            by, at = signed_in(request), clock.now()
            delegates.edit(delegate=delegate, by=by, at=at, **form.cleaned_data)
        if not form.errors:
            messages.success(request, _("Saved."))
            return redirect("exchanges:visit-people", visit.reference)
    return _page(request, visit, delegate.organisation, form, delegate)


@require_POST
def delegate_remove(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    visit, delegate = _delegate(request, reference, pk)
    with refusal_as_message(request):
        delegates.remove(delegate=delegate, by=signed_in(request), at=clock.now())
        messages.success(request, _("%(name)s is off the list.") % {"name": delegate.name})
    return redirect("exchanges:visit-people", visit.reference)


def _delegate(request: HttpRequest, reference: str, pk: int) -> tuple[StudyVisit, Delegate]:
    visit = load_visit(request, reference)
    delegate = get_object_or_404(visit.delegates.select_related("organisation"), pk=pk)
    require(can_name_delegates(request.user, visit, delegate.organisation))
    return visit, delegate


def _page(
    request: HttpRequest,
    visit: StudyVisit,
    organisation: Organisation,
    form: DelegateForm,
    delegate: Delegate | None = None,
) -> HttpResponse:
    context = {"visit": visit, "organisation": organisation, "form": form, "delegate": delegate}
    return render(request, "exchanges/visits/delegate_form.html", context)
