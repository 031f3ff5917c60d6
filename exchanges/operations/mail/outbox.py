"""Putting mails into the outbox. What they say is made by the worker, when it sends them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from exchanges.enums import Message, MessageState
from exchanges.models import OutboxMessage, User


def tell(
    people: Iterable[User],
    kind: Message,
    *,
    at: datetime,
    once: str = "",
    delay: timedelta = timedelta(),
    **about: Any,
) -> int:
    """One message a person, in the caller's transaction; returns how many were written.

    `about` holds ids, and never personal data. With `once`, a message of the same key is written a
    single time for a person, however often and by however many workers it is asked for.
    """
    rows = [
        OutboxMessage(
            kind=kind,
            recipient=person,
            language=person.language,
            about=about,
            once=f"{once}:{person.pk}" if once else None,
            queued_at=at,
            due_at=at + delay,
        )
        for person in {person.pk: person for person in people if person.is_active}.values()
    ]
    before = OutboxMessage.objects.filter(once__in=[row.once for row in rows if row.once]).count()
    OutboxMessage.objects.bulk_create(rows, ignore_conflicts=bool(once))
    return len(rows) - before


def tell_address(
    address: str,
    kind: Message,
    *,
    at: datetime,
    language: str = "",
    secret: bytes | None = None,
    **about: Any,
) -> OutboxMessage:
    """A message to someone who has no account yet, or one whose sealed content is already made."""
    return OutboxMessage.objects.create(
        kind=kind,
        address=address,
        language=language,
        about=about,
        secret=secret,
        queued_at=at,
        due_at=at,
    )


def drop_queued(kind: Message, **about: Any) -> int:
    """Take back messages that were not sent yet, for instance of a withdrawn invitation."""
    queued = OutboxMessage.objects.filter(kind=kind, state=MessageState.QUEUED, lease=None)
    return queued.filter(**{f"about__{key}": value for key, value in about.items()}).delete()[0]
