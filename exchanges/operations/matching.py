"""How much each component of a match counts in a programme, decided by its office."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from exchanges.domain.matching import DEFAULT_WEIGHTS, ComponentKind
from exchanges.models import MatchingWeights, Programme, User
from exchanges.models.matching import MOST_WEIGHT
from exchanges.operations.editing import assign, raise_if_edited
from exchanges.operations.record import record
from exchanges.operations.refusals import Refusal
from exchanges.permissions import can_manage_programme, require

WEIGHTS = tuple(kind.value for kind in ComponentKind)


class NothingCounts(Refusal):
    def __init__(self) -> None:
        super().__init__(_("At least one of them has to count: give it more than 0."))


class WeightOutOfRange(Refusal):
    def __init__(self) -> None:
        super().__init__(
            _("A weight is a whole number from 0 to %(most)s.") % {"most": MOST_WEIGHT}
        )


@transaction.atomic
def set_weights(
    *,
    programme: Programme,
    weights: Mapping[str, int],
    revision: int | None,
    by: User,
    at: datetime,
) -> MatchingWeights:
    """`weights` by the names in WEIGHTS. Plans that were solved before keep theirs.

    Raises EditedMeanwhile when somebody saved since the form was opened, NothingCounts when all
    are 0, WeightOutOfRange.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    require(can_manage_programme(by, programme))
    row = MatchingWeights.objects.filter(programme=programme).first()
    row = row or MatchingWeights(programme=programme, revision=0)
    raise_if_edited(row, revision)
    asked = {name: weights[name] for name in WEIGHTS}
    if not all(0 <= weight <= MOST_WEIGHT for weight in asked.values()):
        raise WeightOutOfRange
    if not any(asked.values()):
        raise NothingCounts
    if assign(row, asked):
        row.revision += 1
        row.save()
        record("set_weights", programme, by=by, at=at, **asked)
    return row


def reset_weights(*, programme: Programme, by: User, at: datetime) -> MatchingWeights:
    """Go back to what the platform proposes, whatever somebody saved meanwhile."""
    defaults = {name: int(getattr(DEFAULT_WEIGHTS, name)) for name in WEIGHTS}
    return set_weights(programme=programme, weights=defaults, revision=None, by=by, at=at)


def weights_of(programme: Programme) -> dict[str, int]:
    """Return what the form shows, with the revision that it is opened with."""
    row = MatchingWeights.objects.filter(programme=programme).first()
    row = row or MatchingWeights(programme=programme, revision=0)
    return {name: getattr(row, name) for name in WEIGHTS} | {"revision": row.revision}
