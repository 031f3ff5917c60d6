"""A plan in the making: visits put in and taken out again, and what is left for others."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from exchanges.plans.domain.arrays import Arrays, Floats, Ints
from exchanges.plans.domain.facts import PlannedVisit
from exchanges.plans.domain.pricing import Question
from exchanges.plans.domain.reduction import Slot


class Visit(NamedTuple):
    """A host receives its guests, given as pairs in ascending order, in a slot."""

    host: int
    slot: int
    pairs: tuple[int, ...]


class Draft:
    """Never breaks a rule as long as what is added was possible when it was asked for.

    `banned` pairs are left alone. `wish_worth` is the price of a wish, above everything else.
    """

    def __init__(self, arrays: Arrays, banned: Iterable[int] = (), wish_worth: int = 0) -> None:
        self.arrays = arrays
        self.exchanges = arrays.exchanges
        self.hosting = arrays.hosting.copy()
        self.guesting = arrays.guesting.copy()
        self.hosted = arrays.country_limit.copy()
        self.free = arrays.free.copy()
        self.visits_of = np.zeros(arrays.city_count, dtype=np.int64)
        self.is_open = np.ones(arrays.pair_count, dtype=bool)
        self.is_open[list(banned)] = False
        self.base = (arrays.points + wish_worth * arrays.wish).astype(float)
        self.by_slot = None
        if arrays.wish_by_slot is not None:
            self.by_slot = wish_worth * arrays.wish_by_slot
        self.visits: list[Visit] = []
        self.value = 0.0

    def add(self, visit: Visit) -> None:
        self.value += self._gain(visit, 0)
        self.visits.append(visit)
        self._count(visit, -1)

    def remove(self, visit: Visit) -> None:
        self.value -= self._gain(visit, 1)
        self.visits.remove(visit)
        self._count(visit, 1)

    def _gain(self, visit: Visit, visits: int) -> float:
        """What it adds, where a city that takes part for its sake alone is in so many visits."""
        arrays, pairs = self.arrays, list(visit.pairs)
        cities = np.append(arrays.guest[pairs], visit.host)
        alone = cities[self.visits_of[cities] == visits]
        gain = self.base[pairs].sum() + arrays.worth[alone].sum()
        return float(gain if self.by_slot is None else gain + self.by_slot[pairs, visit.slot].sum())

    def _count(self, visit: Visit, sign: int) -> None:
        arrays, pairs = self.arrays, list(visit.pairs)
        guests = arrays.guest[pairs]
        self.exchanges += sign
        self.hosting[visit.host] += sign
        self.hosted[arrays.country[visit.host]] += sign
        self.guesting[guests] += sign
        self.visits_of[guests] -= sign
        self.visits_of[visit.host] -= sign
        self.is_open[pairs] = sign > 0
        if not arrays.roomy[visit.slot]:
            bit = np.int64(1 << visit.slot)
            self.free[guests] ^= bit
            self.free[visit.host] ^= bit

    def is_possible(self, visit: Visit) -> bool:
        arrays, pairs = self.arrays, list(visit.pairs)
        guests = arrays.guest[pairs]
        return (
            self.exchanges > 0
            and self.hosting[visit.host] > 0
            and self.hosted[arrays.country[visit.host]] > 0
            and bool((self.guesting[guests] > 0).all())
            and bool(self.is_open[pairs].all())
            and bool((self.free[guests] & self.free[visit.host] & (1 << visit.slot)).all())
        )

    def question(self, hosts: Ints) -> Question:
        """What the pairs of some hosts would add now."""
        arrays = self.arrays
        able = hosts[(self.hosting[hosts] > 0) & (self.hosted[arrays.country[hosts]] > 0)]
        pairs = pairs_of(arrays, able)
        pairs = pairs[self.is_open[pairs] & (self.guesting[arrays.guest[pairs]] > 0)]
        guest, host = arrays.guest[pairs], arrays.host[pairs]
        new = np.where(self.visits_of == 0, arrays.worth, 0)
        gains: Floats = self.base[pairs] + new[guest]
        if self.by_slot is not None:
            gains = gains[:, None] + self.by_slot[pairs]
        slots = np.arange(len(arrays.slots))
        free = self.free[guest] & self.free[host]
        can = (free[:, None] >> slots) & 1 == 1
        extra = np.repeat(new[:, None].astype(float), len(slots), axis=1)
        return Question(pairs, gains, extra, can)


def pairs_of(arrays: Arrays, hosts: Ints) -> Ints:
    """Return the pairs of these hosts, host by host."""
    begin, count = arrays.start[hosts], arrays.start[hosts + 1] - arrays.start[hosts]
    before = np.cumsum(count) - count
    return np.repeat(begin - before, count) + np.arange(int(count.sum()))


def planned(arrays: Arrays, visits: Sequence[Visit]) -> tuple[PlannedVisit, ...]:
    """With slugs and windows. Visits in a slot with many windows go, one after another, where
    none of their cities is and the fewest visits are."""
    taken: dict[int, list[set[int]]] = {}
    found = []
    for visit in sorted(visits, key=lambda each: (arrays.roomy[each.slot], each)):
        cities = {visit.host, *arrays.guest[list(visit.pairs)].tolist()}
        window = _window(arrays.slots[visit.slot], cities, taken)
        taken.setdefault(window, []).append(cities)
        guests = sorted(arrays.slugs[city] for city in cities - {visit.host})
        found.append(PlannedVisit(arrays.slugs[visit.host], window, tuple(guests)))
    return tuple(sorted(found))


def _window(slot: Slot, cities: set[int], taken: dict[int, list[set[int]]]) -> int:
    if not slot.is_roomy:
        return slot.windows[0]
    open_ = [w for w in slot.windows if all(cities.isdisjoint(each) for each in taken.get(w, []))]
    return min(open_ or slot.windows, key=lambda window: (len(taken.get(window, [])), window))


def visits_of(arrays: Arrays, plan: Sequence[PlannedVisit]) -> list[Visit]:
    """A known plan in numbers; without visits and guests that are not possible any more.

    Visits in a window that no solver looks at go to one that is looked at.
    """
    at = {w: number for number, slot in enumerate(arrays.slots) for w in slot.windows}
    city = {slug: number for number, slug in enumerate(arrays.slugs)}
    busy: set[tuple[int, int]] = set()
    found = []
    for visit in sorted(plan, key=lambda each: (each.window not in at, each)):
        pairs = {arrays.index[pair] for pair in visit.pairs if pair in arrays.index}
        slot = at.get(visit.window)
        if slot is None:
            slot = _free_slot(arrays, pairs, busy)
        if visit.host not in city or slot is None:
            continue
        meeting = tuple(sorted(pair for pair in pairs if arrays.can_meet[pair, slot]))
        if meeting:
            found.append(Visit(city[visit.host], slot, meeting))
            busy.update((each, slot) for each in _cities(arrays, meeting))
    return found


def _free_slot(arrays: Arrays, pairs: set[int], busy: set[tuple[int, int]]) -> int | None:
    able = np.flatnonzero(arrays.can_meet[list(pairs)].all(axis=0)).tolist() if pairs else []
    cities = _cities(arrays, pairs)
    return next(
        (slot for slot in able
         if arrays.roomy[slot] or not any((each, slot) in busy for each in cities)),
        None,
    )  # fmt: skip


def _cities(arrays: Arrays, pairs: Iterable[int]) -> set[int]:
    some = list(pairs)
    return {*arrays.guest[some].tolist(), *arrays.host[some].tolist()}
