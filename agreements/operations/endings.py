"""How an agreement is recalled, or ends otherwise than by its date."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from agreements.domain.validity import end_after_notice
from agreements.enums import AgreementMove, AgreementState
from agreements.models import Agreement, Party
from agreements.operations.moves import lock, move, require_move
from agreements.permissions import can_make_move, can_make_move_for
from agreements.queries.parties import all_concerned, current_version
from exchanges.enums import Message
from exchanges.models import User
from exchanges.operations.mail.outbox import tell
from exchanges.operations.people.restrictions import raise_if_restricted
from exchanges.operations.people.role_changes import raise_if_frozen
from exchanges.permissions import require


@transaction.atomic
def recall(*, agreement: Agreement, by: User, at: datetime, reason: str) -> Agreement:
    """Take it back from signature; approvals and signatures of this version keep counting."""
    agreement = lock(agreement)
    require(can_make_move(by, agreement, AgreementMove.RECALL))
    require_move(agreement, AgreementMove.RECALL, at=at, reason=reason)
    _tell_others(agreement, Message.AGREEMENT_CHANGED, by, at)
    move(agreement, AgreementMove.RECALL, by=by, at=at, reason=reason)
    return agreement


@transaction.atomic
def decline(*, party: Party, by: User, at: datetime, reason: str) -> Agreement:
    agreement = lock(party.agreement)
    require(can_make_move_for(by, party, AgreementMove.DECLINE))
    require_move(agreement, AgreementMove.DECLINE, at=at, reason=reason)
    _tell_others(agreement, Message.AGREEMENT_ENDED, by, at)
    about = {"organisation": party.organisation_id}
    move(agreement, AgreementMove.DECLINE, by=by, at=at, reason=reason, **about)
    return agreement


@transaction.atomic
def withdraw(*, agreement: Agreement, by: User, at: datetime, reason: str) -> Agreement:
    """A draft that nobody else has seen goes without a mail."""
    agreement = lock(agreement)
    require(can_make_move(by, agreement, AgreementMove.WITHDRAW))
    require_move(agreement, AgreementMove.WITHDRAW, at=at, reason=reason)
    if agreement.state != AgreementState.DRAFT:
        _tell_others(agreement, Message.AGREEMENT_ENDED, by, at)
    move(agreement, AgreementMove.WITHDRAW, by=by, at=at, reason=reason)
    return agreement


@transaction.atomic
def terminate(*, party: Party, by: User, at: datetime, reason: str) -> Agreement:
    """Give notice: the agreement ends when the notice of its terms has passed.

    Raises RolesAreFrozen while the organisation waits for a decision about its roles, and
    RecoveredLately.
    """
    agreement = lock(party.agreement)
    require(can_make_move_for(by, party, AgreementMove.TERMINATE))
    raise_if_frozen(party.organisation)
    raise_if_restricted(by, party.organisation, at=at)
    require_move(agreement, AgreementMove.TERMINATE, at=at, reason=reason)
    months = current_version(agreement).read_terms().notice_months
    agreement.valid_until = end_after_notice(
        agreement.programme.day_of(at), months, agreement.valid_from, agreement.valid_until
    )
    _tell_others(agreement, Message.AGREEMENT_ENDED, by, at)
    about = {"organisation": party.organisation_id, "last_day": str(agreement.valid_until)}
    move(agreement, AgreementMove.TERMINATE, by=by, at=at, reason=reason, **about)
    return agreement


@transaction.atomic
def declare_void(*, agreement: Agreement, by: User, at: datetime, reason: str) -> Agreement:
    agreement = lock(agreement)
    require(can_make_move(by, agreement, AgreementMove.VOID))
    require_move(agreement, AgreementMove.VOID, at=at, reason=reason)
    _tell_others(agreement, Message.AGREEMENT_ENDED, by, at)
    move(agreement, AgreementMove.VOID, by=by, at=at, reason=reason)
    return agreement


def _tell_others(agreement: Agreement, kind: Message, by: User, at: datetime) -> None:
    others = [person for person in all_concerned(agreement) if person != by]
    tell(others, kind, at=at, agreement=agreement.pk)
