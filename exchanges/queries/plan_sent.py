"""What became of the visits of a plan that were sent as proposals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from exchanges.domain.plan.facts import Pair, PlannedVisit
from exchanges.domain.plan.snapshot import from_json, visits_of
from exchanges.enums import InvitationState, PlanKind, VisitState
from exchanges.models import ProgrammePlan, SentRow, StudyVisit

OVER_BEFORE_HELD = (VisitState.DECLINED, VisitState.WITHDRAWN, VisitState.CANCELLED)


class Fate(StrEnum):
    """What became of a row; the middle ones are states of its visit."""

    OPEN = "open"
    DRAFT = "draft"
    PROPOSED = "proposed"
    AGREED = "agreed"
    GONE = "gone"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class SentVisit:
    """A row that was sent, from which day on, and the visit; None when its draft was discarded."""

    planned: PlannedVisit
    first_day: date
    visit: StudyVisit | None
    row: SentRow

    @property
    def fate(self) -> Fate:
        if self.visit is None:
            return Fate.DISCARDED
        if self.visit.state in OVER_BEFORE_HELD:
            return Fate.GONE
        if self.visit.state in (VisitState.DRAFT, VisitState.PROPOSED):
            return Fate(self.visit.state)
        return Fate.AGREED

    @property
    def is_dead(self) -> bool:
        return self.fate in (Fate.GONE, Fate.DISCARDED)

    @property
    def is_accepted(self) -> bool:
        """Somebody who was asked said yes; reads prefetched rows."""
        if self.visit is None or self.visit.state != VisitState.PROPOSED:
            return False
        return any(
            each.state == InvitationState.ACCEPTED and not each.is_proposer
            for each in self.visit.invitations.all()
        )

    def is_of(self, planned: PlannedVisit) -> bool:
        """A repair keeps a visit when it keeps the host and the guests, in whatever week."""
        same_guests = set(self.planned.guests) == set(planned.guests)
        return self.planned.host == planned.host and same_guests


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


def sent_as(planned: PlannedVisit, sent: Iterable[SentVisit]) -> SentVisit | None:
    """What was sent for this visit of a plan: one that lives comes before those that are over."""
    of_this = [each for each in sent if each.is_of(planned)]
    return next((each for each in of_this if not each.is_dead), next(iter(of_this), None))


def actual_pairs(visit: StudyVisit) -> set[Pair]:
    """As the proposer left them."""
    if visit.host_city is None:
        return set()
    return {(city.slug, visit.host_city.slug) for city in visit.guest_cities()}
