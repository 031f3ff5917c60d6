"""How a zone changes its clocks, by the footer of its TZif file (RFC 8536)."""

import calendar
import importlib.resources
import re
import zoneinfo
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path

_NAME = r"<[^>]+>|[A-Za-z]{3,}"
_TIME = r"[-+]?\d+(?::\d+){0,2}"
_DAY = rf"M(\d+)\.(\d)\.(\d)(?:/({_TIME}))?"
_FOOTER = re.compile(rf"({_NAME})({_TIME})(?:({_NAME})({_TIME})?,{_DAY},{_DAY})?")


class NoRule(Exception):
    """The zone's changes of clock do not follow a rule that a calendar file can say."""


@dataclass(frozen=True)
class YearlyDay:
    """The `week`th `weekday` (0 is Sunday) of a month, 5 for the last; `time` counts from its
    midnight and can lie on another day."""

    month: int
    week: int
    weekday: int
    time: timedelta

    @lru_cache(maxsize=256)  # noqa: B019 (a value, as many as zones have rules)
    def in_year(self, year: int) -> datetime:
        """Local time before the change."""
        days = [d for d in self._candidates(year) if d.isoweekday() % 7 == self.weekday]
        return datetime.combine(days[0], time(0)) + self.time

    def rrule(self) -> str:
        """Raises NoRule when the day can fall into two months."""
        shift = self.time // timedelta(days=1)
        weekday = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")[(self.weekday + shift) % 7]
        rule = f"FREQ=YEARLY;BYMONTH={self.month}"
        if not shift:
            return f"{rule};BYDAY={-1 if self.week == 5 else self.week}{weekday}"
        shifted = [day + timedelta(days=shift) for day in self._candidates(2001)]
        if any(day.month != self.month for day in shifted) or self.month == 2:
            raise NoRule(str(self))
        return f"{rule};BYMONTHDAY={','.join(str(day.day) for day in shifted)};BYDAY={weekday}"

    def _candidates(self, year: int) -> list[date]:
        last = calendar.monthrange(year, self.month)[1]
        first = last - 6 if self.week == 5 else 7 * self.week - 6
        return [date(year, self.month, day) for day in range(first, first + 7)]


@dataclass(frozen=True)
class Phase:
    """The time of part of the year; `onset` is None where clocks never change."""

    name: str
    offset: timedelta
    onset: YearlyDay | None = None


@dataclass(frozen=True)
class PosixRule:
    """`winter` is the phase with the smaller offset, `summer` the other; None without one."""

    winter: Phase
    summer: Phase | None = None

    def offset_at(self, local: datetime) -> timedelta:
        """Return it for a time that exists once."""
        if self.summer is None:
            return self.winter.offset
        assert self.summer.onset
        assert self.winter.onset
        to_summer = self.summer.onset.in_year(local.year)
        to_winter = self.winter.onset.in_year(local.year)
        if to_summer < to_winter:
            is_summer = to_summer <= local < to_winter
        else:
            is_summer = not to_winter <= local < to_summer
        return self.summer.offset if is_summer else self.winter.offset


@lru_cache(maxsize=64)
def rule_of(zone: str) -> PosixRule:
    """Raises NoRule, or ZoneInfoNotFoundError when there is no such zone."""
    footer = zone_file(zone).rsplit(b"\n", 2)[-2].decode("ascii", "replace")
    return parsed(footer)


def parsed(footer: str) -> PosixRule:
    match = _FOOTER.fullmatch(footer)
    if match is None:
        raise NoRule(footer)
    name, offset, other_name, other_offset, *days = match.groups()
    standard = -_duration(offset)
    if other_name is None:
        return PosixRule(Phase(name.strip("<>"), standard))
    other = -_duration(other_offset) if other_offset else standard + timedelta(hours=1)
    phases = (
        Phase(name.strip("<>"), standard, _yearly_day(days[4:])),
        Phase(other_name.strip("<>"), other, _yearly_day(days[:4])),
    )
    return PosixRule(*sorted(phases, key=lambda phase: phase.offset))


def zone_file(zone: str) -> bytes:
    zoneinfo.ZoneInfo(zone)  # refuses a name that is no zone, and one that leaves the folder
    for folder in zoneinfo.TZPATH:
        path = Path(folder, zone)
        if path.is_file():
            return path.read_bytes()
    return importlib.resources.files("tzdata").joinpath("zoneinfo", *zone.split("/")).read_bytes()


def _yearly_day(fields: list[str]) -> YearlyDay:
    month, week, weekday, at = fields
    return YearlyDay(int(month), int(week), int(weekday), _duration(at or "2"))


def _duration(text: str) -> timedelta:
    hours, minutes, seconds = (*(int(part) for part in text.lstrip("+-").split(":")), 0, 0)[:3]
    duration = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -duration if text.startswith("-") else duration
