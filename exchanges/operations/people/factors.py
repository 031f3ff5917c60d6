"""Second factors, which allauth keeps."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from exchanges.sealing import SECOND_FACTOR, reseal


@transaction.atomic
def reseal_factors() -> int:
    """Seal every secret under the present key; returns how many factors have one."""
    rows = list(Authenticator.objects.select_for_update().exclude(type=Authenticator.Type.WEBAUTHN))
    for row in rows:
        row.data = {key: _resealed(key, value) for key, value in row.data.items()}
        row.save(update_fields=["data"])
    return len(rows)


def _resealed(key: str, value: Any) -> Any:
    if key in ("secret", "seed"):
        return reseal(value, purpose=SECOND_FACTOR)
    if key == "migrated_codes":
        return [reseal(code, purpose=SECOND_FACTOR) for code in value]
    return value
