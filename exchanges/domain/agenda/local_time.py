"""Local times around a clock change: some happen twice, some never."""

from datetime import UTC, date, datetime, time
from enum import Enum
from functools import lru_cache
from zoneinfo import ZoneInfo


class Occurrence(Enum):
    ONCE = "once"
    TWICE = "twice"
    NEVER = "never"


def occurrence(local: datetime, zone: ZoneInfo) -> Occurrence:
    """Count how often clocks in `zone` show `local`, a time without zone."""
    first = local.replace(tzinfo=zone, fold=0).utcoffset()
    second = local.replace(tzinfo=zone, fold=1).utcoffset()
    if first == second:
        return Occurrence.ONCE
    assert first is not None
    assert second is not None
    return Occurrence.TWICE if first > second else Occurrence.NEVER


def instant(local: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment in UTC; `local.fold` chooses one of a time that happens twice."""
    return local.replace(tzinfo=zone).astimezone(UTC)


@lru_cache(maxsize=4096)
def has_clock_change(day: date, zone: ZoneInfo) -> bool:
    """Whether clocks in `zone` are put forward or back on `day`."""
    first = datetime.combine(day, time(0), zone)
    last = datetime.combine(day, time(23, 59, 59, fold=1), zone)
    return first.utcoffset() != last.utcoffset()
