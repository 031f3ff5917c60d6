"""The best plan of a tiny problem, by trying every set of visits: slow, and beyond doubt."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from exchanges.plans.domain import PlannedVisit, PlanProblem
from tests.plan_checker import broken_rules, value_of

Visits = tuple[PlannedVisit, ...]


def best_by_force(problem: PlanProblem) -> tuple[int, int]:
    """The most wishes that any plan keeps, and the highest objective of the plans that keep so
    many."""
    return max(
        (wishes_kept(problem, visits), value_of(problem, visits)) for visits in every_plan(problem)
    )


def wishes_kept(problem: PlanProblem, visits: Visits) -> int:
    """Fixed pairs that meet + guests of locked visits who are there, at that host in that window.
    A pair that is both counts twice."""
    meeting = {pair for visit in visits for pair in visit.pairs}
    there = {(visit.host, visit.window, guest) for visit in visits for guest in visit.guests}
    locked = {
        (visit.host, visit.window, guest) for visit in problem.locked for guest in visit.guests
    }
    return len(problem.fixed & meeting) + len(locked & there)


def every_plan(problem: PlanProblem) -> Iterator[Visits]:
    """All that break no rule. A visit more never mends a rule, so what breaks one is not grown."""
    slots = list(product([city.slug for city in problem.cities], range(problem.window_count)))
    yield from _grown(problem, slots, ())


def _grown(problem: PlanProblem, slots: list[tuple[str, int]], visits: Visits) -> Iterator[Visits]:
    yield visits
    if len(visits) >= problem.exchanges:
        return
    for place, (host, window) in enumerate(slots):
        for guests in _parties(problem, host):
            more = (*visits, PlannedVisit(host, window, guests))
            if not broken_rules(problem, more):
                yield from _grown(problem, slots[place + 1 :], more)


def _parties(problem: PlanProblem, host: str) -> Iterator[tuple[str, ...]]:
    guests = sorted(guest for guest, its_host in problem.points if its_host == host)
    for size in range(1, len(guests) + 1):
        yield from combinations(guests, size)
