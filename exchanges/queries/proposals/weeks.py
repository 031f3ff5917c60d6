"""When the cities of a draft are all free, and why other days are closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import prefetch_related_objects

from exchanges.domain.dates import DateRange
from exchanges.domain.matching.windows import Closure, closed_days
from exchanges.models import City, StudyVisit
from exchanges.queries.cities.closures import closures_of
from exchanges.queries.matching.data import windows_of
from exchanges.queries.proposals.proposals import participating_cities
from exchanges.queries.visits.meetings import Meeting, meetings_of
from exchanges.words.cities.closures import closure_sentence
from exchanges.words.formats import listed


@dataclass(frozen=True, slots=True)
class CommonDays:
    """The days of all cities that take part. `weeks` are the windows in which all are free."""

    cities: tuple[City, ...]
    meetings: Sequence[Meeting]
    weeks: tuple[DateRange, ...]

    @property
    def names(self) -> str:
        return listed(str(city) for city in self.cities)

    def reasons(self, dates: DateRange) -> tuple[str, ...]:
        """Return why a city is closed on one of these days; nothing is read."""
        return tuple(
            closure_sentence(closure, city, names_visits=False)
            for city in self.cities
            for closure in dict.fromkeys(_closed(city, self.meetings, dates))
        )


def common_days(visit: StudyVisit, at: datetime) -> CommonDays:
    """Read them in a constant number of queries; `visit` comes from `proposals`."""
    cities = tuple(city for city, _side in participating_cities(visit))
    prefetch_related_objects(cities, "blackouts")
    meetings = meetings_of([city.pk for city in cities])
    found = CommonDays(cities, meetings, ())
    windows = windows_of(visit.programme, at)
    return CommonDays(cities, meetings, tuple(each for each in windows if not found.reasons(each)))


def _closed(city: City, meetings: Sequence[Meeting], dates: DateRange) -> list[Closure]:
    by_day = closed_days(closures_of(city, meetings, dates), dates)
    return [closure for closures in by_day.values() for closure in closures]
