"""Solve a problem as well as its budget allows."""

from collections.abc import Sequence

from exchanges.plans.domain.arrays import Arrays, arrays_of
from exchanges.plans.domain.binding import find_binding
from exchanges.plans.domain.columns import ColumnGeneration
from exchanges.plans.domain.facts import Budget, Method, PlannedVisit, PlanProblem, PlanResult
from exchanges.plans.domain.highs import Highs
from exchanges.plans.domain.prices import Prices
from exchanges.plans.domain.rules import score_of, taking_part
from exchanges.plans.domain.search import Search, plain_bound
from exchanges.plans.domain.solver import Solver
from exchanges.plans.domain.unmet import find_unmet
from exchanges.plans.domain.watch import Watch

MODEL_JOURNEYS = 2000
"""The plain model is solved up to so many journeys (a pair in a slot); beyond, by columns."""

QUICK = 0.05
LONGEST_START = 2.0
SHORTEST_START = 0.1
START_A_JOURNEY = 0.001
"""The heuristic looks for a start in this part of the time, within these seconds: no longer than
a small problem deserves, which the plain model solves at once."""

PREPARING = 0.2
"""The part of the time for prices and a plan made along them, before the plain model."""

RESERVE = 0.02
MOST_RESERVE = 0.3
RESERVE_A_PAIR = 1e-5
"""What is kept of the time to put the answer together: a part, within seconds."""


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
    started = budget.clock()
    arrays = arrays_of(problem)
    watch = Watch(problem, budget, plain_bound(arrays), arrays.wish_count, started)
    search = Search(arrays, watch, solver or Highs())
    watch.offer(start)
    prices = None
    if arrays.pair_count and arrays.exchanges and problem.country_limit > 0:
        prices = _search(search, start, method or method_for(arrays))
    else:
        watch.nothing_is_possible()
    watch.finish()
    return _result(search, prices)


def method_for(arrays: Arrays) -> Method:
    journeys = int(arrays.can_meet.sum())
    return Method.MODEL if journeys <= MODEL_JOURNEYS else Method.COLUMNS


def _search(search: Search, start: Sequence[PlannedVisit], method: Method) -> Prices | None:
    """The prices that were found on the way, if any."""
    watch = search.watch
    seconds = watch.left()
    most = MOST_RESERVE + RESERVE_A_PAIR * search.arrays.pair_count
    watch.deadline -= min(most, RESERVE * seconds)
    if method is Method.HEURISTIC:
        search.heuristic(start, seconds)
        return None
    search.heuristic(start, _start_seconds(search.arrays, seconds))
    if watch.wishes < watch.most_wishes:
        search.keep_wishes(PREPARING * seconds)
    columns = ColumnGeneration(search)
    if method is Method.COLUMNS:
        columns.run(watch.deadline)
    else:
        columns.prepare(watch.budget.clock() + PREPARING * seconds)
        if not watch.is_over():
            search.model(watch.left())
    watch.method = method
    return columns.root.prices if columns.root.visits else None


def _start_seconds(arrays: Arrays, seconds: float) -> float:
    most = min(LONGEST_START, START_A_JOURNEY * float(arrays.can_meet.sum()))
    return min(most, max(SHORTEST_START, QUICK * seconds))


def _result(search: Search, prices: Prices | None) -> PlanResult:
    watch, arrays = search.watch, search.arrays
    problem, visits = watch.problem, watch.visits
    return PlanResult(
        visits=visits,
        score=score_of(problem, visits),
        objective=watch.objective,
        bound=max(watch.bound, watch.objective),
        taking_part=taking_part(visits),
        unmet=find_unmet(problem, visits),
        binding=find_binding(arrays, search.best(), prices),
        method=watch.method,
        solver=search.solver.name,
        seconds=watch.seconds(),
        was_stopped=watch.was_stopped,
    )
