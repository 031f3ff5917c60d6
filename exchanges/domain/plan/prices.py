"""Prices of what is scarce, and the bound that any prices give."""

from dataclasses import dataclass

import numpy as np

from exchanges.domain.plan.arrays import Arrays, Floats, Ints
from exchanges.domain.plan.pricing import Pricer, Question


@dataclass(frozen=True, slots=True)
class Prices:
    """What is paid for one journey of a guest, for a pair to meet, and for a city's day in a slot;
    what is got for a city's taking part, and for a wish that is kept. None is negative.

    `exchange`, `country` and `host` are paid for visits. The bound does without these three.
    """

    guest: Floats
    part: Floats
    pair: Floats
    day: Floats
    wish: float
    exchange: float
    country: Floats
    host: Floats

    def towards(self, other: "Prices", share: float) -> "Prices":
        """So much of the other, the rest of these."""
        mixed = {
            name: (1 - share) * getattr(self, name) + share * getattr(other, name)
            for name in self.__slots__
        }
        return Prices(**mixed)


def question_of(arrays: Arrays, prices: Prices) -> Question:
    """What pairs are worth at these prices."""
    gains = arrays.points - prices.guest[arrays.guest] + prices.part[arrays.guest] - prices.pair
    gains = gains + prices.wish * arrays.wish
    if arrays.wish_by_slot is not None or prices.day.any():
        gains = gains[:, None] - prices.day[arrays.guest]
        if arrays.wish_by_slot is not None:
            gains = gains + prices.wish * arrays.wish_by_slot
    extra = prices.part[:, None] - prices.day
    return Question(np.arange(arrays.pair_count), gains, extra, arrays.can_meet)


def bound_at(arrays: Arrays, prices: Prices, values: Floats, wishes: int) -> float:
    """No plan that keeps `wishes` wishes is worth more (Lagrange).

    Take any such plan. It stays within the journeys of each guest, every pair meets once at most,
    and so on, so that at prices that are not negative it is worth no more than: all that is scarce
    sold at these prices, plus taking part where it is worth more than its price, plus its visits
    at what is left of their worth. `values` are at least that, by host and slot. What is left to
    choose are visits within the exchanges, the limit of each country, and of each host; these
    limits lie inside each other, so taking the best first is best.
    """
    sold = (prices.guest * arrays.guesting).sum() + prices.pair.sum() + prices.day.sum()
    sold += np.maximum(arrays.worth - prices.part, 0).sum() - prices.wish * wishes
    return float(sold + best_choice(arrays, values).sum())


def best_choice(arrays: Arrays, values: Floats) -> Floats:
    """The values of the best visits within exchanges, countries and hosts."""
    hosts = arrays.hosts
    if not len(hosts):
        return np.zeros(0)
    # In a slot with room a host can be several times; elsewhere once.
    times = np.where(arrays.roomy, arrays.hosting.max(), 1)
    each = np.repeat(values[hosts], times, axis=1)
    each = -np.sort(-each, axis=1)[:, : int(arrays.hosting.max())]
    each = np.where(np.arange(each.shape[1]) < arrays.hosting[hosts, None], each, 0)
    worth, country = np.maximum(each, 0).ravel(), np.repeat(arrays.country[hosts], each.shape[1])
    order = np.lexsort((-worth, country))
    rank = _rank_in_country(country[order])
    inside = worth[order][rank < arrays.problem.country_limit]
    return -np.sort(-inside)[: arrays.exchanges]


def _rank_in_country(country: Ints) -> Ints:
    begins = np.flatnonzero(np.diff(country, prepend=-1))
    return np.arange(len(country)) - np.repeat(begins, np.diff(begins, append=len(country)))


def empty_prices(arrays: Arrays) -> Prices:
    cities, slots = arrays.city_count, len(arrays.slots)
    nothing = np.zeros(cities)
    return Prices(
        guest=nothing,
        part=nothing,
        pair=np.zeros(arrays.pair_count),
        day=np.zeros((cities, slots)),
        wish=0.0,
        exchange=0.0,
        country=np.zeros(int(arrays.country.max(initial=-1)) + 1),
        host=nothing,
    )


__all__ = ["Pricer", "Prices", "best_choice", "bound_at", "empty_prices", "question_of"]
