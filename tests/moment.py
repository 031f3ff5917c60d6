"""The moment at which every test begins, and days that follow it."""

import os
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from threading import Event

from time_machine import Traveller

from exchanges import clock

NAME = "TESTS_MOMENT"
"""The environment variable by which `make test-anyday` names another moment."""
USUAL = datetime(2026, 11, 22, 9, tzinfo=UTC)
AT = datetime.fromisoformat(os.environ[NAME]) if NAME in os.environ else USUAL


def mend_sleep() -> None:
    """Let `time.sleep` wait by the monotonic clock, where `faketime` has moved the other one.

    Python sleeps until a moment of the monotonic clock. libfaketime 0.9.10 subtracts its offset
    from that moment even when told to leave this clock alone, so nobody would sleep at all.
    """
    time.sleep = Event().wait


def moved(day: date) -> date:
    """Return the day that lies to the test's today as `day` lies to 22 November 2026.

    The weekday stays the same, so the answer may lie up to six days nearer to the past.
    """
    passed = clock.today() - USUAL.date()
    return day + timedelta(weeks=passed.days // 7)


def posted(day: str) -> str:
    """Return `moved` of an ISO day as a browser sends it."""
    return moved(date.fromisoformat(day)).isoformat()


@dataclass(frozen=True)
class Clock:
    """The one clock of a test, which the program and its libraries read. It stands still."""

    traveller: Traveller

    def now(self) -> datetime:
        return clock.now()

    def today(self) -> date:
        return clock.today()

    def move_to(self, moment: datetime) -> None:
        self.traveller.move_to(moment, tick=False)
