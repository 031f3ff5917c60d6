"""A plan after a cancellation: what can be kept is kept. For its prices see `problem_of`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from exchanges.plans.domain.facts import PlannedVisit, PlanResult
from exchanges.plans.domain.request import PlanRequest


def keep_windows(request: PlanRequest, result: PlanResult) -> PlanResult:
    """The visits back in the weeks that the earlier plan gave their hosts, where all are free.

    The points do not depend on the week, so that nothing else changes.
    """
    free = {city.slug: city.facts.windows for city in request.cities}
    usual = _windows_of(request.previous)
    visits = list(result.visits)
    moved = True
    while moved:
        moved = False
        for index, visit in enumerate(visits):
            wanted = usual.get((visit.host, frozenset(visit.guests)), usual.get(visit.host))
            others = visits[:index] + visits[index + 1 :]
            if wanted is None or visit.window == wanted or _is_locked(request, visit):
                continue
            if _fits(visit, wanted, free, others):
                visits[index] = replace(visit, window=wanted)
                moved = True
    return replace(result, visits=tuple(sorted(visits)))


def _windows_of(
    visits: tuple[PlannedVisit, ...],
) -> dict[str | tuple[str, frozenset[str]], int]:
    """By host and guests; by the host alone when it had a single visit."""
    found: dict[str | tuple[str, frozenset[str]], int] = {
        (visit.host, frozenset(visit.guests)): visit.window for visit in visits
    }
    hosts = [visit.host for visit in visits]
    return found | {visit.host: visit.window for visit in visits if hosts.count(visit.host) == 1}


def _is_locked(request: PlanRequest, visit: PlannedVisit) -> bool:
    return any((each.host, each.window) == (visit.host, visit.window) for each in request.locked)


def _fits(
    visit: PlannedVisit, window: int, free: Mapping[str, int], others: list[PlannedVisit]
) -> bool:
    cities = {visit.host, *visit.guests}
    busy = {
        city for other in others if other.window == window for city in (other.host, *other.guests)
    }
    return not cities & busy and all(free[city] >> window & 1 for city in cities)
