"""Writing the append-only record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import models, transaction

from exchanges.domain.record import FIRST_HASH, RecordEntry, entry_hash
from exchanges.models import Event, EventHead, Invitation, User

Actor = User | Invitation | None
"""Who did it: a person, an invitation (answered by its link), or None for the platform."""


def actor_id(actor: Actor) -> str:
    if actor is None:
        return "platform"
    return f"{'user' if isinstance(actor, User) else 'invitation'}:{actor.pk}"


def record(verb: str, subject: models.Model, *, by: Actor, at: datetime, **data: Any) -> Event:
    """Append one event in the caller's transaction.

    Call it last: it locks the head row until the transaction ends. `data` holds plain ids and
    values, no personal data.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("record() needs the operation's transaction")
    head = _locked_head()
    entry = RecordEntry(
        number=head.count + 1,
        at=at,
        actor=actor_id(by),
        verb=verb,
        subject_type=subject._meta.model_name or "",
        subject_id=subject.pk,
        data=data,
        previous_hash=head.hash,
    )
    entry = replace(entry, hash=entry_hash(entry))
    event = Event.objects.create(**{name: getattr(entry, name) for name in RecordEntry.__slots__})
    head.count, head.hash = entry.number, entry.hash
    head.save()
    return event


def _locked_head() -> EventHead:
    head = EventHead.objects.select_for_update().filter(id=1).first()
    if head is None:
        EventHead.objects.bulk_create([EventHead(id=1, hash=FIRST_HASH)], ignore_conflicts=True)
        head = EventHead.objects.select_for_update().get(id=1)
    return head
