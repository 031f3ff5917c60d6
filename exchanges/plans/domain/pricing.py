"""The best guests for every host in every window: one knapsack each, all at once.

Given what each guest is worth at each host, the best set of guests that fits the host's places is
found exactly, by dynamic programming over the places. All hosts and windows run side by side in
numpy: one row each, the guests of equal size in step.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from exchanges.plans.domain.arrays import AUTHORITY, UMN, Arrays, Flags, Floats, Ints

MOST_PLACES = 120
CELLS_AT_ONCE = 2_000_000
NOTHING = -1e18


@dataclass(frozen=True)
class Question:
    """What some pairs are worth now: `gains` by pair, for all slots alike or slot by slot; `can`
    says, pair by slot, what is possible; `extra` is what a host itself adds, by city and slot."""

    pairs: Ints
    gains: Floats
    extra: Floats
    can: Flags


@dataclass(frozen=True)
class Offers:
    """What is on offer in each row: pairs by row, then kind, the best first.

    A kind is a size of delegation, and what it adds to a team that lacks something.
    """

    row: Ints
    pair: Ints
    gain: Floats
    kind: Ints
    rank: Ints

    def of(self, rows: Ints) -> "Offers":
        some = np.isin(self.row, rows)
        return Offers(
            self.row[some], self.pair[some], self.gain[some], self.kind[some], self.rank[some]
        )


@dataclass(frozen=True)
class Sizes:
    """People in units: where hosts are huge, rounded in their favour, so that values are never too
    low; `is_exact` when nothing was rounded."""

    places: Ints
    delegation: Ints
    is_exact: bool


class Pricer:
    """A row is a host in a slot: row = host * slots + slot."""

    def __init__(self, arrays: Arrays) -> None:
        self.arrays = arrays
        self.slot_count = len(arrays.slots)
        self.sizes = _sizes(arrays)
        self.lacks = (AUTHORITY | UMN) & ~arrays.gives
        self.adds = arrays.gives[arrays.guest] & self.lacks[arrays.host]
        self.kind = self.sizes.delegation[arrays.guest] * 4 + self.adds
        self.kinds = int(self.kind.max(initial=0)) + 1

    def values(self, question: Question) -> Floats:
        """Host by slot: what its best set of guests is worth, with what the host itself adds.

        Only values above zero are exact; others can be given as NOTHING.
        """
        extra = question.extra
        values = np.full(extra.size, NOTHING)
        offers = self._offers(question)
        for rows, part in self._parts(offers):
            values[rows] = _Knapsacks(self, rows, part).values()
        return np.where(values > NOTHING / 2, values + extra.ravel(), NOTHING).reshape(extra.shape)

    def sets(self, rows: Sequence[int], question: Question) -> list[tuple[int, ...]]:
        """The best set of pairs in each of these rows, ascending; empty where there is none."""
        wanted = np.zeros(question.extra.size, dtype=bool)
        wanted[list(rows)] = True
        only = wanted.reshape(question.extra.shape)[self.arrays.host[question.pairs]]
        offers = self._offers(replace(question, can=question.can & only))
        found: dict[int, tuple[int, ...]] = {}
        for some, part in self._parts(offers):
            chosen = _Knapsacks(self, some, part).sets()
            found.update(zip(some.tolist(), chosen, strict=True))
        return [self._fit(found.get(row, ())) for row in rows]

    def _offers(self, question: Question) -> Offers:
        """Guests that can be in a best set: worth something, needed for the mix, or tolerable
        because the host itself gains by hosting."""
        host = self.arrays.host[question.pairs]
        gains = question.gains if question.gains.ndim == 2 else question.gains[:, None]
        least = np.minimum(0, -question.extra[host])
        least[self.adds[question.pairs] > 0] = NOTHING
        at, slot = np.nonzero(question.can & (gains > least))
        gain = gains[at, slot if gains.shape[1] > 1 else 0]
        pair = question.pairs[at]
        row, kind = host[at] * self.slot_count + slot, self.kind[pair]
        order = np.lexsort((-gain, row * self.kinds + kind))
        row, pair, gain, kind = row[order], pair[order], gain[order], kind[order]
        size = kind >> 2
        rank = _ranks(row * self.kinds + kind)
        keep = rank * size + size <= self.sizes.places[self.arrays.host[pair]]
        return Offers(row[keep], pair[keep], gain[keep], kind[keep], rank[keep])

    def _parts(self, offers: Offers) -> Iterator[tuple[Ints, Offers]]:
        """Rows with their offers, as many as memory likes; hosts that lack something apart."""
        rows = np.unique(offers.row)
        hosts = rows // max(self.slot_count, 1)
        places = self.sizes.places[hosts]
        for has_mix in (False, True):
            some = rows[(self.lacks[hosts] > 0) == has_mix]
            if not len(some):
                continue
            some = some[np.argsort(places[np.searchsorted(rows, some)], kind="stable")]
            cells = (4 if has_mix else 1) * (int(places.max()) + 1)
            for part in np.array_split(some, -(-len(some) * cells // CELLS_AT_ONCE)):
                yield part, offers.of(part)

    def _fit(self, pairs: tuple[int, ...]) -> tuple[int, ...]:
        """Without the guests that are too many, where sizes were rounded."""
        arrays = self.arrays
        if not pairs or self.sizes.is_exact:
            return pairs
        left, kept = int(arrays.places[arrays.host[pairs[0]]]), []
        missing = int(self.lacks[arrays.host[pairs[0]]])
        for pair in sorted(pairs, key=lambda each: (-int(arrays.points[each]), each)):
            if (people := int(arrays.delegation[arrays.guest[pair]])) <= left:
                left -= people
                missing &= ~int(arrays.gives[arrays.guest[pair]])
                kept.append(pair)
        return () if missing else tuple(sorted(kept))


class _Knapsacks:
    """`best[r, state, p]` is what row r is worth with p places, where the bits of `state` are what
    the guests added to the host's team."""

    def __init__(self, pricer: Pricer, rows: Ints, offers: Offers) -> None:
        hosts = rows // pricer.slot_count
        self.rows = rows
        self.offers = offers
        self.places = pricer.sizes.places[hosts]
        self.needs = pricer.lacks[hosts]
        self.states = 4 if self.needs.any() else 1
        self.width = int(self.places.max()) + 1
        self.best = np.full((len(rows), self.states, self.width), NOTHING)
        self.best[:, 0] = 0
        local = np.empty(int(rows.max()) + 1, dtype=np.int64)
        local[rows] = np.arange(len(rows))
        self.local = local[offers.row]
        order = np.lexsort((offers.rank, offers.kind))
        key = offers.kind[order] * (int(offers.rank.max()) + 1) + offers.rank[order]
        self.steps = np.split(order, np.flatnonzero(np.diff(key)) + 1)

    def values(self) -> Floats:
        for members in self.steps:
            self._step(members)
        return self._ends()[0]

    def sets(self) -> list[tuple[int, ...]]:
        sources = [self._step(members, is_traced=True) for members in self.steps]
        is_single = self._ends()[1]
        chosen: list[list[int]] = [[] for _ in self.rows]
        state, left = self.needs.copy(), self.places.copy()
        for members, source in zip(reversed(self.steps), reversed(sources), strict=True):
            at = self.local[members]
            came = source[np.arange(len(members)), state[at], left[at]]
            took = (came >= 0) & ~is_single[at]
            for index, pair in zip(at[took], self.offers.pair[members[took]], strict=True):
                chosen[index].append(int(pair))
            state[at[took]] = came[took]
            left[at[took]] -= self.offers.kind[members[took]] >> 2
        singles = self._singles()[1]
        return [
            (int(singles[index]),) if is_single[index] else tuple(sorted(each))
            for index, each in enumerate(chosen)
        ]

    def _step(self, members: Ints, *, is_traced: bool = False) -> NDArray[np.int8]:
        """Let each of these rows take its next guest of a kind. All members are of one kind and
        rank, so no row is there twice."""
        at, kind = self.local[members], int(self.offers.kind[members[0]])
        size, adds = kind >> 2, kind & 3
        before = self.best[at]
        after = before.copy()
        source = np.full(before.shape if is_traced else 0, -1, dtype=np.int8)
        gain = self.offers.gain[members, None]
        for state in range(self.states):
            better = before[:, state, : self.width - size] + gain
            target = after[:, state | adds, size:]
            if is_traced:
                source[:, state | adds, size:][better > target] = state
            np.maximum(target, better, out=target)
        self.best[at] = after
        return source

    def _ends(self) -> tuple[Floats, Flags]:
        """Values, and where one guest alone is the answer because no guest is worth anything."""
        values = self.best[np.arange(len(self.rows)), self.needs, self.places]
        is_single = (self.needs == 0) & (values <= 0)
        return np.where(is_single, self._singles()[0], values), is_single

    def _singles(self) -> tuple[Floats, Ints]:
        """Return the best single guest of each row: value and pair."""
        order = np.lexsort((self.offers.gain, self.local))
        last = np.flatnonzero(np.diff(self.local[order], append=-1))
        return self.offers.gain[order][last], self.offers.pair[order][last]


def _ranks(key: Ints) -> Ints:
    """0, 1, 2 … within each run of equal keys."""
    begins = np.flatnonzero(np.diff(key, prepend=-1))
    lengths = np.diff(begins, append=len(key))
    return np.arange(len(key)) - np.repeat(begins, lengths)


def _sizes(arrays: Arrays) -> Sizes:
    unit = int(np.gcd.reduce(arrays.delegation)) if arrays.city_count else 1
    places, delegation = arrays.places // unit, arrays.delegation // unit
    rounding = -(-int(places.max(initial=0)) // MOST_PLACES)
    if rounding <= 1:
        return Sizes(places, delegation, is_exact=True)
    return Sizes(places // rounding, delegation // rounding, is_exact=False)
