"""What nobody else can settle is put to the operator, who hears the others and decides."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from exchanges.enums import DisputeKind, Message
from exchanges.models import City, Dispute, DisputeStatement, Organisation, User
from exchanges.operations.mail.outbox import tell
from exchanges.operations.network.dispute_effects import EFFECTS
from exchanges.operations.people.people import lock_organisation
from exchanges.operations.record import record
from exchanges.operations.refusals import Refusal
from exchanges.operations.shared_rows import take_turns
from exchanges.operations.visits.moves import ReasonMissing
from exchanges.permissions import require
from exchanges.queries.network.disputes import (
    Ground,
    can_read_dispute,
    grounds_of,
    is_concerned,
    people_concerned,
)
from exchanges.queries.people.role_changes import operators


class NoGround(Refusal):
    def __init__(self) -> None:
        super().__init__(
            _("This can be put to the operator once it was refused, or not answered for 14 days.")
        )


class OpenedAlready(Refusal):
    def __init__(self) -> None:
        super().__init__(_("The operator was asked about this already. Add what you know there."))


class DisputeDecided(Refusal):
    def __init__(self) -> None:
        super().__init__(_("The operator decided this already."))


@transaction.atomic
def open_dispute(
    *,
    organisation: Organisation,
    kind: DisputeKind,
    city: City | None,
    text: str,
    by: User,
    at: datetime,
) -> Dispute:
    """Put a question to the operator; all concerned are told and can add what they know.

    Raises NoGround, ReasonMissing and OpenedAlready.
    """
    lock_organisation(organisation)
    require(is_concerned(by, organisation))
    if Ground(kind, city) not in grounds_of(organisation, at):
        raise NoGround
    if not text.strip():
        raise ReasonMissing
    try:
        with transaction.atomic():
            dispute = Dispute.objects.create(
                organisation=organisation, kind=kind, city=city, opened_by=by, opened_at=at
            )
    except IntegrityError:
        raise OpenedAlready from None
    DisputeStatement.objects.create(dispute=dispute, said_by=by, said_at=at, text=text.strip())
    _tell(dispute, Message.DISPUTE_OPENED, at=at)
    record("dispute_opened", organisation, by=by, at=at, dispute=dispute.pk, kind=kind.value)
    return dispute


@transaction.atomic
def add_statement(*, dispute: Dispute, text: str, by: User, at: datetime) -> DisputeStatement:
    """Say something to a dispute, as one concerned. Raises DisputeDecided and ReasonMissing."""
    row = _lock_open(dispute)
    require(can_read_dispute(by, row))
    if not text.strip():
        raise ReasonMissing
    statement = DisputeStatement.objects.create(
        dispute=row, said_by=by, said_at=at, text=text.strip()
    )
    tell(operators(), Message.DISPUTE_OPENED, at=at, dispute=row.pk)
    record("dispute_stated", row.organisation, by=by, at=at, dispute=row.pk)
    return statement


@transaction.atomic
def decide(
    *, dispute: Dispute, is_granted: bool, decision: str, name: str, at: datetime
) -> Dispute:
    """Decide as the operator. What was asked happens at once if it is granted.

    `name` is the name that the organisation bears from now on, for a dispute about names. Raises
    DisputeDecided, ReasonMissing, and what the effect raises.
    """
    take_turns()
    row = _lock_open(dispute)
    if not decision.strip():
        raise ReasonMissing
    if is_granted:
        EFFECTS[DisputeKind(row.kind)](row, name, at)
    row.is_granted, row.decision, row.decided_at = is_granted, decision.strip(), at
    row.save()
    _tell(row, Message.DISPUTE_DECIDED, at=at)
    about = {"dispute": row.pk, "kind": str(row.kind), "granted": is_granted}
    record("dispute_decided", row.organisation, by=None, at=at, **about)
    return row


def _tell(dispute: Dispute, kind: Message, *, at: datetime) -> None:
    concerned = people_concerned(dispute.organisation, DisputeKind(dispute.kind), dispute.city)
    tell([*concerned, *operators()], kind, at=at, dispute=dispute.pk)


def _lock_open(dispute: Dispute) -> Dispute:
    lock_organisation(dispute.organisation)
    rows = Dispute.objects.select_for_update(of=("self",)).select_related("organisation", "city")
    row = rows.get(pk=dispute.pk)
    if row.decided_at is not None:
        raise DisputeDecided
    return row
