"""The weeks ahead of one city, read without the other cities."""

from __future__ import annotations

from datetime import datetime

from exchanges.domain.dates import DateRange
from exchanges.domain.matching.windows import LostWindow, lost_windows
from exchanges.models import City, Programme
from exchanges.queries.cities.closures import closures_of
from exchanges.queries.matching.data import windows_of
from exchanges.queries.visits.meetings import meetings_of
from exchanges.words.cities.windows import CityWindows, weeks_in_words


def windows_ahead(
    city: City, programme: Programme, at: datetime, *, names_visits: bool
) -> CityWindows:
    """Return the windows of one city, without reading the others."""
    windows = windows_of(programme, at)
    lost: dict[int, LostWindow] = {}
    if windows:
        within = DateRange(windows[0].start, windows[-1].end)
        lost = lost_windows(windows, closures_of(city, meetings_of([city.pk]), within))
    return weeks_in_words(windows, lost, city, names_visits=names_visits)
