"""What a programme file says, once it is found whole. Slugs refer to entries of the same file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ProgrammeFacts:
    slug: str
    title: Names
    short_title: str
    coordinator: str
    fund: str
    specific_objective: str
    start_date: date
    end_date: date
    max_exchanges: int
    eu_cofinancing_rate: Decimal
    total_budget_eur: Decimal | None
    budgets: Mapping[str, tuple[Decimal | None, Decimal | None]]


@dataclass(frozen=True, slots=True)
class NextProgrammeFacts:
    slug: str
    title: Names
    start_date: date
    end_date: date
    max_exchanges: int
    eu_cofinancing_rate: Decimal


@dataclass(frozen=True, slots=True)
class ProfileFacts:
    """What was not published about a city, and is sample data. Levels and needs by topic."""

    working_languages: tuple[str, ...]
    has_interpretation: bool
    hosting_capacity: int
    guest_capacity: int
    places_for_guests: int
    delegation_size: int
    needs: Mapping[str, int]
    levels: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CityFacts:
    slug: str
    names: Names
    country: str
    latitude: float
    longitude: float
    time_zone: str
    languages: tuple[str, ...]
    holiday_region: str
    note: str
    profile: ProfileFacts | None


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    slug: str
    name: str
    native_name: str
    acronym: str
    native_acronym: str
    kind: str
    city: str
    active_in: tuple[str, ...]
    affiliated_to: str
    website: str
    note: str
    partner_role: str


@dataclass(frozen=True, slots=True)
class TopicFacts:
    slug: str
    names: Names


@dataclass(frozen=True, slots=True)
class PracticeFacts:
    slug: str
    title: str
    link: str
    topics: tuple[str, ...]
    organisations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeldFacts:
    """An exchange held; its days can be known only to the month, or not at all."""

    key: str
    host_city: str
    co_host_cities: tuple[str, ...]
    guest_cities: tuple[str, ...]
    hosts: tuple[str, ...]
    guests: tuple[str, ...]
    met: tuple[str, ...]
    external_guests: tuple[str, ...]
    stops: tuple[str, ...]
    topics: tuple[str, ...]
    start_date: date | None
    end_date: date | None
    month: date | None
    participants_about: int | None
    counts_as_exchange: bool
    note: str


@dataclass(frozen=True, slots=True)
class EventFacts:
    key: str
    title: str
    city: str
    mode: str
    start_date: date
    end_date: date


@dataclass(frozen=True, slots=True)
class ProgrammeFile:
    programme: ProgrammeFacts
    cities: tuple[CityFacts, ...]
    organisations: tuple[OrganisationFacts, ...]
    topics: tuple[TopicFacts, ...]
    practices: tuple[PracticeFacts, ...]
    held: tuple[HeldFacts, ...]
    events: tuple[EventFacts, ...]
    next_programme: NextProgrammeFacts | None
