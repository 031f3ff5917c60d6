"""The weeks in which a city is free for a visit, as bits of one number, and why others are not.

A window is one week's Tuesday to Thursday; Monday and Friday are for travelling.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from exchanges.domain.dates import DateRange
from exchanges.domain.matching.facts import MOST_WINDOWS

VISIT_DAYS = 3
TUESDAY = 1
WEEK = timedelta(days=7)
NOTICE = timedelta(weeks=4)
HORIZON = timedelta(days=365)


class ClosureKind(StrEnum):
    HOLIDAY = "holiday"
    BLACKOUT = "blackout"
    VISIT = "visit"


@dataclass(frozen=True, slots=True, order=True)
class Closure:
    """Days on which a city neither hosts nor travels. `about` by kind:

    - holiday: its name in the reader's language
    - blackout: the reason that the city gave, or nothing
    - visit: its reference
    """

    dates: DateRange
    kind: ClosureKind
    about: str


@dataclass(frozen=True, slots=True)
class LostWindow:
    """A window in which a city is not free, with every reason, earliest first."""

    window: int
    dates: DateRange
    reasons: tuple[Closure, ...]


def planning_days(today: date, programme: DateRange) -> DateRange | None:
    """From four weeks ahead, at most twelve months, inside the programme; None: no day is left."""
    first = max(today + NOTICE, programme.start)
    last = min(today + HORIZON, programme.end)
    return DateRange(first, last) if first <= last else None


def windows_between(first: date, last: date) -> tuple[DateRange, ...]:
    """Every Tuesday to Thursday that lies whole in these days, at most 63."""
    start = first + timedelta(days=(TUESDAY - first.weekday()) % 7)
    found: list[DateRange] = []
    while len(found) < MOST_WINDOWS and start + timedelta(days=VISIT_DAYS - 1) <= last:
        found.append(DateRange(start, start + timedelta(days=VISIT_DAYS - 1)))
        start += WEEK
    return tuple(found)


def closed_days(closures: Iterable[Closure], within: DateRange) -> dict[date, list[Closure]]:
    """By day, for the days of `within` that are closed."""
    found: dict[date, list[Closure]] = {}
    for closure in sorted(closures):
        first = max(closure.dates.start, within.start)
        last = min(closure.dates.end, within.end)
        if first <= last:
            for day in DateRange(first, last).days:
                found.setdefault(day, []).append(closure)
    return found


def lost_windows(
    windows: Sequence[DateRange], closures: Iterable[Closure]
) -> dict[int, LostWindow]:
    """By index, the windows of which a day is closed."""
    if not windows:
        return {}
    closed = closed_days(closures, DateRange(windows[0].start, windows[-1].end))
    index_of = _index_of(tuple(windows))
    found: dict[int, dict[Closure, None]] = {}
    for day, reasons in closed.items():
        if (index := index_of.get(day)) is not None:
            found.setdefault(index, {}).update(dict.fromkeys(reasons))
    return {
        index: LostWindow(index, windows[index], tuple(sorted(reasons)))
        for index, reasons in sorted(found.items())
    }


@lru_cache(maxsize=8)
def _index_of(windows: tuple[DateRange, ...]) -> dict[date, int]:
    """By day, the window that it lies in."""
    return {day: index for index, window in enumerate(windows) for day in window.days}


def free_windows(count: int, lost: Mapping[int, LostWindow]) -> int:
    """The windows that are not lost, as bits."""
    return mask_of(index for index in range(count) if index not in lost)


def mask_of(indices: Iterable[int]) -> int:
    mask = 0
    for index in indices:
        mask |= 1 << index
    return mask


def indices_of(mask: int) -> Iterator[int]:
    """The bits that are set, ascending."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
