"""The record, verified as a whole; its heads, for those who keep them elsewhere."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exchanges import clock
from exchanges.forms.record import HeadsForm
from exchanges.models import User
from exchanges.operations.record_heads import want_heads
from exchanges.permissions import (
    can_manage_network,
    is_any_auditor,
    require,
)
from exchanges.queries.record_checks import check_record
from exchanges.queries.record_heads import compare_heads, heads_as_lines
from exchanges.views.active import signed_in
from exchanges.views.refusals import sent_data
from exchanges.words.faults import fault_words

HEADS_SHOWN = 14


@require_safe
def record_check(request: HttpRequest) -> HttpResponse:
    """Verify the whole record and say what was found."""
    _reader(request)
    check = check_record()
    faults = [fault_words(fault) for fault in check.faults]
    context = {"check": check, "faults": faults, "at": clock.now()}
    return render(request, "exchanges/record/record_check.html", context)


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
    require(can_manage_network(person) or is_any_auditor(person))
    return person
