"""The scores of all pairs: the same integers as `explain`, by matrices instead of one by one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from exchanges.domain.matching.columns import Codes, Columns, Ints
from exchanges.domain.matching.facts import CityFacts
from exchanges.domain.matching.gates import can_meet
from exchanges.domain.matching.learning import MOST_LEVEL, gain_of, shown_level, wanted_topics
from exchanges.domain.matching.points import (
    PointTables,
    least_useful,
    meeting_points,
    per_mille,
    points_lost_again,
    tables_of,
)
from exchanges.domain.matching.weights import ComponentKind, Weights

RULED_OUT = -1
BLOCK = 2**19  # pairs at a time

Floats = NDArray[np.floating[Any]]
Scores = NDArray[np.int32]


def score_all(
    cities: Sequence[CityFacts],
    weights: Weights,
    *,
    topics: Collection[str] | None = None,
    allow_same_country: bool = False,
) -> Scores:
    """By guest (row) and host (column), in the order given; -1 where the pair is ruled out.

    Raises WeightsNotUsable like `explain`, and ValueError when two cities have the same slug.
    """
    tables = tables_of(weights)
    numbers = {city.slug: number for number, city in enumerate(cities)}
    if len(numbers) < len(cities):
        raise ValueError("Two cities have the same slug.")
    network = _Network.of(cities, topics)
    scores: Scores = np.full((len(cities), len(cities)), RULED_OUT, np.int32)
    rows = max(1, BLOCK // max(len(cities), 1))
    for first in range(0, len(cities), rows):
        block = slice(first, min(first + rows, len(cities)))
        _score_block(scores[block], network, tables, block, allow_same_country)
    _consider_the_past(scores, cities, numbers, tables)
    return scores


@dataclass(frozen=True, slots=True)
class _Learning:
    """What cities learn from each other as sums of weight times gain, exact in floating point.

    A guest's sum is `base` where the host has level 0 throughout, and `reach` says what more it
    would be with each topic and level that the host `shows`.
    """

    total: Ints
    base: Floats
    reach: Floats
    shows: Floats

    @classmethod
    def of(cls, cities: Sequence[CityFacts], topics: Collection[str] | None) -> _Learning:
        wants = [wanted_topics(city, topics) for city in cities]
        known = sorted({topic for want in wants for topic in want})
        numbers = {topic: number for number, topic in enumerate(known)}
        total = np.array([sum(want.values()) for want in wants], np.int64)
        cells = (len(cities), MOST_LEVEL, len(numbers))
        base, reach = _reach(cities, wants, numbers, cells, _exact_type(int(total.max(initial=0))))
        shows = _shows(cities, numbers, cells).astype(reach.dtype)
        flat = (len(cities), MOST_LEVEL * len(numbers))
        return cls(total, base, reach.reshape(flat), shows.reshape(flat))

    def from_all(self, guests: slice) -> Floats:
        """What some guests would learn from every city."""
        useful: Floats = self.reach[guests] @ self.shows.T
        useful += self.base[guests, None]
        return useful

    def by_all(self, hosts: slice) -> Floats:
        """What every city would learn from some hosts; these are the rows."""
        useful: Floats = self.shows[hosts] @ self.reach.T
        useful += self.base
        return useful


GAINS = np.array(
    [[gain_of(own, other) for other in range(MOST_LEVEL + 1)] for own in range(MOST_LEVEL + 1)],
    np.int64,
)
"""By the guest's level and the host's."""


def _reach(
    cities: Sequence[CityFacts],
    wants: Sequence[Mapping[str, int]],
    numbers: Mapping[str, int],
    cells: tuple[int, int, int],
    exact: type[np.floating[Any]],
) -> tuple[Floats, Floats]:
    wanted = [
        (row, numbers[topic], weight, city.levels.get(topic, 0))
        for row, (city, want) in enumerate(zip(cities, wants, strict=True))
        for topic, weight in want.items()
    ]
    rows, columns, weights, own = np.array(wanted, np.int64).reshape(-1, 4).T
    gains = weights[:, None] * GAINS[own]
    base = np.bincount(rows, gains[:, 0], len(cities)).astype(exact)
    reach = np.zeros(cells, exact)
    reach[rows, :, columns] = gains[:, 1:] - gains[:, :1]
    return base, reach


def _shows(
    cities: Sequence[CityFacts], numbers: Mapping[str, int], cells: tuple[int, int, int]
) -> NDArray[np.bool_]:
    shown = [
        (row, level - 1, numbers[topic])
        for row, city in enumerate(cities)
        for topic in city.levels
        if topic in numbers and (level := shown_level(city, topic))
    ]
    shows = np.zeros(cells, np.bool_)
    shows[tuple(np.array(shown, np.int64).reshape(-1, 3).T)] = True
    return shows


def _exact_type(total: int) -> type[np.floating[Any]]:
    """Sums stay whole numbers as long as they fit the mantissa."""
    most = 1000 * total
    if most < 2**24:
        return np.float32
    if most < 2**53:
        return np.float64
    raise ValueError("The weights of needs are too large.")


@dataclass(frozen=True, slots=True)
class _Network:
    columns: Columns
    learning: _Learning
    in_return: _Learning

    @classmethod
    def of(cls, cities: Sequence[CityFacts], topics: Collection[str] | None) -> _Network:
        in_return = _Learning.of(cities, None)
        learning = _Learning.of(cities, topics) if topics else in_return
        return cls(Codes(cities).columns(cities), learning, in_return)


def _score_block(
    scores: Scores,
    network: _Network,
    tables: PointTables,
    block: slice,
    allow_same_country: bool,
) -> None:
    """Fills in the rows of some guests."""
    learning, in_return, columns = network.learning, network.in_return, network.columns
    useful = learning.from_all(block)
    guests, hosts = columns.at(block, None), columns.at(None, slice(None))
    possible = can_meet(guests, hosts, allow_same_country=allow_same_country)
    total = learning.total[block]
    possible &= useful >= least_useful(total)[:, None].astype(useful.dtype)
    possible &= total[:, None] > 0
    possible[np.arange(len(total)), np.arange(block.start, block.stop)] = False
    rows, cells = np.nonzero(possible)
    points = meeting_points(tables, columns.at(rows + block.start), columns.at(cells))
    points += tables[ComponentKind.LEARNING][per_mille(_whole(useful[rows, cells]), total[rows])]
    back = _whole(in_return.by_all(block)[rows, cells])
    points += tables[ComponentKind.RECIPROCITY][per_mille(back, in_return.total[cells])]
    scores[rows, cells] = points


def _whole(values: Floats) -> Ints:
    return values.astype(np.int64)


def _consider_the_past(
    scores: Scores, cities: Sequence[CityFacts], numbers: Mapping[str, int], tables: PointTables
) -> None:
    """Vetoes and earlier visits concern few pairs."""
    again = _pairs([city.visited for city in cities], numbers)
    again = again[:, scores[*again] != RULED_OUT]
    scores[*again] -= points_lost_again(tables)
    refused = _pairs([city.vetoes for city in cities], numbers)
    scores[*refused] = RULED_OUT
    scores[*refused[::-1]] = RULED_OUT


def _pairs(named: Iterable[Iterable[str]], numbers: Mapping[str, int]) -> Ints:
    """Two rows: each city, and the known ones among those that it names."""
    found = [
        (city, numbers[slug])
        for city, slugs in enumerate(named)
        for slug in slugs
        if slug in numbers
    ]
    return np.array(found, np.int64).reshape(-1, 2).T
