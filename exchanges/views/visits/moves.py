"""The moves of a visit from agreed on: each a page that says what will happen, and asks once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
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
from exchanges.words.visits import public_facts

page = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class MovePage:
    """A page that says what the move does; what its form asks for goes to the operation."""

    verb: VisitMove
    operation: Callable[..., StudyVisit]
    title: str | Promise
    what_happens: str | Promise
    button: str | Promise
    done: str | Promise
    button_class: str = "btn-primary"
    form: type[Form] = ReasonForm


RETURN = MovePage(
    VisitMove.RETURN,
    visits.return_to_proposer,
    _("Return the visit to the proposer"),
    _(
        "The date is open again and everybody asked can change their answer. "
        "The proposer and those asked read your reason."
    ),
    _("Return it"),
    _("Returned. The proposer is told why."),
)
COMPLETE = MovePage(
    VisitMove.COMPLETE,
    visits.complete,
    _("Complete the visit"),
    _(
        "You say that the visit took place. Hosts and guests are then asked for their report, "
        "and an agreement can be drafted."
    ),
    _("Yes, it took place"),
    _("Completed. Hosts and guests are asked to report."),
    form=Form,
)
CANCEL = MovePage(
    VisitMove.CANCEL,
    visits.cancel,
    _("Cancel the visit"),
    _(
        "This cannot be undone. Everyone who takes part, delegates too, and the programme office "
        "get a mail with your reason, and the exchange is free again."
    ),
    _("Cancel the visit"),
    _("Cancelled. Everyone concerned is told."),
    button_class="btn-danger",
)
PAGES = (RETURN, COMPLETE, CANCEL)


@page
def visit_confirm(request: HttpRequest, reference: str) -> HttpResponse:
    visit = _load(request, reference, VisitMove.CONFIRM)
    form = ConfirmForm(request.POST or None)
    if form.is_valid():
        with refusal_on_form(form):
            _confirm(request, visit, form)
            return _done(
                request, visit, _("Confirmed. The mails with the days for the calendar go out.")
            )
    context = {"exchanges": count_exchanges(visit.programme)}
    return _page(request, "visit_confirm.html", visit, form, **context)


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
    return _page(request, "visit_close.html", visit, form, facts=public_facts())


@page
def visit_move(request: HttpRequest, reference: str, page: MovePage) -> HttpResponse:
    visit = _load(request, reference, page.verb)
    form = page.form(sent_data(request))
    if form.is_valid():
        with refusal_on_form(form):
            by, at = signed_in(request), clock.now()
            page.operation(visit=visit, by=by, at=at, **form.cleaned_data)
            return _done(request, visit, page.done)
    return _page(request, "visit_move.html", visit, form, page=page)


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


def _done(request: HttpRequest, visit: StudyVisit, sentence: str | Promise) -> HttpResponse:
    messages.success(request, str(sentence))
    return redirect("exchanges:visit-detail", visit.reference)


def _page(
    request: HttpRequest, template: str, visit: StudyVisit, form: Form, **context: Any
) -> HttpResponse:
    context = {"visit": visit, "form": form, **context}
    return render(request, f"exchanges/visits/{template}", context)
