"""What every page gets."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from exchanges import clock
from exchanges.views.shell import shell_of


def shell(request: HttpRequest) -> dict[str, Any]:
    return {
        "shell": shell_of(request),
        "demo": settings.DEMO,
        "demo_date": moved_date() if settings.DEMO else None,
    }


def moved_date() -> date | None:
    """The day that the demo plays on; None while that is the real one."""
    now = clock.now()
    return now.date() if now - timezone.now() > timedelta(hours=1) else None
