"""The worker's work beside the mail, offered by the core and by apps and wings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from threading import Event
from typing import Protocol

from exchanges.registry import Registry


class Job(Protocol):
    """Work that takes longer than a mail, and goes on beside it."""

    def tend(self) -> None:
        """See to it between two looks at the outbox; returns at once."""

    def finish(self, ending: Event) -> None:
        """Do all that waits, in this process, until it is done or `ending` is set."""

    def end(self) -> None:
        """Give back what is under way, so that another worker takes it."""


class HourlyWork(Protocol):
    """Work that becomes due with time; done twice, nothing happens twice."""

    def __call__(self, *, at: datetime) -> object: ...


jobs: Registry[Callable[[], Job]] = Registry("jobs of the worker")
"""Each makes the job for one worker."""

hourly: Registry[HourlyWork] = Registry("hourly work of the worker")
"""All run about once an hour and after a jump of the clock, by several workers at once."""
