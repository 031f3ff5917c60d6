"""Column generation: look for visits that the mix lacks, until a bound says it is good enough."""

from collections.abc import Callable

import numpy as np

from exchanges.domain.plan.arrays import Arrays, Floats
from exchanges.domain.plan.draft import Visit
from exchanges.domain.plan.master import Master
from exchanges.domain.plan.prices import Prices, bound_at, question_of
from exchanges.domain.plan.pricing import Pricer
from exchanges.domain.plan.solver import Listener, Relaxed

STEADY = 0.5
"""How much of the prices is kept from where the bound was best: prices that jump find visits that
nobody wants a moment later (Wentges 1997)."""

ENOUGH = 1e-4


class Generation:
    """`bound` is the lowest so far; `relaxed` the last mix, `prices` those of the lowest bound."""

    def __init__(self, arrays: Arrays, master: Master, pricer: Pricer) -> None:
        self.arrays = arrays
        self.master = master
        self.pricer = pricer
        self.bound = float("inf")
        self.prices: Prices | None = None
        self.relaxed: Relaxed | None = None
        self.is_complete = False
        self.rounds = 0

    def run(
        self,
        left: Callable[[], float],
        hear: Callable[[float], None] = lambda bound: None,
        listener: Listener | None = None,
    ) -> None:
        """Until no visit is missing, or nothing is left of the time."""
        busy = listener or Listener(lambda: left() <= 0)
        while left() > 0:
            relaxed = self.master.solve(left(), busy)
            if relaxed is None:
                return
            self.relaxed = relaxed
            self.rounds += 1
            own = self.master.prices(relaxed)
            tightened = self.master.tighten(relaxed)
            added = self._round(own)
            hear(self.bound)
            if not added and not tightened:
                self.is_complete = True
                return
            if not tightened and self.bound - relaxed.objective < ENOUGH * abs(self.bound):
                return

    def _round(self, own: Prices) -> int:
        """Look at steady prices first, then at the mix's own."""
        if self.prices is not None:
            if added := self._look(own.towards(self.prices, STEADY), own):
                return added
        return self._look(own, own)

    def _look(self, prices: Prices, own: Prices) -> int:
        arrays = self.arrays
        question = question_of(arrays, prices)
        values = self.pricer.values(question)
        if (bound := bound_at(arrays, prices, values, self.master.wishes)) < self.bound:
            self.bound, self.prices = bound, prices
        profit = values - prices.exchange
        profit -= (prices.country[arrays.country] + prices.host)[:, None]
        rows = self._rows(profit)
        found = self.pricer.sets(rows, question)
        slots = len(arrays.slots)
        visits = [
            Visit(row // slots, row % slots, pairs)
            for row, pairs in zip(rows, found, strict=True)
            if pairs
        ]
        return self.master.add(each for each in visits if self._gains(each, own))

    def _rows(self, profit: Floats) -> list[int]:
        """The best slot of each host; where several are as good, not always the first."""
        spread = 1e-6 * ((np.arange(profit.size) * 7919 + self.rounds * 104729) % 1009)
        shown = profit + spread.reshape(profit.shape)
        best = np.argmax(shown[self.arrays.hosts], axis=1)
        rows = self.arrays.hosts * profit.shape[1] + best
        return [int(row) for row in rows[profit.ravel()[rows] > ENOUGH]]

    def _gains(self, visit: Visit, own: Prices) -> bool:
        """Whether the mix would be worth more with it, at its own prices."""
        arrays, pairs = self.arrays, list(visit.pairs)
        guests = arrays.guest[pairs]
        worth = arrays.points[pairs].sum() - own.guest[guests].sum() + own.part[guests].sum()
        worth += (
            own.part[visit.host] - own.pair[pairs].sum() + own.wish * self.master.kept_by(visit)
        )
        worth -= own.day[guests, visit.slot].sum() + own.day[visit.host, visit.slot]
        worth -= own.exchange + own.country[arrays.country[visit.host]] + own.host[visit.host]
        return bool(worth > ENOUGH)
