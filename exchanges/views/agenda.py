"""The agenda of a visit as a readable list of days, and its form."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exchanges import clock
from exchanges.enums import VisitState
from exchanges.forms.agenda import SessionForm, initial_of
from exchanges.models import AgendaItem, StudyVisit
from exchanges.operations import agenda
from exchanges.permissions import can_edit_agenda, require
from exchanges.queries.agenda import agenda_items, agenda_problems, by_day
from exchanges.views.active import signed_in
from exchanges.views.refusals import refusal_as_message, refusal_on_form
from exchanges.views.visits.loading import load_to_read, load_visit, own_zone, visit_context
from exchanges.words.agenda import problem_lines


@require_safe
def visit_agenda(request: HttpRequest, reference: str) -> HttpResponse:
    visit = load_to_read(request, reference)
    items = list(agenda_items(visit))
    can_edit = visit.state == VisitState.CONFIRMED and can_edit_agenda(request.user, visit)
    lines = problem_lines(agenda_problems(visit, items), items) if can_edit else []
    flagged = {item.pk for line in lines for item in line.items}
    days = by_day(visit, items, own_zone=own_zone(request), flagged=flagged)
    context = {
        **visit_context(request, visit, "agenda"),
        "days": days,
        "shows_own_times": any(row.own_times for day in days for row in day.rows),
        "problems": lines,
        "can_edit": can_edit,
    }
    return render(request, "exchanges/agenda/visit_agenda.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def agenda_item_add(request: HttpRequest, reference: str) -> HttpResponse:
    visit = _editable(request, reference)
    initial = {"day": request.GET.get("day", ""), "languages": visit.languages}
    form = SessionForm(request.POST or None, visit=visit, initial=initial)
    if form.is_valid():
        with refusal_on_form(form):
            data = form.session()
            agenda.add_item(visit=visit, data=data, by=signed_in(request), at=clock.now())
            return _saved(request, visit)
    return _page(request, visit, form)


@require_http_methods(["GET", "HEAD", "POST"])
def agenda_item_edit(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    visit = _editable(request, reference)
    item = get_object_or_404(agenda_items(visit), pk=pk)
    form = SessionForm(request.POST or None, visit=visit, initial=initial_of(item))

    def saved_values() -> dict[str, Any]:
        return initial_of(agenda_items(visit).get(pk=pk))

    if form.is_valid():
        with refusal_on_form(form, saved_values=saved_values):
            saved = agenda.edit_item(
                item=item,
                data=form.session(),
                by=signed_in(request),
                at=clock.now(),
                revision=form.cleaned_data["revision"],
            )
            if saved.revision == item.revision:
                messages.info(request, _("Nothing was changed, so nobody gets a mail."))
                return redirect("exchanges:visit-agenda", visit.reference)
            return _saved(request, visit)
    return _page(request, visit, form, item)


@require_POST
def agenda_item_restore(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    visit = _editable(request, reference)
    item = get_object_or_404(agenda_items(visit), pk=pk)
    person = signed_in(request)
    with refusal_as_message(request):
        agenda.restore_item(item=item, by=person, at=clock.now())
    return redirect("exchanges:visit-agenda", visit.reference)


@require_POST
def agenda_item_cancel(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    visit = _editable(request, reference)
    item = get_object_or_404(agenda_items(visit), pk=pk)
    person = signed_in(request)
    sentence = _("“%(title)s” is cancelled. Those who take part get a mail about it.")
    with refusal_as_message(request):
        agenda.cancel_item(item=item, by=person, at=clock.now())
        messages.success(request, sentence % {"title": item.title})
    return redirect("exchanges:visit-agenda", visit.reference)


def _editable(request: HttpRequest, reference: str) -> StudyVisit:
    visit = load_visit(request, reference)
    require(can_edit_agenda(request.user, visit))
    return visit


def _saved(request: HttpRequest, visit: StudyVisit) -> HttpResponse:
    messages.success(request, _("Saved. Those who take part get a mail about it."))
    return redirect("exchanges:visit-agenda", visit.reference)


def _page(
    request: HttpRequest,
    visit: StudyVisit,
    form: SessionForm,
    item: AgendaItem | None = None,
) -> HttpResponse:
    context = {
        "visit": visit,
        "form": form,
        "item": item,
        "venues": visit.venues.all(),
    }
    return render(request, "exchanges/agenda/agenda_item.html", context)
