from __future__ import annotations

from datetime import datetime

from exchanges.models import IssuedCode


def is_waiting(name: str, *, at: datetime) -> bool:
    """Say whether a code of this name was sent and is neither used nor too old."""
    return IssuedCode.objects.filter(name=name, expires_at__gt=at).exists()
