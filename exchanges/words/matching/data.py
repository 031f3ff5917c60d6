"""The cities of a programme with all that matching them rests on, as sentences read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from exchanges.domain.dates import DateRange
from exchanges.domain.matching import CityFacts, Weights
from exchanges.domain.matching.windows import (
    LostWindow,
)
from exchanges.enums import PartnerRole
from exchanges.models import City, Organisation, Partner, Programme
from exchanges.words.matching.for_guests import Names


@dataclass(frozen=True, slots=True)
class Team:
    """A city with its partners of the programme, local authorities first."""

    city: City
    partners: tuple[Partner, ...]

    @property
    def organisations(self) -> list[Organisation]:
        return [partner.organisation for partner in self.partners]

    def has(self, role: PartnerRole) -> bool:
        return any(partner.role == role for partner in self.partners)


@dataclass(frozen=True, slots=True)
class Round:
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
