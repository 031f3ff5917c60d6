"""How far delegations travel and what that emits: an estimate, made the same way for every pair.

Nobody knows yet which connection a delegation will book. So a leg of less than RAIL_BELOW_KM
(great circle) counts as a railway journey and every longer one as a flight. Distances are whole
kilometres, emissions whole grams of CO2 equivalent. A travel time is not estimated: there is no
published rule for it that holds from Liège to Dolna Malina.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Protocol

from exchanges.domain.matching.distance import unit_vector, whole_km
from exchanges.plans.domain.facts import Pair, PlannedVisit

RAIL_BELOW_KM = 800
"""Our judgement: about what a day on the train covers."""

RAIL_DETOUR = 20
"""Per cent on top of the great circle. Our assumption, which many calculators make; a line over
mountains is longer."""

AIR_EXTRA_KM = 95
"""Km per flight on top of the great circle: Directive 2003/87/EC, annex IV part B (as inserted by
Directive 2008/101/EC), and EN 16258:2012."""

RAIL_GRAMS = 33
AIR_GRAMS = 160
"""Grams of CO2 equivalent per passenger-kilometre, averages of the EU-27 for 2018, with the supply
of energy and fuel. Fraunhofer ISI and CE Delft, "Methodology for GHG Efficiency of Transport
Modes" (for the European Environment Agency, 2020); EEA briefing "Rail and waterborne - best for
low-carbon motorised transport", 24 March 2021."""


class TravelMode(StrEnum):
    RAIL = "rail"
    AIR = "air"


class Located(Protocol):
    """A city or its facts; degrees."""

    @property
    def latitude(self) -> float: ...

    @property
    def longitude(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Leg:
    """One person, one way. `km` are those travelled, not the great circle."""

    mode: TravelMode
    km: int

    @property
    def grams(self) -> int:
        return self.km * (AIR_GRAMS if self.mode is TravelMode.AIR else RAIL_GRAMS)


@dataclass(frozen=True, slots=True)
class Journey:
    """One person, from home through all stops and back home."""

    legs: tuple[Leg, ...]

    @property
    def km(self) -> int:
        return sum(leg.km for leg in self.legs)

    @property
    def grams(self) -> int:
        return sum(leg.grams for leg in self.legs)

    @property
    def mode(self) -> TravelMode:
        """By air as soon as one of its legs is."""
        flies = any(leg.mode is TravelMode.AIR for leg in self.legs)
        return TravelMode.AIR if flies else TravelMode.RAIL


@dataclass(frozen=True, slots=True)
class PairTravel:
    """A delegation of so many `people` from the guest to the host and back."""

    guest: str
    host: str
    people: int
    journey: Journey

    @property
    def person_km(self) -> int:
        return self.people * self.journey.km

    @property
    def grams(self) -> int:
        return self.people * self.journey.grams


@dataclass(frozen=True, slots=True)
class Travel:
    """The journeys of one visit, or of all of a plan."""

    pairs: tuple[PairTravel, ...]

    @property
    def people(self) -> int:
        return sum(pair.people for pair in self.pairs)

    @property
    def person_km(self) -> int:
        return sum(pair.person_km for pair in self.pairs)

    @property
    def grams(self) -> int:
        return sum(pair.grams for pair in self.pairs)

    def of(self, pairs: Iterable[Pair]) -> "Travel":
        """Return only these pairs, guest and host."""
        wanted = frozenset(pairs)
        return Travel(tuple(pair for pair in self.pairs if (pair.guest, pair.host) in wanted))


def leg(start: Located, end: Located) -> Leg:
    km = whole_km(
        unit_vector(start.latitude, start.longitude), unit_vector(end.latitude, end.longitude)
    )
    if km < RAIL_BELOW_KM:
        return Leg(TravelMode.RAIL, (km * (100 + RAIL_DETOUR) + 50) // 100)
    return Leg(TravelMode.AIR, km + AIR_EXTRA_KM)


def round_trip(home: Located, stops: Sequence[Located]) -> Journey:
    """From home to each of the stops in turn, and back home."""
    return Journey(tuple(leg(start, end) for start, end in pairwise([home, *stops, home])))


def travel_of_plan(
    visits: Iterable[PlannedVisit], places: Mapping[str, Located], people: Mapping[str, int]
) -> Travel:
    """`people` are the sizes of the delegations; a city that is not in there sends one person.

    A city that is in a plan but no longer in `places` is left out.
    """
    return Travel(
        tuple(
            PairTravel(
                guest, host, max(1, people.get(guest, 1)), round_trip(places[guest], [places[host]])
            )
            for visit in visits
            for guest, host in visit.pairs
            if guest in places and host in places
        )
    )
