"""Putting mails into the outbox. What they say is made by the worker, when it sends them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from exchanges.enums import Message, MessageState
from exchanges.models import OutboxMessage, User


def tell(
    people: Iterable[User],
    kind: Message,
    *,
    at: datetime,
    once: str = "",
    topic: str = "",
    delay: timedelta = timedelta(),
    **about: Any,
) -> int:
    """One message a person, in the caller's transaction; returns how many were written.

    `about` holds ids, and never personal data. With `once`, a message of the same key is written a
    single time for a person, however often and by however many workers it is asked for. With
    `topic`, what waits for the person under the same topic becomes this message.
    """
    rows = [
        OutboxMessage(
            kind=kind,
            recipient=person,
            language=person.language,
            about=about,
            once=f"{once}:{person.pk}" if once else None,
            topic=f"{topic}:{person.pk}" if topic else "",
            queued_at=at,
            due_at=at + delay,
        )
        for person in {person.pk: person for person in people if person.is_active}.values()
    ]
    written = _written_before(rows)
    return write([row for row in rows if row.once not in written], at=at)


def _written_before(rows: Sequence[OutboxMessage]) -> set[str | None]:
    keys = [row.once for row in rows if row.once]
    if not keys:
        return set()
    return set(OutboxMessage.objects.filter(once__in=keys).values_list("once", flat=True))


@transaction.atomic
def write(rows: Sequence[OutboxMessage], *, at: datetime) -> int:
    """Put messages into the outbox, each topic once; returns how many there are to say."""
    renewed = _renew({row.topic: row for row in rows if row.topic}, at)
    new = [row for row in rows if row.topic not in renewed]
    OutboxMessage.objects.bulk_create(new, ignore_conflicts=any(row.once for row in new))
    return len(rows)


def _renew(rows: Mapping[str, OutboxMessage], at: datetime) -> set[str]:
    """Let what waits under these topics say the news, when it is due; returns which did wait.

    They are locked: a worker that looks for what is due passes over them until the news are there.
    """
    if not rows:
        return set()
    waiting = list(waiting_messages(at).filter(topic__in=rows).select_for_update())
    for message in waiting:
        news = rows[message.topic]
        if _said(message) != _said(news):
            message.kind, message.about = news.kind, news.about
            message.once, message.language = news.once, news.language
            message.save(update_fields=["kind", "about", "once", "language"])
    return {message.topic for message in waiting}


def _said(message: OutboxMessage) -> tuple[object, ...]:
    return message.kind, message.about, message.once, message.language


def waiting_messages(at: datetime) -> QuerySet[OutboxMessage]:
    """Return what no worker is sending now."""
    free = Q(lease=None) | Q(leased_until__lte=at)
    return OutboxMessage.objects.filter(free, state=MessageState.QUEUED)


def tell_address(
    address: str,
    kind: Message,
    *,
    at: datetime,
    language: str = "",
    secret: bytes | None = None,
    topic: str = "",
    delay: timedelta = timedelta(),
    **about: Any,
) -> OutboxMessage:
    """A message to someone who has no account, or one whose sealed content is already made."""
    row = OutboxMessage(
        kind=kind,
        address=address,
        language=language,
        about=about,
        secret=secret,
        topic=topic,
        queued_at=at,
        due_at=at + delay,
    )
    write([row], at=at)
    return row


def drop_queued(kind: Message, **about: Any) -> int:
    """Take back messages that were not sent yet, for instance of a withdrawn invitation."""
    queued = OutboxMessage.objects.filter(kind=kind, state=MessageState.QUEUED, lease=None)
    return queued.filter(**{f"about__{key}": value for key, value in about.items()}).delete()[0]
