"""The programme in which visits can be proposed."""

from __future__ import annotations

from datetime import datetime

from exchanges.models import Programme


def programme_for_planning(at: datetime) -> Programme | None:
    """Return the programme in which visits can be proposed now: the latest that has not ended."""
    running = Programme.objects.filter(end_date__gte=at.date())
    return running.select_related("coordinator").order_by("-start_date").first()
