"""The only place where an agreement's state is written."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from agreements.domain.agreement_states import OVER, Move, MoveNotPossible, find_move
from agreements.enums import AgreementMove, AgreementState
from agreements.models import Agreement
from exchanges.models import User
from exchanges.operations.record import record
from exchanges.operations.refusals import Refusal
from exchanges.operations.visits.moves import ReasonMissing
from exchanges.words.formats import day


class EndIsPast(Refusal):
    def __init__(self, agreement: Agreement) -> None:
        super().__init__(
            _("This agreement would end on %(day)s, and that day is past. Change its dates first.")
            % {"day": day(agreement.valid_until, "long")}
        )


def lock(agreement: Agreement) -> Agreement:
    """Return the row as it is now, locked until the transaction ends."""
    rows = Agreement.objects.select_for_update(of=("self",)).select_related("programme")
    return rows.get(pk=agreement.pk)


def require_move(
    agreement: Agreement, verb: AgreementMove, *, at: datetime, reason: str | None = None
) -> Move:
    """Return the table's row. Raises MoveNotPossible, or ReasonMissing when it needs a reason."""
    shown = agreement.state_at(at)
    if shown in OVER:
        raise MoveNotPossible(verb, shown)
    row = find_move(verb, AgreementState(agreement.state))
    if row.needs_reason and not (reason or "").strip():
        raise ReasonMissing
    return row


def require_ahead(agreement: Agreement, at: datetime) -> None:
    """Raise EndIsPast when the agreement would be over before anybody could rely on it."""
    if agreement.valid_until < agreement.programme.day_of(at):
        raise EndIsPast(agreement)


def move(
    agreement: Agreement,
    verb: AgreementMove,
    *,
    by: User | None,
    at: datetime,
    reason: str = "",
    **data: Any,
) -> None:
    """Write the next state and the event. The agreement must be locked; call it last."""
    row = require_move(agreement, verb, at=at, reason=reason)
    if row.source != row.target:
        agreement.state = row.target
        agreement.state_since = at
        agreement.state_reason = reason
    agreement.revision += 1
    agreement.save()
    record(
        verb.value,
        agreement,
        by=by,
        at=at,
        source=row.source,
        target=row.target,
        version=agreement.current_number,
        **data,
    )
