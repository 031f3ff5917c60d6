"""The steps of a search: a plan to start with, then the plain model."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import floor, inf

import numpy as np

from exchanges.plans.domain.arrays import Arrays, Floats, Ints
from exchanges.plans.domain.draft import Draft, Visit, planned, visits_of
from exchanges.plans.domain.facts import Method, PlannedVisit
from exchanges.plans.domain.heuristic import Heuristic, find_plan
from exchanges.plans.domain.model import Model
from exchanges.plans.domain.residue import narrowed
from exchanges.plans.domain.solver import Listener, Solver
from exchanges.plans.domain.watch import Watch

Over = Callable[[], bool]

FEW_ROUNDS = 20
GRACE = 0.5

TOLERANCE = 1e-3
RELATIVE_TOLERANCE = 1e-9
"""By so much a solver's bound may be wrong, in points and in proportion."""


class Search:
    """One problem, its watch, and the best visits in numbers."""

    def __init__(self, arrays: Arrays, watch: Watch, solver: Solver) -> None:
        self.arrays = arrays
        self.watch = watch
        self.solver = solver
        self.wish_worth = wish_worth(arrays)

    def offer(self, visits: Sequence[Visit]) -> bool:
        return self.watch.offer(planned(self.arrays, visits))

    def best(self) -> list[Visit]:
        return visits_of(self.arrays, self.watch.visits)

    def heuristic(self, start: Sequence[PlannedVisit], seconds: float) -> Heuristic:
        """A plan built from `start` and one built from nothing, the better one improved."""
        until = self.watch.budget.clock() + seconds
        over = self.is_over(until)
        first = self._is_first_over()
        known = visits_of(self.arrays, start)
        tries = [self._fill(known, first)] if known else []
        if not tries or not over():
            tries.append(self._fill([], first))
        found = max(tries, key=lambda each: each.draft.value)
        self.offer(found.draft.visits)
        found.improve(over)
        self.offer(found.draft.visits)
        return found

    def polish(self, visits: Sequence[Visit], over: Over) -> None:
        """Fill up what can be added to a plan, and try a little to improve it."""
        found = find_plan(self.arrays, self._draft(), visits, over)
        found.improve(over, FEW_ROUNDS)
        self.offer(found.draft.visits)

    def keep_wishes(self, seconds: float) -> None:
        """When the heuristic cannot keep them all: the most that can be kept, by the plain model
        of the wishes and of whoever could come along."""
        arrays, watch = self.arrays, self.watch
        wanted = arrays.wish > 0
        if arrays.wish_by_slot is not None:
            wanted = wanted | (arrays.wish_by_slot.sum(axis=1) > 0)
        pairs = np.flatnonzero(np.isin(arrays.host, arrays.host[wanted]))
        model = Model(narrowed(arrays, pairs), watch.wishes)
        programme = replace(model.programme(), gains=model.wish_counts())
        until = watch.budget.clock() + seconds
        listener = Listener(self.is_over(until))
        answer = self.solver.integer(programme, None, seconds, listener)
        if answer.bound < watch.most_wishes:
            watch.most_wishes = max(watch.wishes, whole_bound(answer.bound))
        if answer.values is None:
            return
        found = [
            visit._replace(pairs=tuple(pairs[list(visit.pairs)].tolist()))
            for visit in model.visits(answer.values)
        ]
        self.offer(found)
        self.polish(found, self.is_over(until + seconds))

    def _is_first_over(self) -> Over:
        """However short the time, a plan is better than none."""
        watch = self.watch
        end = max(watch.deadline, watch.started + GRACE)
        return lambda: watch.is_stopped() or watch.budget.clock() >= end

    def _fill(self, start: Sequence[Visit], over: Over) -> Heuristic:
        return find_plan(self.arrays, self._draft(), start, over)

    def is_over(self, until: float) -> Over:
        return lambda: self.watch.is_over(until)

    def _draft(self) -> Draft:
        return Draft(self.arrays, banned(self.arrays), self.wish_worth)

    def model(self, seconds: float) -> None:
        """Improve and prove with the plain model."""
        self.watch.method = Method.MODEL
        model = Model(self.arrays, self.watch.wishes)
        listener = Listener(
            is_over=self.watch.is_over,
            hear_bound=self._hear,
            hear_values=lambda values: self._take(model, values),
        )
        start = model.start(self.best())
        answer = self.solver.integer(model.programme(), start, seconds, listener)
        if answer.values is not None:
            self._take(model, answer.values)
        self._hear(answer.bound)

    def _take(self, model: Model, values: Floats) -> None:
        self.offer(model.visits(values))

    def _hear(self, bound: float) -> None:
        if abs(bound) < inf:
            self.watch.limit(whole_bound(bound))


def whole_bound(bound: float) -> int:
    """All points are whole numbers, so no plan is worth a part of one more."""
    return floor(bound + TOLERANCE + RELATIVE_TOLERANCE * abs(bound))


def plain_bound(arrays: Arrays) -> int:
    """What no plan can be worth, without solving anything: every city takes part, and all journeys
    go to the best hosts, or all hosts get the best guests."""
    able = np.union1d(arrays.guest, arrays.host)
    by_guest = _best_points(arrays, arrays.guest, arrays.guesting)
    longest = max(1, int(arrays.places.max(initial=1)))
    by_host = _best_points(arrays, arrays.host, arrays.hosting * longest)
    return int(arrays.worth[able].sum()) + min(by_guest, by_host)


def wish_worth(arrays: Arrays) -> int:
    """More than any two plans differ by, in points and taking part."""
    if not arrays.wish_count:
        return 0
    worst = int(np.minimum(arrays.points, 0).sum())
    return plain_bound(arrays) - worst + 1


def banned(arrays: Arrays) -> list[int]:
    """Pairs that a plan can do without to be unlike earlier ones: of each as few visits as must
    be missing, first those that keep no wish, then those worth least; of each its first pair."""
    found: set[int] = set()
    for plan in arrays.unlike:
        missing = [pairs for pairs in plan.visits if not found.isdisjoint(pairs)]
        others = sorted(
            (pairs for pairs in plan.visits if found.isdisjoint(pairs)),
            key=lambda pairs: (arrays.wish[list(pairs)].sum(), arrays.points[list(pairs)].sum()),
        )
        for pairs in others[: max(0, plan.missing - len(missing))]:
            found.add(min(pairs, key=lambda pair: (arrays.wish[pair], arrays.points[pair], pair)))
    return sorted(found)


def _best_points(arrays: Arrays, ends: Ints, most: Ints) -> int:
    """The points of the best pairs of each city, so many a city as it can have."""
    gains = np.maximum(arrays.points, 0)
    order = np.lexsort((-gains, ends))
    begins = np.searchsorted(ends[order], np.arange(arrays.city_count))
    rank = np.arange(len(order)) - begins[ends[order]]
    return int(gains[order][rank < most[ends[order]]].sum())
