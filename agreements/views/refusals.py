from __future__ import annotations

from django.utils.translation import gettext as _

from agreements.domain.agreement_states import MoveNotPossible
from agreements.labels import label
from exchanges.operations.refusals import Refusal

REFUSALS = (Refusal, MoveNotPossible)


def words_of(refusal: Exception) -> str:
    """The sentence for the person."""
    if isinstance(refusal, MoveNotPossible) and refusal.state is not None:
        words = _("This is not possible any more: the agreement is now “%(state)s”.")
        return words % {"state": label(refusal.state)}
    return str(refusal)
