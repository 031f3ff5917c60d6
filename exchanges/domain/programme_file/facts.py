"""The entries of a programme file, and what each may say. Slugs refer to its other entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from exchanges.domain.programme_file.kinds import (
    Acronym,
    Cities,
    City,
    CityNames,
    CountryCode,
    Day,
    Euros,
    Exchanges,
    Kind,
    LanguageCode,
    LastDay,
    Latitude,
    Level,
    Link,
    Longitude,
    LongSlug,
    Mode,
    Month,
    Name,
    Need,
    Note,
    Organisation,
    Organisations,
    People,
    Places,
    Rate,
    Role,
    ShortTitle,
    Slug,
    Text,
    Title,
    Topic,
    TopicNames,
    Topics,
    TotalEuros,
    TrueOrFalse,
    Zone,
    visible,
)
from exchanges.enums import EventMode

NotLoaded = Any
"""What the file says and the program has no place for."""


class FileObject(BaseModel):
    """An object of the file.

    What is null is not there; `about` and `…_note` are for people who read the file.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _without_nulls_and_notes(cls, entry: Any) -> Any:
        if not isinstance(entry, dict):
            return entry
        return {
            key: value
            for key, value in entry.items()
            if value is not None and key != "about" and not key.endswith("_note")
        }


class BudgetFacts(FileObject):
    organisation: Organisation
    eligible_eur: Euros | None = None
    eu_share_eur: Euros | None = None


class ProgrammeFacts(FileObject):
    slug: Slug
    title: Title
    short_title: ShortTitle
    coordinator: Organisation
    fund: Text = ""
    specific_objective: Text = ""
    start_date: Day
    end_date: LastDay
    time_zone: Zone | None = None
    max_exchanges: Exchanges
    eu_cofinancing_rate: Rate
    total_budget_eur: TotalEuros | None = None
    partner_budgets: tuple[BudgetFacts, ...] = ()

    @property
    def budgets(self) -> Mapping[str, tuple[Decimal | None, Decimal | None]]:
        """By organisation: what is eligible, and the share of the EU."""
        return {
            each.organisation: (each.eligible_eur, each.eu_share_eur)
            for each in self.partner_budgets
        }


class NextProgrammeFacts(FileObject):
    slug: Slug
    title: Title
    start_date: Day
    end_date: LastDay
    max_exchanges: Exchanges
    eu_cofinancing_rate: Rate


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


class AssumedFacts(FileObject):
    """Sample data: tables by city, and a programme to come."""

    learning_needs: dict[City, dict[Topic, Need]] = {}
    levels: dict[City, dict[Topic, Level]] = {}
    working_languages: dict[City, tuple[LanguageCode, ...]] = {}
    interpretation: Cities = ()
    hosting_capacity: dict[City, Places] = {}
    guest_capacity: dict[City, Places] = {}
    places_for_guests: dict[City, Places] = {}
    delegation: dict[City, Places] = {}
    next_programme: NextProgrammeFacts | None = None
    practice_titles: NotLoaded = None
    not_matched: NotLoaded = None

    def profile(self, city: str) -> ProfileFacts | None:
        """None for a city that no table names."""
        tables = (
            self.learning_needs,
            self.levels,
            self.working_languages,
            self.interpretation,
            self.hosting_capacity,
            self.guest_capacity,
            self.places_for_guests,
            self.delegation,
        )
        if not any(city in table for table in tables):
            return None
        return ProfileFacts(
            working_languages=self.working_languages.get(city, ()),
            has_interpretation=city in self.interpretation,
            hosting_capacity=self.hosting_capacity.get(city, 0),
            guest_capacity=self.guest_capacity.get(city, 0),
            places_for_guests=self.places_for_guests.get(city, 0),
            delegation_size=self.delegation.get(city, 0),
            needs=self.learning_needs.get(city, {}),
            levels=self.levels.get(city, {}),
        )


class CityInFile(FileObject):
    slug: Slug
    names: CityNames
    country: CountryCode
    latitude: Latitude
    longitude: Longitude
    time_zone: Zone
    languages: tuple[LanguageCode, ...]
    holiday_region: Annotated[str, visible(10)] = ""
    note: Note = ""
    _profile: ProfileFacts | None = None

    @property
    def profile(self) -> ProfileFacts | None:
        return self._profile


class OrganisationFacts(FileObject):
    slug: LongSlug
    name: Name
    native_name: Name = ""
    acronym: Acronym = ""
    native_acronym: Acronym = ""
    kind: Kind
    city: City
    active_in: Cities
    affiliated_to: Organisation = ""
    website: Link = ""
    note: Note = ""
    partner_role: Role


class TopicFacts(FileObject):
    slug: Slug
    names: TopicNames


class PracticeFacts(FileObject):
    slug: LongSlug
    title: Name
    link: Link = ""
    topics: Topics
    organisations: Organisations


class HeldFacts(FileObject):
    """An exchange held; its days can be known only to the month, or not at all."""

    key: LongSlug
    host_city: City
    co_host_cities: Cities = ()
    guest_cities: Cities = ()
    hosts: Organisations = ()
    guests: Organisations = ()
    met: tuple[Name, ...] = ()
    external_guests: tuple[Name, ...] = ()
    stops: tuple[Name, ...] = ()
    topics: Topics
    start_date: Day | None = None
    end_date: LastDay | None = None
    month: Month | None = None
    participants_about: People | None = None
    counts_as_exchange: TrueOrFalse = True
    note: Note = ""
    legs: NotLoaded = None


class EventFacts(FileObject):
    key: Slug
    title: Name
    city: City = ""
    mode: Mode = EventMode.IN_PERSON.value
    start_date: Day
    end_date: LastDay


class ProgrammeFile(FileObject):
    programme: ProgrammeFacts
    cities: tuple[CityInFile, ...]
    organisations: tuple[OrganisationFacts, ...]
    topics: tuple[TopicFacts, ...]
    practices: tuple[PracticeFacts, ...]
    held: tuple[HeldFacts, ...] = Field((), alias="exchanges_held")
    events: tuple[EventFacts, ...] = Field((), alias="events_held")
    assumed: AssumedFacts = AssumedFacts()
    partners_over_time: NotLoaded = None

    @property
    def next_programme(self) -> NextProgrammeFacts | None:
        return self.assumed.next_programme

    @model_validator(mode="after")
    def _give_cities_their_profiles(self) -> ProgrammeFile:
        for city in self.cities:
            city._profile = self.assumed.profile(city.slug)
        return self
