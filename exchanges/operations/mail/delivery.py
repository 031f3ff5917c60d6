"""The life of an outbox row between the business transaction and the mail server.

A worker claims rows by a lease and sends them outside any transaction. Whatever it writes
afterwards counts only while the lease is still its own: at least once, never lost.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from exchanges.enums import Message, MessageState
from exchanges.models import OutboxMessage, User
from exchanges.operations.record import record
from exchanges.operations.refusals import Refusal
from exchanges.permissions import is_any_office, require
from exchanges.queries.mail import messages_of_office

LEASE = timedelta(seconds=120)
BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=24),
)
MOST_ATTEMPTS = 8
SEALED_LIFETIME = timedelta(hours=1)
LONGEST_ERROR = 500


class CannotRetry(Refusal):
    pass


@transaction.atomic
def claim(most: int, *, at: datetime) -> list[OutboxMessage]:
    """Return up to `most` due messages, leased to the caller under one new id."""
    due = OutboxMessage.objects.filter(
        Q(leased_until=None) | Q(leased_until__lte=at), state=MessageState.QUEUED, due_at__lte=at
    )
    rows = list(due.order_by("due_at", "pk").select_for_update(skip_locked=True)[:most])
    lease, until = uuid.uuid4(), at + LEASE
    claimed = OutboxMessage.objects.filter(pk__in=[row.pk for row in rows])
    claimed.update(lease=lease, leased_until=until)
    for row in rows:
        row.lease, row.leased_until = lease, until
    return rows


def renew(message: OutboxMessage, *, at: datetime) -> bool:
    """False when another worker has taken the message: then it must not be sent."""
    return bool(_ours(message).update(leased_until=at + LEASE))


def release(messages: Iterable[OutboxMessage]) -> None:
    """Give back what was claimed and not tried."""
    for message in messages:
        _ours(message).update(lease=None, leased_until=None)


def mark_sent(message: OutboxMessage, *, at: datetime) -> bool:
    """The server took it. False when the lease was lost meanwhile."""
    return _finish(message, MessageState.SENT, sent_at=at, last_error="")


def mark_obsolete(message: OutboxMessage, reason: str) -> bool:
    """What it was about is gone or done, so nobody gets it."""
    return _finish(message, MessageState.OBSOLETE, last_error=_short(reason))


def mark_refused(message: OutboxMessage, reason: str) -> bool:
    """The server will never take it for this recipient."""
    attempts = message.attempts + 1
    return _finish(message, MessageState.FAILED, attempts=attempts, last_error=_short(reason))


def postpone(message: OutboxMessage, reason: str, *, at: datetime) -> bool:
    """Count a failed attempt and wait for the next; after the last one the message has failed."""
    attempts = message.attempts + 1
    if attempts >= MOST_ATTEMPTS:
        return mark_refused(message, reason)
    changed = _ours(message).update(
        attempts=attempts,
        due_at=at + BACK_OFF[min(attempts, len(BACK_OFF)) - 1],
        lease=None,
        leased_until=None,
        last_error=_short(reason),
    )
    return bool(changed)


@transaction.atomic
def retry(*, message: OutboxMessage, by: User, at: datetime) -> OutboxMessage:
    """Queue a failed message again, with all its attempts.

    Raises CannotRetry when it has not failed or its sealed content is erased.
    """
    require(is_any_office(by) and messages_of_office(by).filter(pk=message.pk).exists())
    message = OutboxMessage.objects.select_for_update().get(pk=message.pk)
    if message.state != MessageState.FAILED:
        raise CannotRetry(_("Only a message that could not be sent can be sent again."))
    if message.kind == Message.ACCOUNT:
        words = _("The content of this message is erased. The person can ask for a new one.")
        raise CannotRetry(words)
    message.state, message.attempts, message.due_at = MessageState.QUEUED, 0, at
    message.save(update_fields=["state", "attempts", "due_at"])
    record("message_requeued", message, by=by, at=at)
    return message


def erase_expired(*, at: datetime) -> int:
    """Codes and links that are too old to be of use are not kept; returns how many there were."""
    old = OutboxMessage.objects.filter(secret__isnull=False, queued_at__lte=at - SEALED_LIFETIME)
    waiting = old.filter(Q(leased_until=None) | Q(leased_until__lte=at), state=MessageState.QUEUED)
    return waiting.update(
        state=MessageState.OBSOLETE,
        secret=None,
        lease=None,
        leased_until=None,
        last_error="expired",
    )


def _ours(message: OutboxMessage) -> QuerySet[OutboxMessage]:
    return OutboxMessage.objects.filter(
        pk=message.pk, lease=message.lease, state=MessageState.QUEUED
    )


def _finish(message: OutboxMessage, state: MessageState, **fields: object) -> bool:
    return bool(
        _ours(message).update(state=state, secret=None, lease=None, leased_until=None, **fields)
    )


def _short(reason: str) -> str:
    return reason.replace("\0", "")[:LONGEST_ERROR]
