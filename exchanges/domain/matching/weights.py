"""The components, and how much each counts. Our judgement: a programme can choose otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

POINTS = 1000


class ComponentKind(StrEnum):
    LEARNING = "learning"
    LANGUAGE = "language"
    DATES = "dates"
    TRAVEL = "travel"
    NOVELTY = "novelty"
    MIX = "mix"
    RECIPROCITY = "reciprocity"


class WeightsNotUsable(ValueError):
    """A weight is negative, or none of the components in use has any."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Whole numbers, by default per mille; only their proportions matter."""

    learning: int = 460
    language: int = 120
    dates: int = 100
    travel: int = 80
    novelty: int = 80
    mix: int = 80
    reciprocity: int = 80

    def __post_init__(self) -> None:
        if any(getattr(self, kind) < 0 for kind in ComponentKind):
            raise WeightsNotUsable("A weight cannot be negative.")

    def renormalised(self, components: tuple[ComponentKind, ...]) -> Mapping[ComponentKind, int]:
        """Return the 1000 points shared out among `components`, by largest remainder.

        Equal remainders go to the component that comes first. Raises WeightsNotUsable when none
        of the components has a weight.
        """
        return _share_out(self, components)


@lru_cache(maxsize=256)
def _share_out(
    weights: Weights, components: tuple[ComponentKind, ...]
) -> Mapping[ComponentKind, int]:
    given = [(kind, int(getattr(weights, kind))) for kind in components]
    total = sum(weight for _, weight in given)
    if total == 0:
        raise WeightsNotUsable("At least one weight must be above zero.")
    points = {kind: weight * POINTS // total for kind, weight in given}
    by_remainder = sorted(given, key=lambda item: -(item[1] * POINTS % total))
    for kind, _ in by_remainder[: POINTS - sum(points.values())]:
        points[kind] += 1
    return MappingProxyType(points)


DEFAULT_WEIGHTS = Weights()
