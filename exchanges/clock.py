"""The one clock that views, commands and the worker read. Only the demo can move it."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

MOST_SECONDS = int(timedelta(days=50 * 365).total_seconds())


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return real_now() + _demo_offset()


def real_now() -> datetime:
    """Return the moment that also a demo does not move: for sessions and proofs of who it is."""
    return timezone.now().astimezone(UTC)


def today() -> date:
    """Return the present day in UTC."""
    return now().date()


def move_demo(days: int) -> None:
    """Move the demo's clock forward for all of its processes; they share a small file."""
    path = _demo_file()
    if path is None:
        return
    seconds = int((_demo_offset() + timedelta(days=days)).total_seconds())
    temporary = path.with_suffix(".new")
    temporary.write_text(str(min(seconds, MOST_SECONDS)))
    temporary.replace(path)


def _demo_file() -> Path | None:
    return settings.CLOCK_FILE


def _demo_offset() -> timedelta:
    """Nothing when there is no file, or none that `move_demo` could have written."""
    path = _demo_file()
    if path is None:
        return timedelta()
    try:
        seconds = int(path.read_text())
    except (OSError, ValueError):
        return timedelta()
    return timedelta(seconds=seconds if 0 <= seconds <= MOST_SECONDS else 0)
