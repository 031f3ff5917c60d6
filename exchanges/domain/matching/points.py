"""The points of many possible pairs at once: looked up in tables that hold what `explain` gives."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from exchanges.domain.matching.columns import Columns, Ints
from exchanges.domain.matching.components import COMPONENTS, STEPS, VALUES
from exchanges.domain.matching.exact import divide
from exchanges.domain.matching.learning import LEARNING_MINIMUM
from exchanges.domain.matching.weights import ComponentKind, Weights

PointTables = Mapping[ComponentKind, Ints]
"""The points of each component by its step, as `components.VALUES` has its values."""


@lru_cache(maxsize=256)
def tables_of(weights: Weights) -> PointTables:
    """Raises WeightsNotUsable when no component has a weight."""
    share = weights.renormalised(COMPONENTS)
    return MappingProxyType(
        {
            kind: np.array([divide(share[kind] * value, 1000) for value in values], np.int64)
            for kind, values in VALUES.items()
        }
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
    parts = (tables[kind][step(guests, hosts)] for kind, step in STEPS.items())
    points: Ints = next(parts)
    for part in parts:
        points += part
    new, _again = tables[ComponentKind.NOVELTY]
    points += new
    return points


def points_lost_again(tables: PointTables) -> int:
    """What a guest that was there before has less."""
    new, again = tables[ComponentKind.NOVELTY]
    return int(new - again)
