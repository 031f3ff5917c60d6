"""Days of the sample, told from the day on which the demo is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from exchanges.domain.dates import DateRange

FIRST_VISIT_BEFORE = timedelta(days=80)
LAST_OPTION_AFTER = timedelta(days=240)
SATURDAY = 5
TUESDAY = 1
QUIET_TIMES = (
    ((1, 1), (1, 8)),
    ((3, 24), (3, 26)),
    ((4, 24), (5, 4)),
    ((8, 1), (8, 31)),
    ((12, 19), (12, 31)),
)
"""First and last day, as month and day, when nobody receives visitors."""


@dataclass(frozen=True, slots=True)
class SampleDays:
    today: date

    def ago(self, days: int, hour: int = 9) -> datetime:
        """Return that hour (UTC) so many days back, on Friday when it falls on a weekend."""
        day = self.today - timedelta(days=days)
        day -= timedelta(days=max(0, day.weekday() - SATURDAY + 1))
        return datetime.combine(day, time(hour), UTC)

    def options(self, weeks: int, days: int, count: int = 2) -> list[DateRange]:
        """Return so many ranges from a Tuesday on, in following weeks from about `weeks` ahead."""
        found: list[DateRange] = []
        each = _from_tuesday(self.today + timedelta(weeks=weeks), days)
        while len(found) < count:
            if not any(_is_quiet(day) for day in each.days):
                found.append(each)
            each = each.shifted_to(each.start + timedelta(weeks=1))
        return found

    def visit_before(self, weeks: int, days: int) -> DateRange:
        """Return past days of which the first is so many weeks less up to six days back."""
        return _from_tuesday(self.today - timedelta(weeks=weeks), days)

    def in_days(self, days: int) -> date:
        return self.today + timedelta(days=days)


def running_programme(start: date, end: date, today: date) -> DateRange:
    """Return the programme's days, moved by whole years for a demo long before or after.

    All that the sample tells has to lie in it: ten weeks back to half a year ahead.
    """
    years = 0
    while _years_later(start, years) > today - FIRST_VISIT_BEFORE:
        years -= 1
    while _years_later(end, years) < today + LAST_OPTION_AFTER:
        years += 1
    return DateRange(_years_later(start, years), _years_later(end, years))


def _years_later(day: date, years: int) -> date:
    return (day - timedelta(days=day.day - 1)).replace(year=day.year + years) + timedelta(
        days=day.day - 1
    )


def _from_tuesday(day: date, days: int) -> DateRange:
    start = day + timedelta(days=(TUESDAY - day.weekday()) % 7)
    return DateRange(start, start + timedelta(days=days - 1))


def _is_quiet(day: date) -> bool:
    return any(first <= (day.month, day.day) <= last for first, last in QUIET_TIMES)
