"""The points of many possible pairs at once: looked up in tables that hold what `explain` gives."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from exchanges.domain.matching.columns import Columns, Ints, shares_language
from exchanges.domain.matching.components import (
    COMPONENTS,
    ENOUGH_WINDOWS,
    INTERPRETATION,
    ONE_SIDED,
    TOO_FAR_KM,
    VISITED_BEFORE,
)
from exchanges.domain.matching.distance import FIRST_CHORDS
from exchanges.domain.matching.exact import divide
from exchanges.domain.matching.facts import ComponentKind
from exchanges.domain.matching.learning import LEARNING_MINIMUM
from exchanges.domain.matching.weights import Weights

CHORDS = np.array(FIRST_CHORDS[:TOO_FAR_KM], np.int64)
"""Beyond these, every distance is too far."""


@dataclass(frozen=True, slots=True)
class PointTables:
    """Points by per mille (learning, reciprocity), by common windows and by km, up to the most that
    counts; of two-valued components by whether they are given."""

    learning: Ints
    reciprocity: Ints
    dates: Ints
    travel: Ints
    language: Ints
    mix: Ints
    new: int
    visited_again: int


@lru_cache(maxsize=256)
def tables_of(weights: Weights) -> PointTables:
    """Raises WeightsNotUsable when no component has a weight."""
    share = weights.renormalised(COMPONENTS)

    def points(kind: ComponentKind, *values: int) -> Ints:
        return np.array([divide(share[kind] * value, 1000) for value in values], np.int64)

    parts = range(ENOUGH_WINDOWS + 1)
    legs = range(TOO_FAR_KM + 1)
    new, again = points(ComponentKind.NOVELTY, 1000, VISITED_BEFORE)
    return PointTables(
        learning=points(ComponentKind.LEARNING, *range(1001)),
        reciprocity=points(ComponentKind.RECIPROCITY, *(min(1000, 2 * v) for v in range(1001))),
        dates=points(ComponentKind.DATES, *(divide(1000 * n, ENOUGH_WINDOWS) for n in parts)),
        travel=points(
            ComponentKind.TRAVEL, *(divide(1000 * (TOO_FAR_KM - km), TOO_FAR_KM) for km in legs)
        ),
        language=points(ComponentKind.LANGUAGE, INTERPRETATION, 1000),
        mix=points(ComponentKind.MIX, ONE_SIDED, 1000),
        new=int(new),
        visited_again=int(again),
    )


def least_useful(total: Ints) -> Ints:
    """The least sum of weight times gain with which learning is not too small, for that weight."""
    return (total * (2 * LEARNING_MINIMUM - 1) + 1) // 2


def per_mille(useful: Ints, total: Ints) -> Ints:
    """Rounded half up like `divide`; 0 without any need."""
    total = np.maximum(total, 1)
    return (2 * useful + total) // (2 * total)


def meeting_points(tables: PointTables, guests: Columns, hosts: Columns) -> Ints:
    """Of all components but learning and reciprocity, as if nobody had met before."""
    common = np.bitwise_count(guests.windows & hosts.windows)
    points: Ints = tables.dates[np.minimum(common, ENOUGH_WINDOWS)]
    points = points + tables.language[shares_language(guests, hosts).astype(np.intp)]
    points += tables.mix[(guests.is_mixed & hosts.is_mixed).astype(np.intp)]
    points += tables.travel[capped_km(guests, hosts)]
    return points + tables.new


def capped_km(guests: Columns, hosts: Columns) -> Ints:
    chords = ((guests.places - hosts.places) ** 2).sum(axis=0)
    km: Ints = np.searchsorted(CHORDS, chords, side="right")
    return km
