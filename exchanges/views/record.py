"""The record, verified as a whole; its heads, for those who keep them elsewhere."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from exchanges import clock
from exchanges.forms.record import HeadsForm
from exchanges.models import RecordRun, User
from exchanges.operations.record_heads import want_heads
from exchanges.operations.record_runs import ask_run
from exchanges.permissions import can_read_record, is_any_auditor, require
from exchanges.queries.record_heads import compare_heads, heads_as_lines
from exchanges.queries.record_runs import faults_of, record_state
from exchanges.views.active import HtmxRequest, signed_in
from exchanges.views.refusals import sent_data
from exchanges.words.faults import fault_words, not_compared_words

HEADS_SHOWN = 14


@require_safe
@vary_on_headers("HX-Request")
def record_check(request: HtmxRequest) -> HttpResponse:
    """Show the last result, and how far the worker is with the next one."""
    _reader(request)
    state = record_state()
    if request.htmx and state.under_way is None:
        return HttpResponse(headers={"HX-Refresh": "true"})
    context: dict[str, Any] = {"state": state, "run": state.under_way}
    if state.last is not None:
        context |= _result(state.last)
    part = "#progress" if request.htmx else ""
    return render(request, f"exchanges/record/record_check.html{part}", context)


@require_POST
def record_verify(request: HttpRequest) -> HttpResponse:
    """Have the worker verify the record; nothing is verified here."""
    ask_run(by=signed_in(request), at=clock.now())
    return redirect("exchanges:record-check")


def _result(run: RecordRun) -> dict[str, Any]:
    counts = sorted(run.not_compared.items())
    return {
        "last": run,
        "faults": [fault_words(fault) for fault in faults_of(run)],
        "unnamed": run.fault_count - len(run.faults),
        "not_compared": [not_compared_words(name, count) for name, count in counts],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def record_heads(request: HttpRequest) -> HttpResponse:
    """Say how to keep the heads, and compare lines that somebody kept; nothing is written."""
    person = _reader(request)
    form = HeadsForm(sent_data(request))
    context = {
        "form": form,
        "heads": heads_as_lines(HEADS_SHOWN),
        "is_auditor": is_any_auditor(person),
        "gets_mail": person.audits.filter(wants_heads=True).exists(),
    }
    if form.is_valid():
        lines = form.cleaned_data["heads"]
        faults = [fault_words(fault) for fault in compare_heads(lines)]
        context |= {"compared": len(lines), "faults": faults}
    return render(request, "exchanges/record/record_heads.html", context)


@require_safe
def record_heads_file(request: HttpRequest) -> HttpResponse:
    """All heads as the file outside the database has them, the earliest first."""
    _reader(request)
    text = "".join(f"{line}\n" for line in reversed(heads_as_lines()))
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="record-heads.txt"'
    return response


@require_POST
def record_heads_mail(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("wanted") == "yes"
    want_heads(wanted=wanted, by=signed_in(request), at=clock.now())
    if wanted:
        messages.success(request, _("You get the head of each day by mail from now on."))
    else:
        messages.success(request, _("You do not get the head of the record by mail."))
    return redirect("exchanges:record-heads")


def _reader(request: HttpRequest) -> User:
    person = signed_in(request)
    require(can_read_record(person))
    return person
