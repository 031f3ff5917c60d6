"""Plans of a programme, read for a list or for a page."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, QuerySet

from exchanges.enums import (
    PlanKind,
    PlanState,
)
from exchanges.models import (
    City,
    Programme,
    ProgrammePlan,
)
from exchanges.plans.domain import PlanResult
from exchanges.plans.domain.request import RequestCity
from exchanges.plans.domain.snapshot import from_json, result_of
from exchanges.plans.queries.sent import sent_visits
from exchanges.plans.words.page import PlanPage, PlanPlace, points_of_visit
from exchanges.plans.words.plan import ProofInWords, headline, proof_of
from exchanges.queries.matching.data import teams_of

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    PlanWithSent = WithAnnotations[ProgrammePlan, "SentCount"]


class SentCount(TypedDict):
    """How many visits of a plan were sent to their proposers."""

    sent: int


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan in a list."""

    plan: ProgrammePlan
    result: PlanResult | None
    headline: str
    points: int
    proof: ProofInWords | None
    sent: int
    author: str


def plans_of(programme: Programme) -> QuerySet[PlanWithSent]:
    """Return a programme's plans with what a list shows, the newest first."""
    plans = ProgrammePlan.objects.filter(programme=programme)
    return plans.select_related("based_on", "created_by").annotate(sent=Count("sent_rows"))


def plan_line(plan: PlanWithSent) -> PlanLine:
    result = result_of(plan.result) if plan.result else None
    return PlanLine(
        plan=plan,
        result=result,
        headline=_headline(plan, result) if result else "",
        points=_points(plan, result) if result else 0,
        proof=proof_of(result) if result else None,
        sent=plan.sent,
        author=plan.created_by.name if plan.created_by else "",
    )


def load_page(plan: ProgrammePlan) -> PlanPage:
    """Read it in a constant number of queries, however many cities and visits."""
    request = from_json(plan.request)
    result = result_of(plan.result) if plan.result else None
    sent = sent_visits(plan) if result else []
    return PlanPage(plan, request, result, places_of(request.cities), sent)


def places_of(cities: Iterable[RequestCity]) -> dict[str, PlanPlace]:
    """As the snapshot has them, by the names of now; a city that is gone keeps its slug."""
    facts = {city.slug: city.facts for city in cities}
    found = {city.slug: str(city) for city in City.objects.filter(slug__in=facts)}
    return {
        slug: PlanPlace(
            slug, found.get(slug, slug), each.country, each.latitude, each.longitude, slug in found
        )
        for slug, each in facts.items()
    }


def kinds_of(programme: Programme) -> list[PlanKind]:
    """Those that there are plans of."""
    kinds = ProgrammePlan.objects.filter(programme=programme).values_list("kind", flat=True)
    return [kind for kind in PlanKind if kind in set(kinds.order_by().distinct())]


def _headline(plan: ProgrammePlan, result: PlanResult) -> str:
    """Without reading the whole snapshot, which can be large."""
    cities = len(json.loads(plan.request)["cities"])
    return headline(len(result.visits), len(result.taking_part), cities)


def _points(plan: ProgrammePlan, result: PlanResult) -> int:
    if plan.kind != PlanKind.REPAIR:
        return result.score
    request = from_json(plan.request)
    points = [(points_of_visit(request, visit), visit) for visit in result.visits]
    return sum(found.get(pair, 0) for found, visit in points for pair in visit.pairs)


def cities_not_accepted(page: PlanPage) -> list[str]:
    """Return the names of cities in the plan's visits whose organisations are all only asked."""
    teams = teams_of(page.plan.programme, with_asked=True)
    waiting = {team.city.slug for team in teams if not team.has_accepted}
    planned = {slug for row in page.rows for slug in (row.visit.host, *row.visit.guests)}
    return sorted(page.places[slug].name for slug in waiting & planned)


def plans_waiting(programme: Programme) -> QuerySet[ProgrammePlan]:
    """Those that are being solved, the oldest first."""
    waiting = (PlanState.QUEUED, PlanState.SOLVING)
    return programme.plans.filter(state__in=waiting).order_by("number").only("number", "state")
