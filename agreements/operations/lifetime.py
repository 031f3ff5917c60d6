"""What time does to agreements: the worker calls `advance` once a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from agreements.domain.agreement_states import IN_FORCE
from agreements.domain.validity import REMINDER_DAYS, WARNING_DAYS, reminder_due
from agreements.enums import AgreementMove, AgreementState
from agreements.models import Agreement
from agreements.operations.moves import lock, move
from agreements.queries.parties import all_concerned
from exchanges.enums import Message
from exchanges.operations.mail.outbox import tell


def advance(*, at: datetime) -> int:
    """Remind 180, 90 and 30 days before the end, mark what runs out and what has expired.

    Each agreement in a transaction of its own; done twice, nothing happens twice. Returns how
    many agreements changed their state.
    """
    horizon = at.date() + timedelta(days=max(REMINDER_DAYS))
    due = Agreement.objects.filter(state__in=IN_FORCE, valid_until__lte=horizon)
    return sum(_advance_one(agreement, at=at) for agreement in due.order_by("pk"))


@transaction.atomic
def _advance_one(agreement: Agreement, *, at: datetime) -> bool:
    agreement = lock(agreement)
    if agreement.state not in IN_FORCE:
        return False
    today = at.date()
    if agreement.valid_until < today:
        tell(all_concerned(agreement), Message.AGREEMENT_ENDED, at=at, agreement=agreement.pk)
        move(agreement, AgreementMove.EXPIRE, by=None, at=at)
        return True
    _remind(agreement, today, at=at)
    days_left = (agreement.valid_until - today).days
    if agreement.state == AgreementState.ACTIVE and days_left <= WARNING_DAYS:
        move(agreement, AgreementMove.RUN_OUT_SOON, by=None, at=at, days_left=days_left)
        return True
    return False


def _remind(agreement: Agreement, today: date, *, at: datetime) -> None:
    days = reminder_due(today, agreement.valid_until)
    if days is not None:
        once = f"agreement-{agreement.pk}-ends-{agreement.valid_until}-{days}"
        recipients = all_concerned(agreement)
        kind = Message.AGREEMENT_EXPIRING
        tell(recipients, kind, at=at, once=once, agreement=agreement.pk)
