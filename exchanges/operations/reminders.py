"""All reminders that are due; each is written once, however many workers ask."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Protocol

from django.db import Error, transaction

from exchanges.registry import Registry

logger = logging.getLogger(__name__)


class Reminder(Protocol):
    """Queue one kind of reminders that is due; returns how many were new."""

    def __call__(self, *, at: datetime) -> int: ...


reminders: Registry[Reminder] = Registry("reminders")


def remind(*, at: datetime) -> int:
    """Queue all reminders that are due; returns how many were new.

    A kind that fails is logged, and holds up no other.
    """
    count = 0
    for name, reminder in reminders.items():
        try:
            with transaction.atomic():
                count += reminder(at=at)
        except Error:
            raise
        except Exception:
            logger.exception("reminder_failed reminder=%s", name)
    return count
