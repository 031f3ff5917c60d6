"""The only place where an agreement's state is written."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from agreements.domain.agreement_states import Move, find_move
from agreements.enums import AgreementMove, AgreementState
from agreements.models import Agreement
from exchanges.models import User
from exchanges.operations.record import record
from exchanges.operations.visits.moves import ReasonMissing


def lock(agreement: Agreement) -> Agreement:
    """Return the row as it is now, locked until the transaction ends."""
    return Agreement.objects.select_for_update().get(pk=agreement.pk)


def require_move(agreement: Agreement, verb: AgreementMove, reason: str | None = None) -> Move:
    """Return the table's row. Raises MoveNotPossible, or ReasonMissing when it needs a reason."""
    row = find_move(verb, AgreementState(agreement.state))
    if row.needs_reason and not (reason or "").strip():
        raise ReasonMissing
    return row


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
    row = require_move(agreement, verb, reason)
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
