"""The cities of a programme with all that matching them rests on, as sentences read it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from exchanges.domain.dates import DateRange
from exchanges.domain.matching import CityFacts, Weights
from exchanges.domain.matching.windows import LostWindow
from exchanges.enums import PartnerRole, Side
from exchanges.models import City, Organisation, Partner, Programme


@dataclass(frozen=True, slots=True)
class Names:
    """What topics (by slug), languages (by code) and cities (by slug) are called in the reader's
    language, and when the programme's windows are."""

    topics: Mapping[str, str]
    languages: Mapping[str, str]
    windows: Sequence[DateRange] = ()
    cities: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Team:
    """A city with its partners of the programme, local authorities first.

    Partners without a key stand for organisations that are asked and have not accepted.
    """

    city: City
    partners: tuple[Partner, ...]

    @property
    def organisations(self) -> list[Organisation]:
        return [partner.organisation for partner in self.partners]

    @property
    def has_accepted(self) -> bool:
        """Whether one of its organisations takes part; else all of them are only asked."""
        return any(partner.pk is not None for partner in self.partners)

    def has(self, role: PartnerRole) -> bool:
        return any(partner.role == role for partner in self.partners)


@dataclass(frozen=True, slots=True)
class MatchingData:
    """A programme's cities at a moment, ready to be matched.

    `facts` and `lost` (why a window is not free, by its index) are by the city's slug.
    """

    programme: Programme
    at: datetime
    windows: tuple[DateRange, ...]
    teams: tuple[Team, ...]
    facts: Mapping[str, CityFacts]
    weights: Weights
    lost: Mapping[str, Mapping[int, LostWindow]]
    names: Names


@dataclass(frozen=True, slots=True)
class Pair:
    """Two cities of a round as one of them reads about the other; `topics` are those asked for."""

    matching: MatchingData
    guest: CityFacts
    host: CityFacts
    reader: Side
    topics: Collection[str]

    @property
    def own(self) -> CityFacts:
        return self.guest if self.reader == Side.GUEST else self.host

    @property
    def other(self) -> CityFacts:
        return self.host if self.reader == Side.GUEST else self.guest
