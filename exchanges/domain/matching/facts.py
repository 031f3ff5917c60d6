"""What goes into matching and what comes out: values only, the sentences are made elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from exchanges.domain.matching.weights import ComponentKind

Facts = Mapping[str, Any]

MOST_WINDOWS = 63
ALL_WINDOWS = 2**MOST_WINDOWS - 1


class GateKind(StrEnum):
    SAME_CITY = "same_city"
    SAME_COUNTRY = "same_country"
    FORBIDDEN = "forbidden"
    NO_CAPACITY = "no_capacity"
    NO_GUEST_CAPACITY = "no_guest_capacity"
    NO_COMMON_WINDOW = "no_common_window"
    NO_COMMON_LANGUAGE = "no_common_language"
    NO_NEEDS = "no_needs"
    LEARNING_TOO_SMALL = "learning_too_small"


@dataclass(frozen=True, slots=True)
class CityFacts:
    """A city with its team. A topic that is missing in `levels` counts as level 0.

    Levels go from 0 to 5, need weights from 1 to 3, capacities are visits a year of which so many
    are booked already. Bit i of `windows` is set when the city is free in window i of the
    programme. What is `not_shown` can be learnt by the city, not from it. `visited` are the hosts
    that it was a guest of, with the last month ("2022-05", "" when that is not known). `prefers`
    and `vetoes` are other cities, in either role.
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
    hosting_booked: int = 0
    guest_booked: int = 0
    windows: int = ALL_WINDOWS
    not_shown: frozenset[str] = frozenset()
    visited: Mapping[str, str] = field(default_factory=dict)
    prefers: frozenset[str] = frozenset()
    vetoes: frozenset[str] = frozenset()


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
    """Why a pair is ruled out. `gates` says what the `facts` of each kind are."""

    kind: GateKind
    facts: Facts


@dataclass(frozen=True, slots=True)
class Component:
    """`points` of the `out_of` points that its weight is worth; `value` is per mille of itself.

    `components` says what the `facts` of each kind are.
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
