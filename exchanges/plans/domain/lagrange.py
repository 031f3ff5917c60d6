"""Find prices with a low bound, and on the way the visits that are good at such prices.

Columns here are visits with their sets of guests. A linear programme over them has the same bound,
but spends nearly all its time on its own degeneracy (36 s at 500 cities, where this takes 5).
"""

from collections.abc import Callable

import numpy as np

from exchanges.plans.domain.arrays import Arrays, Flags, Floats, Ints
from exchanges.plans.domain.draft import Visit
from exchanges.plans.domain.prices import (
    Choice,
    Prices,
    bound_at,
    choose,
    first_prices,
    question_at,
)
from exchanges.plans.domain.pricing import Pricer

AIM = 0.985
"""Steps are as long as if the lowest bound were this part of the lowest found (Polyak); where a
plan is known, as if it were halfway between the two."""

DEFLECTION = 1.5
"""How much of the last direction stays where the new one turns back (Camerini, Fratta and
Maffioli)."""

PATIENCE = 6
SHRINKING = 0.6
SHORTEST = 0.004
PROGRESS = 1e-3


class Lagrange:
    """`bound` is the lowest so far, `prices` those that gave it; `visits` are all that were best
    for some host at some time, `latest` the last choice of visits and what they were worth."""

    def __init__(
        self,
        arrays: Arrays,
        wishes: int = 0,
        prices: Prices | None = None,
        known: float | None = None,
    ) -> None:
        self.arrays = arrays
        self.wishes = wishes
        self.known = known
        self.pricer = Pricer(arrays)
        self.current = prices or first_prices(arrays)
        self.prices = self.current
        self.bound = float("inf")
        self.visits: dict[Visit, None] = {}
        self.latest: list[tuple[Visit, float]] = []
        self.step = 1.0
        self.idle = 0
        self.direction: Prices | None = None
        self.is_free = _always_met(arrays, wishes)

    def run(
        self,
        rounds: int,
        is_over: Callable[[], bool],
        hear: Callable[[float], None] = lambda bound: None,
    ) -> None:
        """So many rounds, or until steps are too short to matter."""
        for _ in range(rounds):
            if is_over() or self.step < SHORTEST:
                return
            choice, bound = self._look()
            hear(self.bound)
            self._move(choice, bound)

    def _look(self) -> tuple[Choice, float]:
        arrays = self.arrays
        question = question_at(arrays, self.current)
        choice = choose(arrays, self.pricer.values(question))
        bound = bound_at(arrays, self.current, choice, self.wishes)
        self.idle = 0 if bound < self.bound - PROGRESS * abs(self.bound) else self.idle + 1
        if bound < self.bound:
            self.bound, self.prices = bound, self.current
        slots = len(arrays.slots)
        sets = self.pricer.sets(choice.rows.tolist(), question)
        found = zip(choice.rows.tolist(), sets, choice.values.tolist(), strict=True)
        self.latest = [(Visit(row // slots, row % slots, s), v) for row, s, v in found if s]
        self.visits.update(dict.fromkeys(visit for visit, _ in self.latest))
        return choice, bound

    def _move(self, choice: Choice, bound: float) -> None:
        if self.idle >= PATIENCE:
            self.step, self.idle = self.step * SHRINKING, 0
            self.current, self.direction = self.prices, None
            return
        slope = self._slope()
        if self.direction is not None and (length := self.direction.dot(self.direction)) > 0:
            back = max(0.0, -DEFLECTION * slope.dot(self.direction) / length)
            slope = slope.moved(-back, self.direction)
        self.direction = slope
        step = self.step * (bound - self._aim()) / max(slope.dot(slope), 1e-9)
        self.current = self.current.moved(step, slope).within(self.arrays, self.is_free)

    def _aim(self) -> float:
        if self.known is None or self.known > self.bound:
            return self.bound - (1 - AIM) * abs(self.bound)
        return (self.known + self.bound) / 2

    def _slope(self) -> Prices:
        """What the latest visits leave of everything that has a price: where they take more than
        there is, it gets dearer."""
        arrays, prices = self.arrays, self.current
        guest, part = arrays.guesting.astype(float), -(arrays.worth > prices.part).astype(float)
        pair, day = np.ones(arrays.pair_count), np.ones(prices.day.shape)
        day[:, arrays.roomy] = 0
        kept = -float(self.wishes)
        for visit, _ in self.latest:
            pairs = list(visit.pairs)
            guests = arrays.guest[pairs]
            guest[guests] -= 1
            part[guests] += 1
            part[visit.host] += 1
            pair[pairs] -= 1
            if not arrays.roomy[visit.slot]:
                day[guests, visit.slot] -= 1
                day[visit.host, visit.slot] -= 1
            kept += kept_by(arrays, visit)
        return Prices(
            guest=np.where((prices.guest <= 0) & (guest > 0), 0, guest),
            part=np.where(_stuck(prices.part, part, arrays.worth), 0, part),
            pair=np.where((prices.pair <= 0) & (pair > 0) & ~self.is_free, 0, pair),
            day=np.where((prices.day <= 0) & (day > 0), 0, day),
            wish=np.array([0.0 if prices.wish[0] <= 0 < kept else kept]),
        )


def kept_by(arrays: Arrays, visit: Visit) -> int:
    """How many wishes a visit keeps."""
    if not arrays.wish_count:
        return 0
    at = sum(arrays.wish_at.get((pair, visit.slot), 0) for pair in visit.pairs)
    return int(arrays.wish[list(visit.pairs)].sum()) + at


def _stuck(price: Floats, slope: Floats, most: Ints) -> Flags:
    return ((price <= 0) & (slope > 0)) | ((price >= most) & (slope < 0))


def _always_met(arrays: Arrays, wishes: int) -> Flags:
    """Pairs that meet in every plan that keeps so many wishes."""
    wanted = arrays.wish > 0
    if arrays.wish_by_slot is not None:
        wanted = wanted | (arrays.wish_by_slot.sum(axis=1) > 0)
    return wanted if wishes == arrays.wish_count else np.zeros(arrays.pair_count, dtype=bool)
