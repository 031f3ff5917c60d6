"""What is wrong with an agenda: facts only; the sentences are made where languages are known."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

from exchanges.domain.local_time import Occurrence, has_clock_change, instant, occurrence
from exchanges.domain.text import folded_name


class Level(StrEnum):
    BLOCK = "block"
    WARN = "warn"
    NOTE = "note"


class ProblemKind(StrEnum):
    END_BEFORE_START = "end_before_start"
    OUTSIDE_VISIT = "outside_visit"
    TIME_DOES_NOT_EXIST = "time_does_not_exist"
    VENUE_TWICE = "venue_twice"
    PERSON_TWICE = "person_twice"
    CLOCK_CHANGE = "clock_change"


REFUSED = frozenset(
    {ProblemKind.END_BEFORE_START, ProblemKind.OUTSIDE_VISIT, ProblemKind.TIME_DOES_NOT_EXIST}
)



@dataclass(frozen=True)
class Session:
    """An agenda item as its host sees it; `zone` is an IANA name, `id` 0 for one that is not saved yet."""

    id: int
    day: date
    start: time
    end: time
    zone: str
    title: str
    venue: str | None = None
    people: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    is_cancelled: bool = False
