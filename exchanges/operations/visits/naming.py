"""An organisation agrees that the public reads that it took part in a visit, or takes it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from exchanges.domain.visit_phases import HELD
from exchanges.models import Invitation, User
from exchanges.operations.editing import row_now
from exchanges.operations.record import record
from exchanges.operations.refusals import Refusal
from exchanges.operations.visits.moves import lock
from exchanges.permissions import can_name_organisation, require


class NotHeldYet(Refusal):
    def __init__(self) -> None:
        super().__init__(_("You can decide this after the visit took place."))


@transaction.atomic
def set_named(*, invitation: Invitation, is_named: bool, by: User, at: datetime) -> Invitation:
    """Raises NotHeldYet, GoneMeanwhile. Twice is as good as once."""
    visit = lock(invitation.visit)
    row = row_now(Invitation.objects.select_for_update(), invitation)
    require(can_name_organisation(by, row))
    if visit.state not in HELD:
        raise NotHeldYet
    if row.is_named != is_named:
        row.is_named = is_named
        row.save(update_fields=["is_named"])
        verb = "name_publicly" if is_named else "unname_publicly"
        record(verb, visit, by=by, at=at, organisation=row.organisation_id)
    return row
