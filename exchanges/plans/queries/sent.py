"""The visits of a plan that were sent as proposals, with what became of them."""

from __future__ import annotations

from exchanges.enums import PlanKind
from exchanges.models import ProgrammePlan, SentRow
from exchanges.plans.domain.snapshot import from_json, visits_of
from exchanges.plans.words.sent import SentVisit


def line_of(plan: ProgrammePlan) -> list[ProgrammePlan]:
    """The plan, and those that it repairs one after the other: what they sent is its own too."""
    found = [plan]
    while found[-1].kind == PlanKind.REPAIR and found[-1].based_on_id:
        found.append(ProgrammePlan.objects.get(pk=found[-1].based_on_id))
    return found


def sent_visits(plan: ProgrammePlan) -> list[SentVisit]:
    """Of the plan's whole line, the latest first."""
    plans = {each.pk: each for each in line_of(plan)}
    rows = SentRow.objects.filter(plan__in=plans).order_by("-sent_at", "-pk")
    rows = rows.select_related("visit__host_city", "visit__programme").prefetch_related(
        "visit__visit_cities__city", "visit__invitations"
    )
    found = []
    windows = {key: from_json(each.request).windows for key, each in plans.items()}
    for row in rows:
        planned = visits_of((plans[row.plan_id].result or {})["visits"])[row.row]
        first_day = windows[row.plan_id][planned.window].start
        found.append(SentVisit(planned, first_day, row.visit, row))
    return found
