"""From a refusal of the layers below to a sentence on the page."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from exchanges.domain.visit_states import MoveNotPossible
from exchanges.enums import VisitState
from exchanges.labels import label
from exchanges.operations.refusals import Refusal

REFUSALS = (Refusal, MoveNotPossible)


def words(refusal: Exception) -> str:
    if isinstance(refusal, MoveNotPossible) and isinstance(refusal.state, VisitState):
        return moved_on(refusal.state)
    return str(refusal)


def moved_on(state: VisitState) -> str:
    sentence = _("This step is not possible any more: the visit is now “%(state)s”.")
    return sentence % {"state": label(state)}


def refused(operation: Callable[[], object]) -> list[str]:
    """Run the operation; why it was refused, or nothing when it went through."""
    try:
        operation()
    except REFUSALS as refusal:
        return [words(refusal)]
    return []


def tried(request: HttpRequest, operation: Callable[[], object], done: str = "") -> None:
    """Run the operation; the next page says `done`, or why it was refused."""
    errors = refused(operation)
    for error in errors:
        messages.error(request, error)
    if done and not errors:
        messages.success(request, done)
