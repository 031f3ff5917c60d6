"""Codes that people get by mail and type."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from exchanges.codes import code_hash, is_code
from exchanges.models import IssuedCode

MOST_TRIES = 3


def keep_code(code: str, *, name: str, until: datetime) -> None:
    """Keep the hash of a code; an earlier one of this name is worth nothing from now on."""
    fields = {"digest": code_hash(code, name=name), "tries": 0, "expires_at": until}
    IssuedCode.objects.update_or_create(name=name, defaults=fields)


def use_code(typed: str, *, name: str, at: datetime) -> bool:
    """Say whether this is the code of that name; a code opens once, and can be tried three times.

    The try is counted first, by one statement, so many guesses at once are not compared more
    often. Call it outside of a transaction that a wrong code rolls back.
    """
    waiting = IssuedCode.objects.filter(name=name, expires_at__gt=at)
    if not waiting.filter(tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
        return False
    digest = waiting.values_list("digest", flat=True).first()
    if digest is None or not is_code(typed, name=name, digest=digest):
        return False
    return bool(waiting.filter(digest=digest).delete()[0])


def forget_expired_codes(*, at: datetime) -> int:
    return IssuedCode.objects.filter(expires_at__lte=at).delete()[0]
