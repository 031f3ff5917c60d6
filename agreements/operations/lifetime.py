"""What is said when time passes: an agreement runs out, or has run out."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from agreements.domain.agreement_states import SIGNED
from agreements.domain.validity import REMINDER_DAYS, reminder_due
from agreements.enums import AgreementState
from agreements.models import Agreement
from agreements.operations.moves import lock
from agreements.queries.parties import all_concerned
from exchanges.enums import Message
from exchanges.operations.mail.outbox import tell

LATE = timedelta(days=90)
"""So long after its end it is still said that an agreement has ended, if nothing ran before."""
A_DAY = timedelta(days=1)


def remind(*, at: datetime) -> int:
    """Say 180, 90 and 30 days before the end that an agreement runs out, and then that it did.

    Each agreement in a transaction of its own; done twice, nothing is said twice. Returns how many
    messages were written.
    """
    first, last = at.date() - LATE, at.date() + timedelta(days=max(REMINDER_DAYS)) + A_DAY
    due = Agreement.objects.filter(state__in=SIGNED, valid_until__range=(first, last))
    return sum(_remind_of(agreement, at=at) for agreement in due.order_by("pk"))


@transaction.atomic
def _remind_of(agreement: Agreement, *, at: datetime) -> int:
    agreement = lock(agreement)
    if agreement.state not in SIGNED:
        return 0
    today = agreement.programme.day_of(at)
    if agreement.valid_until < today:
        return _tell(agreement, Message.AGREEMENT_ENDED, "ended", at)
    return _tell_that_it_runs_out(agreement, today, at)


def _tell_that_it_runs_out(agreement: Agreement, today: date, at: datetime) -> int:
    """Only when nobody has given notice: then everybody knows the last day."""
    days = reminder_due(today, agreement.valid_until)
    if days is None or agreement.state != AgreementState.ACTIVE:
        return 0
    return _tell(agreement, Message.AGREEMENT_EXPIRING, str(days), at)


def _tell(agreement: Agreement, kind: Message, what: str, at: datetime) -> int:
    once = f"agreement-{agreement.pk}-ends-{agreement.valid_until}-{what}"
    topic = f"agreement-ends:{agreement.pk}"
    people = all_concerned(agreement)
    return tell(people, kind, at=at, once=once, topic=topic, agreement=agreement.pk)
