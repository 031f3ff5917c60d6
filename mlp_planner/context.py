"""What every page gets."""

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from exchanges import clock
from exchanges.context import Counter, Shell
from exchanges.models import User
from exchanges.queries.actions import visit_actions


def shell(request: HttpRequest) -> dict[str, Any]:
    return {
        "shell": Shell(request, clock.now(), COUNTERS),
        "demo": settings.DEMO,
        "demo_date": moved_date() if settings.DEMO else None,
    }


def moved_date() -> date | None:
    """The day that the demo plays on; None while that is the real one."""
    now = clock.now()
    return now.date() if now - timezone.now() > timedelta(hours=1) else None


def visits_waiting(user: User, at: datetime) -> int:
    return len(visit_actions(user, at))


COUNTERS: tuple[Counter, ...] = (visits_waiting,)
