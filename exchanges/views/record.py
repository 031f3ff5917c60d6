"""The record, verified as a whole."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exchanges import clock
from exchanges.permissions import (
    can_manage_network,
    is_any_auditor,
    require,
)
from exchanges.queries.record_checks import check_record
from exchanges.views.active import signed_in
from exchanges.words.faults import fault_words


@require_safe
def record_check(request: HttpRequest) -> HttpResponse:
    """Verify the whole record and say what was found."""
    person = signed_in(request)
    require(can_manage_network(person) or is_any_auditor(person))
    check = check_record()
    faults = [fault_words(fault) for fault in check.faults]
    context = {"check": check, "faults": faults, "at": clock.now()}
    return render(request, "exchanges/record/record_check.html", context)
