"""What agreements do when something happens in exchanges."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from agreements.operations.lifetime import advance


def advance_agreements(at: datetime, **kwargs: Any) -> None:
    advance(at=at)
