"""Questions that offices put to organisations: each is answered once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.utils.translation import gettext as _

from exchanges.enums import AskedState
from exchanges.labels import label
from exchanges.models import CityClaim, PartnershipInvitation, User
from exchanges.operations.refusals import Refusal
from exchanges.permissions import require

Question = TypeVar("Question", CityClaim, PartnershipInvitation)


class AnsweredAlready(Refusal):
    def __init__(self, state: AskedState) -> None:
        super().__init__(
            _("This question was answered before. The answer is “%(answer)s”.")
            % {"answer": label(state)}
        )


def lock_open(question: Question) -> Question:
    """Return the row, locked until the transaction ends. Raises AnsweredAlready."""
    rows = type(question)._default_manager.select_for_update(of=("self",))
    row = rows.select_related("organisation").get(pk=question.pk)
    if row.state != AskedState.OPEN:
        raise AnsweredAlready(AskedState(row.state))
    return row


def answer_once(
    question: Question,
    answer: AskedState,
    *,
    by: User,
    at: datetime,
    allowed: Callable[[User, Question], bool],
    reason: str = "",
) -> Question:
    """Store the answer of a person who may give it. Raises AnsweredAlready."""
    require(allowed(by, question))
    row = lock_open(question)
    row.state, row.answered_by, row.answered_at, row.reason = answer, by, at, reason
    row.save(update_fields=["state", "answered_by", "answered_at", "reason"])
    return row
