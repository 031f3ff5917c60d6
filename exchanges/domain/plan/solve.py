"""Solve a problem as well as its budget allows."""

from collections.abc import Sequence

from exchanges.domain.plan.arrays import Arrays, arrays_of
from exchanges.domain.plan.columns import Columns
from exchanges.domain.plan.facts import Budget, Method, PlannedVisit, PlanProblem, PlanResult
from exchanges.domain.plan.highs import Highs
from exchanges.domain.plan.rules import score_of, taking_part
from exchanges.domain.plan.search import Search, plain_bound
from exchanges.domain.plan.solver import Solver
from exchanges.domain.plan.unmet import find_unmet
from exchanges.domain.plan.watch import Watch

MODEL_JOURNEYS = 3000
"""The plain model is solved up to so many journeys (a pair in a slot); beyond, by columns."""

QUICK = 0.1
"""The part of the time in which the heuristic looks for a start."""

LONGEST_START = 3.0


def solve(
    problem: PlanProblem,
    budget: Budget,
    *,
    start: Sequence[PlannedVisit] = (),
    method: Method | None = None,
    solver: Solver | None = None,
) -> PlanResult:
    """The best plan found within the budget, and what no plan can exceed.

    `start` is a plan to begin with; what is not possible any more is left out of it. Without a
    `method` the size of the problem chooses. Solved again to the proven optimum, a problem gives
    the same objective. Raises ProblemNotUsable when the numbers make no sense.
    """
    arrays = arrays_of(problem)
    highs = solver or Highs()
    watch = Watch(problem, budget, plain_bound(arrays), arrays.wish_count)
    search = Search(arrays, watch, highs)
    watch.offer(start, Method.HEURISTIC)
    if arrays.pair_count and arrays.exchanges and problem.country_limit > 0:
        _search(search, start, method or method_for(arrays))
    watch.tell()
    return _result(search)


def method_for(arrays: Arrays) -> Method:
    journeys = int(arrays.can_meet.sum())
    return Method.MODEL if journeys <= MODEL_JOURNEYS else Method.COLUMNS


def _search(search: Search, start: Sequence[PlannedVisit], method: Method) -> None:
    seconds = search.watch.budget.seconds
    if method is Method.HEURISTIC:
        search.heuristic(start, seconds)
        return
    search.heuristic(start, min(LONGEST_START, seconds * QUICK))
    if method is Method.COLUMNS:
        Columns(search).run(search.watch.deadline)
    else:
        search.model(search.watch.left())


def _result(search: Search) -> PlanResult:
    watch = search.watch
    problem, visits = watch.problem, watch.visits
    bound = watch.bound
    if not search.arrays.pair_count:
        bound = watch.objective
    return PlanResult(
        visits=visits,
        score=score_of(problem, visits),
        objective=watch.objective,
        bound=max(bound, watch.objective),
        taking_part=taking_part(visits),
        unmet=find_unmet(problem, visits),
        binding=(),
        method=watch.method,
        solver=search.solver.name,
        seconds=watch.seconds(),
        was_stopped=watch.was_stopped,
    )
