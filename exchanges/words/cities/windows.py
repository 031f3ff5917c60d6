"""The free and lost weeks of a city, as its profile shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchanges.domain.dates import DateRange
from exchanges.domain.matching.windows import LostWindow
from exchanges.models import City
from exchanges.words.cities.closures import closure_sentence
from exchanges.words.formats import day_range, month
from exchanges.words.matching.data import MatchingData


@dataclass(frozen=True, slots=True)
class Week:
    """`reasons` are empty for a week that is free."""

    dates: DateRange
    reasons: tuple[str, ...]

    @property
    def is_free(self) -> bool:
        return not self.reasons

    @property
    def days(self) -> str:
        return day_range(self.dates.start, self.dates.end)


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    weeks: tuple[Week, ...]

    @property
    def name(self) -> str:
        return month(self.first)


@dataclass(frozen=True, slots=True)
class CityWindows:
    months: tuple[Month, ...]

    @property
    def weeks(self) -> list[Week]:
        return [week for month in self.months for week in month.weeks]

    @property
    def lost(self) -> list[Week]:
        return [week for week in self.weeks if not week.is_free]

    @property
    def sentence(self) -> str:
        """How many are free, and from when to when; without a full stop."""
        free = [week for week in self.weeks if week.is_free]
        if not self.weeks:
            return _("The programme ends too soon for another visit")
        if not free:
            return _("No week is free")
        first, last = free[0].dates.start, free[-1].dates.end
        words = ngettext(
            "%(count)d window of %(all)d is free between %(first)s and %(last)s",
            "%(count)d windows of %(all)d are free between %(first)s and %(last)s",
            len(free),
        )
        return words % {
            "count": len(free),
            "all": len(self.weeks),
            "first": month(first),
            "last": month(last),
        }


def city_windows(found: MatchingData, city: City) -> CityWindows:
    """For those who may know which visits take weeks; nothing is read."""
    return weeks_in_words(found.windows, found.lost[city.slug], city, names_visits=True)


def weeks_in_words(
    windows: Sequence[DateRange],
    lost: Mapping[int, LostWindow],
    city: City,
    *,
    names_visits: bool,
) -> CityWindows:
    weeks = []
    for index, dates in enumerate(windows):
        reasons = lost[index].reasons if index in lost else ()
        words = (closure_sentence(each, city, names_visits=names_visits) for each in reasons)
        weeks.append(Week(dates, tuple(words)))
    return CityWindows(tuple(_months(weeks)))


def _months(weeks: Iterable[Week]) -> Iterable[Month]:
    """By the month in which a week begins."""
    by_month: dict[date, list[Week]] = {}
    for week in weeks:
        by_month.setdefault(week.dates.start.replace(day=1), []).append(week)
    for first, found in by_month.items():
        yield Month(first, tuple(found))
