"""The head of each day leaves the database, so that a chain that was written anew shows."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from exchanges.enums import Message
from exchanges.models import Auditor, EventHead, Programme, RecordHead, User
from exchanges.operations.mail.outbox import tell
from exchanges.operations.record import record
from exchanges.permissions import is_any_auditor, require


@transaction.atomic
def note_head(*, at: datetime) -> RecordHead | None:
    """Return the head of today, noted now if it was not; None while nothing is recorded.

    Auditors who want it get it by mail, once. A day on which nobody called it has no head.
    """
    day = at.date()
    noted = RecordHead.objects.filter(day=day).first()
    if noted is not None:
        return noted
    head = EventHead.objects.filter(id=1).first()
    if head is None:
        return None
    row = RecordHead(day=day, count=head.count, hash=head.hash, noted_at=at)
    RecordHead.objects.bulk_create([row], ignore_conflicts=True)
    noted = RecordHead.objects.get(day=day)
    who_want_it = User.objects.filter(audits__wants_heads=True).distinct()
    tell(who_want_it, Message.RECORD_HEAD, at=at, once=f"record-head-{day}", head=noted.pk)
    return noted


@transaction.atomic
def want_heads(*, wanted: bool, by: User, at: datetime) -> None:
    """Send an auditor the head of each day by mail, or stop that; recorded at each programme."""
    require(is_any_auditor(by))
    roles = Auditor.objects.select_for_update().filter(user=by).exclude(wants_heads=wanted)
    programmes = list(Programme.objects.filter(auditors__in=list(roles)).order_by("pk"))
    roles.update(wants_heads=wanted)
    for programme in programmes:
        record("want_heads" if wanted else "stop_heads", programme, by=by, at=at)
