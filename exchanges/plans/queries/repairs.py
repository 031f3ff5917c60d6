"""What a plan is repaired with: what happened to its visits since, and the programme as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from exchanges.domain.dates import DateRange
from exchanges.models import ProgrammePlan
from exchanges.plans.domain.facts import Pair, PlannedVisit
from exchanges.plans.domain.problem import pairs_in
from exchanges.plans.domain.request import PlanRequest, RequestCity
from exchanges.plans.domain.snapshot import from_json, visits_of
from exchanges.plans.queries.requests import PlanOptions, exchanges_left, request_of
from exchanges.plans.queries.sent import sent_visits
from exchanges.plans.words.sent import Fate, SentVisit, sent_as


@dataclass(frozen=True, slots=True)
class VisitsByFate:
    """The visits of a plan by what holds of them now.

    `outside` are agreed: facts, which the programme's capacities and weeks show already. `locked`
    were accepted by somebody. `open` were not sent, or nobody answered. `dead` are called off.
    """

    outside: tuple[PlannedVisit, ...]
    locked: tuple[PlannedVisit, ...]
    open: tuple[PlannedVisit, ...]
    dead: frozenset[Pair]


def repair_request(plan: ProgrammePlan, at: datetime) -> PlanRequest | None:
    """None when no visit of the plan was called off.

    The programme is read anew: agreed visits have left the plan and lower what it can use,
    accepted ones are locked, pairs that were called off are forbidden.
    """
    earlier = from_json(plan.request)
    now = _request_now(plan, earlier, at)
    found = _by_fate(plan, now.windows, earlier.windows)
    if not found.dead & pairs_in(visits_of((plan.result or {})["visits"])):
        return None
    known = {city.slug for city in now.cities}
    now = _without_late(now, [each for each in found.locked if each.window >= len(now.windows)])
    locked = tuple(each for each in found.locked if each.window < len(now.windows))
    left = min(now.exchanges, earlier.exchanges - len(found.outside))
    return replace(
        now,
        exchanges=max(0, left),
        fixed=(now.fixed | earlier.fixed) - found.dead - pairs_in(found.outside),
        forbidden=now.forbidden | {pair for pair in found.dead if known.issuperset(pair)},
        locked=locked,
        previous=tuple(sorted({*locked, *found.open})),
    )


def _request_now(plan: ProgrammePlan, earlier: PlanRequest, at: datetime) -> PlanRequest:
    options = PlanOptions(
        cities=tuple(city.slug for city in earlier.cities),
        exchanges=exchanges_left(plan.programme),
        fairness=earlier.fairness,
        country_share=earlier.country_share,
    )
    return request_of(plan.programme, options, at)


def _by_fate(
    plan: ProgrammePlan, windows: Sequence[DateRange], earlier: Sequence[DateRange]
) -> VisitsByFate:
    """A week that is past is no window any more: it stands behind the last one."""
    index = {window: number for number, window in enumerate(windows)}
    sent = sent_visits(plan)
    outside, locked, waiting = [], [], []
    for planned in visits_of((plan.result or {})["visits"]):
        moved = replace(planned, window=index.get(earlier[planned.window], len(windows)))
        found = sent_as(planned, sent)
        if found is None or found.fate == Fate.DRAFT:
            waiting.append(moved)
        elif found.fate == Fate.AGREED:
            outside.append(moved)
        elif found.is_accepted:
            locked.append(_as_proposed(found, moved))
        elif not found.is_dead:
            waiting.append(moved)
    dead = frozenset(pair for each in sent if each.is_dead for pair in each.planned.pairs)
    alive = frozenset(pair for each in sent if not each.is_dead for pair in each.planned.pairs)
    return VisitsByFate(tuple(outside), tuple(locked), tuple(waiting), dead - alive)


def _as_proposed(found: SentVisit, planned: PlannedVisit) -> PlannedVisit:
    """Return it with the cities that the proposer left in."""
    visit = found.visit
    assert visit is not None
    assert visit.host_city is not None
    guests = tuple(sorted(city.slug for city in visit.guest_cities()))
    return replace(planned, host=visit.host_city.slug, guests=guests)


def _without_late(request: PlanRequest, late: Sequence[PlannedVisit]) -> PlanRequest:
    """Accepted visits in weeks that are too near to plan: they take what they take."""
    hosts = [visit.host for visit in late]
    guests = [guest for visit in late for guest in visit.guests]
    cities = tuple(
        _after(city, {"hosting": hosts.count(city.slug), "guest": guests.count(city.slug)})
        for city in request.cities
    )
    forbidden = request.forbidden | pairs_in(tuple(late))
    exchanges = max(0, request.exchanges - len(late))
    return replace(request, cities=cities, exchanges=exchanges, forbidden=forbidden)


def _after(city: RequestCity, taken: Mapping[str, int]) -> RequestCity:
    facts = replace(
        city.facts,
        hosting_booked=city.facts.hosting_booked + taken["hosting"],
        guest_booked=city.facts.guest_booked + taken["guest"],
    )
    return replace(city, facts=facts, is_in=city.is_in or any(taken.values()))
