"""From a refusal of the layers below to a sentence on the page."""

from __future__ import annotations

from django.utils.translation import gettext as _

from exchanges.domain.visit_states import MoveNotPossible
from exchanges.enums import VisitState
from exchanges.operations.refusals import Refusal

REFUSALS = (Refusal, MoveNotPossible)


def words(refusal: Exception) -> str:
    if isinstance(refusal, MoveNotPossible) and isinstance(refusal.state, VisitState):
        sentence = _("This step is not possible any more: the visit is now “%(state)s”.")
        return sentence % {"state": refusal.state.label}
    return str(refusal)
