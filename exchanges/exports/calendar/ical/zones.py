"""How a calendar file writes local times: with a VTIMEZONE where that says the truth, else in UTC.

UTC serves the moments that a reader of our VTIMEZONE would get wrong: a local time that happens
twice, years in which the zone had other rules than now, and zones whose rule cannot be written
(Africa/Cairo changes on a Friday in October or November).
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from exchanges.domain.agenda.local_time import Occurrence, has_clock_change, instant, occurrence
from exchanges.exports.calendar.ical.content_lines import encoded
from exchanges.exports.calendar.ical.posix_zone import NoRule, Phase, PosixRule, rule_of

FIRST_YEAR = 1996
_UTC_NAMES = frozenset({"UTC", "Etc/UTC", "Etc/UCT", "Etc/Zulu", "Etc/Universal"})


class NonexistentTime(ValueError):
    """Clocks in the zone never show this time: they are put forward over it."""

    def __init__(self, local: datetime, zone: str) -> None:
        super().__init__(f"{local:%Y-%m-%d %H:%M} does not exist in {zone}")
        self.local = local
        self.zone = zone


class ZoneWriter:
    """Writes the times of one zone. `is_used` says whether the file needs its VTIMEZONE."""

    def __init__(self, zone: str) -> None:
        self.zone = zone
        self.is_used = False
        self._info = ZoneInfo(zone)
        self._rule = _expressible(zone)
        self._days: dict[date, str] = {}

    def value(self, moment: datetime) -> str:
        """Return parameter and value, `;TZID=Europe/Rome:20260301T090000` or `:20260301T080000Z`.

        Raises NonexistentTime.
        """
        if moment.tzinfo is not None:
            moment = moment.astimezone(self._info).replace(tzinfo=None)
        day = moment.date()
        known = self._days.get(day)
        if known is None:
            known = self._days[day] = self._plain_day(day)
        if known:
            return f"{known}{moment.hour:02}{moment.minute:02}{moment.second:02}"
        return self._careful_value(moment)

    def _plain_day(self, day: date) -> str:
        """What stands before the hour on a day when all times can be local ones, else empty."""
        midnight = datetime.combine(day, time(0))
        if has_clock_change(day, self._info) or not self._holds(midnight):
            return ""
        self.is_used = True
        return f";TZID={self.zone}:{compact(midnight)[:9]}"

    def _careful_value(self, moment: datetime) -> str:
        times = occurrence(moment, self._info)
        if times is Occurrence.NEVER:
            raise NonexistentTime(moment, self.zone)
        if times is Occurrence.ONCE and self._holds(moment):
            self.is_used = True
            return f";TZID={self.zone}:{compact(moment)}"
        return f":{utc(instant(moment, self._info))}"

    def _holds(self, moment: datetime) -> bool:
        """From the second year on, when both parts of the rule have begun."""
        if self._rule is None or moment.year <= FIRST_YEAR:
            return False
        offset = moment.replace(tzinfo=self._info).utcoffset()
        return offset == self._rule.offset_at(moment)


def compact(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")[:19].replace("-", "").replace(":", "")


def utc(moment: datetime) -> str:
    """Raises ValueError for a time without zone, which would be taken for the server's."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no zone")
    return f"{compact(moment.astimezone(UTC))}Z"


@lru_cache(maxsize=64)
def vtimezone(zone: str) -> bytes:
    """Return a VTIMEZONE; empty for UTC and for a zone whose times are written in UTC."""
    rule = _expressible(zone)
    if rule is None:
        return b""
    winter, summer = rule.winter, rule.summer
    parts = _observance("STANDARD", winter, before=summer or winter)
    if summer:
        parts += _observance("DAYLIGHT", summer, before=winter)
    return encoded(["BEGIN:VTIMEZONE", f"TZID:{zone}", *parts, "END:VTIMEZONE"])


@lru_cache(maxsize=64)
def _expressible(zone: str) -> PosixRule | None:
    if zone in _UTC_NAMES:
        return None
    try:
        rule = rule_of(zone)
        for phase in (rule.winter, rule.summer):
            if phase and phase.onset:
                phase.onset.rrule()
    except NoRule:
        return None
    return rule


def _observance(kind: str, phase: Phase, *, before: Phase) -> list[str]:
    onset = phase.onset.in_year(FIRST_YEAR) if phase.onset else datetime(FIRST_YEAR, 1, 1)  # noqa: DTZ001
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{compact(onset)}",
        *([f"RRULE:{phase.onset.rrule()}"] if phase.onset else []),
        f"TZOFFSETFROM:{_offset(before.offset)}",
        f"TZOFFSETTO:{_offset(phase.offset)}",
        f"TZNAME:{phase.name}",
        f"END:{kind}",
    ]


def _offset(offset: timedelta) -> str:
    minutes = abs(offset) // timedelta(minutes=1)
    return f"{'-' if offset < timedelta(0) else '+'}{minutes // 60:02}{minutes % 60:02}"
