"""What a calendar file tells, before it is written."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class EventStatus(StrEnum):
    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True)
class Person:
    name: str
    email: str


@dataclass(frozen=True)
class CalendarEvent:
    """`start` and `end` are local times of `zone` (an IANA name), or days: then `end` is the last.

    `uid` and `sequence` are stored; `revised_at` has a zone and is never the present moment.
    """

    uid: str
    sequence: int
    revised_at: datetime
    summary: str
    start: date
    end: date
    zone: str
    description: str = ""
    location: str = ""
    url: str = ""
    status: EventStatus = EventStatus.CONFIRMED
    is_transparent: bool = False
    categories: tuple[str, ...] = ()
    organizer: Person | None = None


@dataclass(frozen=True)
class Calendar:
    """`cancelled_word` stands in brackets before a cancelled summary, in the reader's language."""

    name: str
    description: str
    events: tuple[CalendarEvent, ...]
    cancelled_word: str
    refresh: timedelta = timedelta(hours=1)
