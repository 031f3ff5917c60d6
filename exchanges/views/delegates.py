"""Who travels and who receives: the People tab of a visit."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exchanges import clock
from exchanges.forms.delegates import DelegateForm
from exchanges.models import Delegate, Organisation, StudyVisit
from exchanges.operations import delegates
from exchanges.permissions import can_name_delegates, can_see_people, require
from exchanges.queries.delegates import groups_of
from exchanges.views.active import signed_in
from exchanges.views.refusals import REFUSALS, words
from exchanges.views.saving import saved
from exchanges.views.visits import load_to_read, load_visit, visit_context


@require_safe
def visit_people(request: HttpRequest, reference: str) -> HttpResponse:
    visit = load_to_read(request, reference)
    sees = can_see_people(request.user, visit)
    context = {
        **visit_context(request, visit, "people"),
        "sees_people": sees,
        "groups": groups_of(visit, signed_in(request), sees_people=sees),
        "can_name": visit.state in delegates.NAMING,
    }
    return render(request, "exchanges/visits/visit_people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def delegate_add(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    visit = load_visit(request, reference)
    organisation = get_object_or_404(Organisation, slug=slug, invitations__visit=visit)
    require(can_name_delegates(request.user, visit, organisation))
    form = DelegateForm(request.POST or None)
    if saved(
        form,
        lambda: delegates.add(
            visit=visit,
            organisation=organisation,
            by=signed_in(request),
            at=clock.now(),
            **form.cleaned_data,
        ),
    ):
        sentence = _("%(name)s is on the list.") % {"name": form.cleaned_data["name"]}
        messages.success(request, sentence)
        return redirect("exchanges:visit-people", visit.reference)
    return _page(request, visit, organisation, form)


@require_http_methods(["GET", "HEAD", "POST"])
def delegate_edit(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    visit, delegate = _delegate(request, reference, pk)
    form = DelegateForm(
        request.POST or None,
        initial={name: getattr(delegate, name) for name in DelegateForm.base_fields},
    )
    if saved(
        form,
        lambda: delegates.edit(
            delegate=delegate, by=signed_in(request), at=clock.now(), **form.cleaned_data
        ),
    ):
        messages.success(request, _("Saved."))
        return redirect("exchanges:visit-people", visit.reference)
    return _page(request, visit, delegate.organisation, form, delegate)


@require_POST
def delegate_remove(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    visit, delegate = _delegate(request, reference, pk)
    try:
        delegates.remove(delegate=delegate, by=signed_in(request), at=clock.now())
    except REFUSALS as refusal:
        messages.error(request, words(refusal))
    else:
        sentence = _("%(name)s is off the list.") % {"name": delegate.name}
        messages.success(request, sentence)
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
