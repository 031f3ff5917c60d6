"""The days on which a city is closed."""

from __future__ import annotations

from collections.abc import Iterable

from exchanges.domain.dates import DateRange
from exchanges.domain.matching.windows import Closure, ClosureKind
from exchanges.models import City
from exchanges.queries.visits.meetings import Meeting, closures
from exchanges.words.cities.closures import holidays_of


def closures_of(city: City, meetings: Iterable[Meeting], within: DateRange) -> list[Closure]:
    """Holidays in these days, blackouts and visits; reads the prefetched blackouts."""
    blackouts = [
        Closure(DateRange(each.start_date, each.end_date), ClosureKind.BLACKOUT, each.reason)
        for each in city.blackouts.all()
    ]
    return holidays_of(city, within) + blackouts + closures(meetings, city.pk)
