"""The moves of a visit from agreed on: each a page that says what will happen, and asks once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exchanges import clock
from exchanges.enums import VisitMove
from exchanges.forms.visits.visits import CloseForm, ConfirmForm, ReasonForm
from exchanges.models import StudyVisit
from exchanges.operations.visits import visits
from exchanges.permissions import can_make_move, require
from exchanges.queries.network.practices import practices_of_hosts
from exchanges.queries.programmes.exchanges import count_exchanges
from exchanges.views.active import signed_in
from exchanges.views.refusals import refusal_on_form, sent_data
from exchanges.views.visits.loading import load_visit

page = require_http_methods(["GET", "HEAD", "POST"])


@page
def visit_confirm(request: HttpRequest, reference: str) -> HttpResponse:
    visit = _load(request, reference, VisitMove.CONFIRM)
    form = ConfirmForm(request.POST or None)
    if form.is_valid():
        with refusal_on_form(form):
            _confirm(request, visit, form)
            return _done(request, visit, _("Confirmed. The mails with the calendar file go out."))
    context = {"exchanges": count_exchanges(visit.programme)}
    return _page(request, "visit_confirm.html", visit, form, **context)


@page
def visit_return(request: HttpRequest, reference: str) -> HttpResponse:
    visit = _load(request, reference, VisitMove.RETURN)
    done = _("Returned. The proposer is told why.")
    return _with_reason(request, "visit_return.html", visit, visits.return_to_proposer, done)


@page
def visit_complete(request: HttpRequest, reference: str) -> HttpResponse:
    visit = _load(request, reference, VisitMove.COMPLETE)
    form = Form(sent_data(request))
    if form.is_valid():
        with refusal_on_form(form):
            visits.complete(visit=visit, by=signed_in(request), at=clock.now())
            return _done(request, visit, _("Completed. Hosts and guests are asked to report."))
    return _page(request, "visit_complete.html", visit, form)


@page
def visit_cancel(request: HttpRequest, reference: str) -> HttpResponse:
    visit = _load(request, reference, VisitMove.CANCEL)
    done = _("Cancelled. Everyone concerned is told.")
    return _with_reason(request, "visit_cancel.html", visit, visits.cancel, done)


@page
def visit_close(request: HttpRequest, reference: str) -> HttpResponse:
    visit = _load(request, reference, VisitMove.CLOSE)
    practices = practices_of_hosts(visit)
    form = CloseForm(request.POST or None, practices=practices, initial={"report": visit.report})
    if form.is_valid():
        with refusal_on_form(form):
            visits.close(
                visit=visit,
                by=signed_in(request),
                at=clock.now(),
                report=form.cleaned_data["report"],
                practices_seen=list(form.cleaned_data["practices_seen"]),
            )
            return _done(request, visit, _("Closed. The report can be read by everyone."))
    return _page(request, "visit_close.html", visit, form)


def _with_reason(
    request: HttpRequest,
    template: str,
    visit: StudyVisit,
    move: Callable[..., StudyVisit],
    done: str,
) -> HttpResponse:
    """A move that those concerned read the reason of."""
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refusal_on_form(form):
            reason = form.cleaned_data["reason"]
            move(visit=visit, by=signed_in(request), at=clock.now(), reason=reason)
            return _done(request, visit, done)
    return _page(request, template, visit, form)


def _confirm(request: HttpRequest, visit: StudyVisit, form: ConfirmForm) -> None:
    counts = form.cleaned_data["counts"]
    visits.confirm(
        visit=visit,
        by=signed_in(request),
        at=clock.now(),
        counts=counts,
        counts_reason="" if counts else form.cleaned_data["counts_reason"],
    )


def _load(request: HttpRequest, reference: str, verb: VisitMove) -> StudyVisit:
    visit = load_visit(request, reference)
    require(can_make_move(request.user, visit, verb))
    return visit


def _done(request: HttpRequest, visit: StudyVisit, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("exchanges:visit-detail", visit.reference)


def _page(
    request: HttpRequest, template: str, visit: StudyVisit, form: Form, **context: Any
) -> HttpResponse:
    context = {"visit": visit, "form": form, **context}
    return render(request, f"exchanges/visits/{template}", context)
