"""Prices of what is scarce, and the bound that any prices give."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from exchanges.plans.domain.arrays import Arrays, Flags, Floats, Ints
from exchanges.plans.domain.draft import Visit
from exchanges.plans.domain.pricing import Question

USUAL_SHARE = 0.4
"""Of what a pair brings, so much is at first the price of its guest's journey."""


@dataclass(frozen=True, slots=True)
class Prices:
    """What is paid for one journey of a guest, for a pair to meet, for a city's day in a slot; and
    what is got for a city's taking part, and for a wish that is kept.

    None is negative, but for the pairs of wishes when a plan has to keep all wishes: those meet
    exactly once, which can be worth something too.
    """

    guest: Floats
    part: Floats
    pair: Floats
    day: Floats
    wish: Floats

    def moved(self, step: float, direction: Prices) -> Prices:
        pairs = zip(self._values(), direction._values(), strict=True)
        return Prices(*(mine - step * other for mine, other in pairs))

    def dot(self, other: Prices) -> float:
        pairs = zip(self._values(), other._values(), strict=True)
        return float(sum((mine * others).sum() for mine, others in pairs))

    def _values(self) -> list[Floats]:
        return [getattr(self, each.name) for each in fields(self)]

    def within(self, arrays: Arrays, is_free: Flags) -> Prices:
        """The nearest that are allowed."""
        part: Floats = np.clip(self.part, 0.0, arrays.worth.astype(np.float64))
        return Prices(
            guest=np.maximum(self.guest, 0),
            part=part,
            pair=np.where(is_free, self.pair, np.maximum(self.pair, 0)),
            day=np.maximum(self.day, 0),
            wish=np.maximum(self.wish, 0),
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """The best visits at some prices, the best first: their rows, and what they are worth."""

    rows: Ints
    values: Floats


def first_prices(arrays: Arrays) -> Prices:
    usual = float(np.median(np.maximum(arrays.points, 0))) if arrays.pair_count else 0.0
    return Prices(
        guest=np.full(arrays.city_count, USUAL_SHARE * usual),
        part=arrays.worth.astype(np.float64) * 0.5,
        pair=np.zeros(arrays.pair_count),
        day=np.zeros((arrays.city_count, len(arrays.slots))),
        wish=np.array([float(np.abs(arrays.points).max(initial=0))]),
    )


def question_at(arrays: Arrays, prices: Prices) -> Question:
    """What pairs are worth at these prices."""
    gains = arrays.points - prices.guest[arrays.guest] + prices.part[arrays.guest] - prices.pair
    gains = gains + prices.wish * arrays.wish
    if arrays.wish_by_slot is not None or prices.day.any():
        gains = gains[:, None] - prices.day[arrays.guest]
        if arrays.wish_by_slot is not None:
            gains = gains + prices.wish * arrays.wish_by_slot
    extra = prices.part[:, None] - prices.day
    return Question(np.arange(arrays.pair_count), gains, extra, arrays.can_meet)


def worth_at(question: Question, visit: Visit) -> float:
    """What one visit is worth at the prices of a question about all pairs."""
    gains = question.gains[list(visit.pairs)]
    if gains.ndim == 2:
        gains = gains[:, visit.slot]
    return float(gains.sum() + question.extra[visit.host, visit.slot])


def bound_at(arrays: Arrays, prices: Prices, choice: Choice, wishes: int) -> float:
    """No plan that keeps `wishes` wishes is worth more (Lagrange).

    Take any such plan. It stays within the journeys of each guest, no pair meets twice, no city is
    in two places, so that it is worth no more than: all of these sold at their prices, plus taking
    part where that is worth more than its price, plus its visits at what they are worth at these
    prices. Only the limits of exchanges, countries and hosts are left, and `choice` are the best
    visits within them.
    """
    sold = (prices.guest * arrays.guesting).sum() + prices.pair.sum() + prices.day.sum()
    sold += (arrays.worth - prices.part).sum() - prices.wish.sum() * wishes
    return float(sold + choice.values.sum())


def choose(arrays: Arrays, values: Floats) -> Choice:
    """The best visits within exchanges, countries and hosts, where `values`, host by slot, are at
    least what any visit there is worth.

    These limits lie inside each other, so taking the best first is best. A host can be several
    times in a slot with room, elsewhere once.
    """
    hosts, slots = arrays.hosts, len(arrays.slots)
    most = int(arrays.hosting[hosts].max(initial=0))
    times = np.where(arrays.roomy, most, min(most, 1))
    columns = np.repeat(np.arange(slots), times)
    order = np.argsort(-values[hosts][:, columns], axis=1, kind="stable")[:, :most]
    slot = columns[order]
    worth = values[hosts[:, None], slot]
    ranks = np.arange(slot.shape[1])
    at, rank = np.nonzero((ranks < arrays.hosting[hosts, None]) & (worth > 0))
    row, worth = hosts[at] * slots + slot[at, rank], worth[at, rank]
    return _within_limits(arrays, row, worth)


def _within_limits(arrays: Arrays, row: Ints, worth: Floats) -> Choice:
    country = arrays.country[row // max(len(arrays.slots), 1)]
    order = np.lexsort((row, -worth, country))
    row, worth, country = row[order], worth[order], country[order]
    begins = np.searchsorted(country, country)
    inside = np.arange(len(country)) - begins < arrays.country_limit[country]
    row, worth = row[inside], worth[inside]
    best = np.lexsort((row, -worth))[: arrays.exchanges]
    return Choice(row[best], worth[best])
