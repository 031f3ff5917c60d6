"""What agreements do when something happens in exchanges."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from agreements.operations.lifetime import advance
from exchanges.signals import day_passed


@receiver(day_passed, dispatch_uid="agreements.advance")
def advance_agreements(at: datetime, **kwargs: Any) -> None:
    advance(at=at)
