"""Visits of a plan become drafts of those who would propose them: checked first, then sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from exchanges import clock
from exchanges.mail.preview import MailPreview
from exchanges.operations.refusals import Refusal
from exchanges.plans.forms import rows_asked
from exchanges.plans.mail import preview_suggestion
from exchanges.plans.operations import sending
from exchanges.plans.operations.sending import RowsNotSendable
from exchanges.plans.queries.pages import load_page
from exchanges.plans.queries.previews import RowPreview, preview_of_rows
from exchanges.plans.views.frame import plan_address, show, solved_plan
from exchanges.plans.words.page import PlanPage, VisitRow
from exchanges.views.active import signed_in
from exchanges.views.programmes.loading import managed_programme


@require_http_methods(["GET", "HEAD", "POST"])
def plan_send(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Who would get which mail about the chosen visits, and which cannot be sent; POST sends."""
    person, at = signed_in(request), clock.now()
    managed_programme(person, slug)
    plan = solved_plan(person, slug, number)
    page = load_page(plan)
    asked: QueryDict = request.POST if request.method == "POST" else request.GET
    rows = rows_asked(asked, len(page.rows))
    errors: list[str] = []
    if request.method == "POST":
        errors = _refusals(page, rows, by=person, at=at)
        page = load_page(plan)
        if not errors or _are_under_way(page, rows):  # also by the first of two clicks
            return redirect(_sent_address(page, rows))
    previews = preview_of_rows(plan, rows, at)
    sendable = [each for each in previews if each.can_be_sent]
    context = {
        "errors": errors,
        "previews": [(each, page.rows[each.number]) for each in previews],
        "sendable": sendable,
        "people": sum(len(each.recipients) for each in sendable),
        "mail": _mail(sendable),
    }
    return show(request, person, page, "plan_send", context, status=409 if errors else 200)


@require_safe
def plan_sent(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What was sent, and what happens next."""
    person = signed_in(request)
    page = load_page(solved_plan(person, slug, number))
    rows = rows_asked(request.GET, len(page.rows)) or range(len(page.rows))
    sent = [page.rows[row] for row in rows if _is_under_way(page.rows[row])]
    if not sent:
        return redirect(plan_address(page.plan))
    return show(request, person, page, "plan_sent", {"sent": sent})


def _refusals(page: PlanPage, rows: Sequence[int], **said: Any) -> list[str]:
    try:
        sending.send_rows(plan=page.plan, rows=rows, **said)
    except RowsNotSendable as refusal:
        return list(refusal.sentences)
    except Refusal as refusal:
        return [str(refusal)]
    return []


def _is_under_way(row: VisitRow) -> bool:
    return row.sent is not None and not row.sent.is_dead


def _are_under_way(page: PlanPage, rows: Sequence[int]) -> bool:
    return bool(rows) and all(_is_under_way(page.rows[row]) for row in rows)


def _sent_address(page: PlanPage, rows: Sequence[int]) -> str:
    return plan_address(page.plan, "plan-sent") + "?" + urlencode({"row": rows}, doseq=True)


def _mail(sendable: Sequence[RowPreview]) -> MailPreview | None:
    """As the first who gets one will read it."""
    for each in sendable:
        if each.suggestion and each.proposer and each.recipients:
            first = each.recipients[0].user
            return preview_suggestion(each.suggestion, each.proposer.organisation, first)
    return None
