"""The only place where a visit's state is written."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from exchanges.domain.visit_states import Move, find_move
from exchanges.enums import VisitMove, VisitState
from exchanges.models import StudyVisit, User
from exchanges.operations.editing import row_now
from exchanges.operations.record import Actor, record
from exchanges.operations.refusals import Refusal
from exchanges.permissions import can_make_move, require


class ReasonMissing(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Say why: those concerned will read it."))


def lock(visit: StudyVisit) -> StudyVisit:
    """Return the row as it is now, locked until the transaction ends. Raises GoneMeanwhile."""
    return row_now(StudyVisit.objects.select_for_update(), visit)


def lock_for_move(visit: StudyVisit, verb: VisitMove, *, by: User) -> StudyVisit:
    """`lock`. Raises NotAllowed when `by` may not make this move, MoveNotPossible when none may."""
    visit = lock(visit)
    require(can_make_move(by, visit, verb))
    find_move(verb, VisitState(visit.state))
    return visit


def move(
    visit: StudyVisit,
    verb: VisitMove,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
    **data: Any,
) -> Move:
    """Write the next state and the event. The visit must be locked; call it last.

    Raises MoveNotPossible when the table has no such move, ReasonMissing when it asks for one.
    """
    row = find_move(verb, VisitState(visit.state))
    if row.needs_reason and not reason.strip():
        raise ReasonMissing
    assert row.target is not None
    visit.state = row.target
    visit.state_since = at
    visit.state_reason = reason
    visit.revision += 1
    visit.save()
    record(verb.value, visit, by=by, at=at, source=row.source, target=row.target, **data)
    return row
