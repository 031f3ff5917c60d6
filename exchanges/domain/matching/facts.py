"""What goes into matching and what comes out: values only, the sentences are made elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Facts = Mapping[str, Any]


class GateKind(StrEnum):
    SAME_CITY = "same_city"
    SAME_COUNTRY = "same_country"
    NO_CAPACITY = "no_capacity"
    NO_COMMON_LANGUAGE = "no_common_language"
    NO_NEEDS = "no_needs"
    LEARNING_TOO_SMALL = "learning_too_small"


class ComponentKind(StrEnum):
    LEARNING = "learning"
    LANGUAGE = "language"
    DATES = "dates"
    TRAVEL = "travel"
    NOVELTY = "novelty"
    MIX = "mix"
    RECIPROCITY = "reciprocity"


@dataclass(frozen=True, slots=True)
class CityFacts:
    """A city with its team. A topic that is missing in `levels` counts as level 0.

    Levels go from 0 to 5, need weights from 1 to 3, capacities are visits a year.
    """

    slug: str
    country: str
    latitude: float
    longitude: float
    working_languages: frozenset[str]
    has_interpretation: bool
    levels: Mapping[str, int]
    needs: Mapping[str, int]
    hosting_capacity: int
    guest_capacity: int
    has_local_authority: bool
    has_umn_member: bool


@dataclass(frozen=True, slots=True)
class TopicGain:
    """What the guest would learn on one topic; `gain` is per mille."""

    topic: str
    weight: int
    guest_level: int
    host_level: int
    gain: int

    @property
    def steps(self) -> int:
        return self.host_level - self.guest_level


@dataclass(frozen=True, slots=True)
class Gate:
    """Why a pair is ruled out. `facts` by kind:

    - same_city: city
    - same_country: country
    - no_capacity: hosting_capacity
    - no_common_language: guest, host (language codes, sorted)
    - no_needs: nothing
    - learning_too_small: topics (TopicGain, most useful first), value, minimum (per mille)
    """

    kind: GateKind
    facts: Facts


@dataclass(frozen=True, slots=True)
class Component:
    """`points` of the `out_of` points that its weight is worth; `value` is per mille of itself.

    `facts` by kind:

    - learning: topics (TopicGain, most useful first)
    - language: shared (language codes, sorted), interpreter ("host", "guest" or "")
    - travel: km
    """

    kind: ComponentKind
    value: int
    points: int
    out_of: int
    facts: Facts


@dataclass(frozen=True, slots=True)
class Explanation:
    """Either gates, or components whose points add up to the score."""

    guest: str
    host: str
    gates: tuple[Gate, ...]
    components: tuple[Component, ...]
    score: int

    @property
    def is_ruled_out(self) -> bool:
        return bool(self.gates)
