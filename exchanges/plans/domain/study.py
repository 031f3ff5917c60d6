"""A solved plan that questions are asked about, and the time that is left for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from exchanges.plans.domain import solve
from exchanges.plans.domain.facts import Budget, Pair, PlannedVisit, PlanProblem, PlanResult
from exchanges.plans.domain.problem import pairs_in
from exchanges.plans.domain.request import PlanRequest

LEAST_SECONDS = 0.2


@dataclass
class Study:
    """A solved plan, and the time that is left to ask about it."""

    request: PlanRequest
    problem: PlanProblem
    result: PlanResult
    budget: Budget
    points: Mapping[Pair, int]
    ends: float
    is_complete: bool = field(default=True)

    def solve(self, problem: PlanProblem, *, of: int) -> PlanResult | None:
        """With a fair part of the time that is left for `of` solves; None when there is none."""
        left = self.ends - self.budget.clock()
        if left < LEAST_SECONDS or self.budget.is_stopped():
            self.is_complete = False
            return None
        seconds = max(LEAST_SECONDS, left / max(1, of))
        budget = replace(self.budget, seconds=seconds, report=lambda progress: None)
        start = () if problem.unlike else self.result.visits
        return solve(problem, budget, start=start)

    def score(self, visits: Iterable[PlannedVisit]) -> int:
        return sum(self.points.get(pair, 0) for visit in visits for pair in visit.pairs)


def missing_visits(plan: Iterable[PlannedVisit], other: Iterable[PlannedVisit]) -> int:
    """Visits of a plan whose host does not receive one of its guests in the other."""
    kept = pairs_in(tuple(other))
    return sum(not kept.issuperset(visit.pairs) for visit in plan)


def objective_of(problem: PlanProblem, visits: Iterable[PlannedVisit]) -> int:
    """Points of the pairs, and what it is worth that these cities take part."""
    rows = list(visits)
    inside = {city for visit in rows for city in (visit.host, *visit.guests)}
    worth = sum(
        problem.participation + city.credit for city in problem.cities if city.slug in inside
    )
    return worth + sum(problem.points.get(pair, 0) for visit in rows for pair in visit.pairs)
