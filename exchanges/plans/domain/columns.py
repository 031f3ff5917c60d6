"""The method for larger networks: prices, a dive along them, and smaller problems solved anew.

1. Lagrange finds prices, and with them a bound that holds.
2. The dive settles the visits that are worth most at these prices, a few at a time, and lets the
   prices follow for the rest.
3. Part of the plan is taken out and solved anew as a problem of its own: prices, then the best
   mix of all visits that were best at some time. Again and again, with other parts.
"""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import numpy as np

from exchanges.plans.domain.arrays import Arrays
from exchanges.plans.domain.draft import Draft, Visit
from exchanges.plans.domain.facts import Method
from exchanges.plans.domain.lagrange import Lagrange
from exchanges.plans.domain.mixing import Mixing, in_other_slots, most_promising
from exchanges.plans.domain.prices import Prices
from exchanges.plans.domain.residue import Residue, residue_of
from exchanges.plans.domain.search import Over, Search, banned, whole_bound
from exchanges.plans.domain.solver import Listener

SEED = 41
SHAKE = 0.3
ROUNDS = 150
DIVE_ROUNDS = 10
DIVE_STEPS = 14
PART_ROUNDS = 50
PART_SECONDS = 1.0
SECONDS_A_PAIR = 5e-5
"""The time for a part: these, and more where there is more to look at."""

FIRST_SIZE = 40
FIRST_SHARE = 0.6
"""The first parts have so many visits, or that share of all exchanges."""

LEAST_SIZE = 6
MOST_VISITS = 3000
SHORT, LONG = 0.4, 0.95
"""A part grows when it is solved in so much of its time, and shrinks when it is not."""


class ColumnGeneration:
    """Improves what `search` has found."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.watch = search.watch
        self.arrays = search.arrays
        self.banned = banned(search.arrays)
        self.random = Random(SEED)
        self.shakes = np.random.default_rng(SEED)
        known = float(self.watch.objective)
        self.root = Lagrange(self.arrays, self.watch.wishes, known=known)
        self.size = max(LEAST_SIZE, min(FIRST_SIZE, FIRST_SHARE * self.arrays.exchanges))
        self.part_seconds = PART_SECONDS + SECONDS_A_PAIR * self.arrays.pair_count
        self.known: dict[Visit, None] = {}

    def prepare(self, until: float) -> None:
        """Prices, a bound, and a plan made along them."""
        self.watch.method = Method.COLUMNS
        half = self.watch.budget.clock() + 0.5 * self.watch.left(until)
        self.root.run(ROUNDS, lambda: self.watch.is_over(half), self._hear)
        self.known.update(self.root.visits)
        over = self.search.is_over(until)
        self.search.polish(self._dive(over), over)
        if not over() and self.watch.visits:
            self._solve_part(until)

    def run(self, until: float) -> None:
        """Until the time is over or the plan is proven."""
        self.prepare(until)
        while not self.watch.is_over(until) and self.watch.visits:
            self._solve_part(until)

    def _hear(self, bound: float) -> None:
        self.watch.limit(whole_bound(bound))

    def _offer(self, visits: Sequence[Visit]) -> bool:
        return self.search.offer(visits)

    def _dive(self, over: Over) -> list[Visit]:
        """Settle visits in about DIVE_STEPS steps."""
        settled: list[Visit] = []
        prices = self.root.prices
        share = max(1, self.arrays.exchanges // DIVE_STEPS)
        while not over():
            residue = residue_of(self.arrays, settled, self.watch.wishes, self.banned)
            if not residue.arrays.exchanges or not len(residue.pairs):
                break
            lagrange = Lagrange(residue.arrays, residue.wishes, residue.prices(prices))
            lagrange.run(DIVE_ROUNDS, over)
            prices = residue.carried(prices, lagrange.prices)
            chosen = first_possible(residue.arrays, [visit for visit, _ in lagrange.latest], share)
            if not chosen:
                break
            settled += [residue.outside(visit) for visit in chosen]
        return settled

    def _solve_part(self, until: float) -> None:
        """Take part of the plan out and put the best there instead."""
        clock = self.watch.budget.clock
        plan = self.search.best()
        out = self._part(plan)
        kept = [visit for visit in plan if visit not in out]
        residue = residue_of(self.arrays, kept, self.watch.wishes, self.banned)
        seconds = min(self.part_seconds, self.watch.left(until))
        began = clock()
        found = self._best_in(residue, out, began + seconds)
        took = (clock() - began) / self.part_seconds
        if took < SHORT:
            self.size *= 1.25
        elif took > LONG:
            self.size *= 0.8
        self.size = max(LEAST_SIZE, min(self.size, len(plan)))
        if found is not None:
            self._offer(kept + found)

    def _best_in(self, residue: Residue, out: Sequence[Visit], until: float) -> list[Visit] | None:
        arrays, watch = residue.arrays, self.watch
        over = self.search.is_over(until)
        prices = residue.prices(self.root.prices)
        start = [visit for each in out if (visit := residue.inside(each)) is not None]
        value = value_of(arrays, start)
        lagrange = Lagrange(arrays, residue.wishes, self._shaken(prices), value)
        lagrange.run(PART_ROUNDS, over)
        known = [visit for each in self.known if (visit := residue.inside(each)) is not None]
        self.known.update((residue.outside(visit), None) for visit in lagrange.visits)
        pool = in_other_slots(arrays, [*lagrange.visits, *known])
        allowance = max(0.0, lagrange.bound - value)
        pool = most_promising(arrays, lagrange.prices, pool, MOST_VISITS, allowance)
        if over():
            return None
        mixing = Mixing(arrays, [*start, *pool], residue.wishes)
        found = mixing.solve(self.search.solver, start, watch.left(until), Listener(over))
        return None if found is None else [residue.outside(visit) for visit in found]

    def _shaken(self, prices: Prices) -> Prices:
        """Not quite the same prices each time, so that other visits come up."""
        shaking = self.shakes.uniform(1 - SHAKE, 1 + SHAKE, len(prices.guest))
        return replace(prices, guest=prices.guest * shaking, part=prices.part * shaking[::-1])

    def _part(self, plan: Sequence[Visit]) -> list[Visit]:
        """Visits that are near each other, by guests that could go to one or the other."""
        arrays = self.arrays
        by_city: dict[int, list[Visit]] = {}
        for visit in plan:
            for city in (visit.host, *arrays.guest[list(visit.pairs)].tolist()):
                by_city.setdefault(city, []).append(visit)
        size = min(len(plan), max(1, round(self.size * self.random.uniform(0.7, 1.0))))
        chosen = {self.random.choice(plan): None}
        for _ in range(20 * size):
            if len(chosen) >= size:
                break
            host = self.random.choice(list(chosen)).host
            pair = self.random.randrange(int(arrays.start[host]), int(arrays.start[host + 1]))
            near = by_city.get(int(arrays.guest[pair])) or [self.random.choice(plan)]
            chosen[self.random.choice(near)] = None
        return list(chosen)


def first_possible(arrays: Arrays, visits: Sequence[Visit], most: int) -> list[Visit]:
    """The first of these visits that can be held together."""
    draft = Draft(arrays)
    for visit in visits:
        if len(draft.visits) >= most:
            break
        if draft.is_possible(visit):
            draft.add(visit)
    return draft.visits


def value_of(arrays: Arrays, visits: Sequence[Visit]) -> float:
    draft = Draft(arrays)
    for visit in visits:
        draft.add(visit)
    return draft.value
