"""Who takes part in a programme, by the programme office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from exchanges.domain.visit_phases import OVER
from exchanges.enums import PartnerRole
from exchanges.models import Invitation, Partner, Programme, User
from exchanges.operations.editing import assign, raise_if_changed, row_now
from exchanges.operations.record import record
from exchanges.operations.refusals import Refusal
from exchanges.permissions import can_manage_programme, require
from exchanges.queries.people.contacts import STILL_IN


class PartnerAlready(Refusal):
    def __init__(self) -> None:
        super().__init__(_("This organisation is a partner of the programme already."))


class PartnerInOpenVisit(Refusal):
    def __init__(self, reference: str) -> None:
        super().__init__(
            _("It still takes part in the visit %(reference)s, so it cannot be removed.")
            % {"reference": reference}
        )


class CoordinatorStays(Refusal):
    def __init__(self) -> None:
        super().__init__(_("The coordinator belongs to the programme and keeps its role."))


@dataclass(frozen=True, slots=True)
class PartnerShare:
    """What a partner is in a programme, and its money."""

    role: PartnerRole
    eligible_eur: Decimal | None = None
    eu_share_eur: Decimal | None = None


@transaction.atomic
def edit(
    *, partner: Partner, part: PartnerShare, revision: int | None, by: User, at: datetime
) -> Partner:
    """Save the role and the money of a partner in this programme.

    Raises EditedMeanwhile when somebody saved since the form was opened.
    """
    lock_managed(partner.programme, by)
    rows = Partner.objects.select_for_update(of=("self",)).select_related("programme")
    row = row_now(rows, partner)
    raise_if_changed(partner_values(row), revision)
    changed = assign(row, columns(part))
    _refuse_second_coordinator(row)
    if changed:
        row.save()
        record("edit_partner", row, by=by, at=at, changed=changed)
    return row


@transaction.atomic
def remove(*, partner: Partner, by: User, at: datetime) -> None:
    """Raises PartnerInOpenVisit while a visit that is not over counts on it, CoordinatorStays."""
    programme = lock_managed(partner.programme, by)
    if partner.organisation_id == programme.coordinator_id:
        raise CoordinatorStays
    open_parts = Invitation.objects.filter(
        visit__programme=programme, organisation=partner.organisation_id, state__in=STILL_IN
    ).exclude(visit__state__in=OVER)
    reference = open_parts.values_list("visit__reference", flat=True).first()
    if reference is not None:
        raise PartnerInOpenVisit(reference)
    organisation = partner.organisation_id
    if programme.partners.filter(pk=partner.pk).delete()[0]:
        record("remove_partner", programme, by=by, at=at, organisation=organisation)


def partner_values(partner: Partner) -> dict[str, Any]:
    """Return what the form of a partner shows."""
    return {name: getattr(partner, name) for name in PartnerShare.__slots__}


def _refuse_second_coordinator(partner: Partner) -> None:
    coordinates = partner.organisation_id == partner.programme.coordinator_id
    if coordinates != (partner.role == PartnerRole.COORDINATOR):
        raise CoordinatorStays


def columns(part: PartnerShare) -> dict[str, Any]:
    """Return role and money as columns of a row."""
    return {name: getattr(part, name) for name in PartnerShare.__slots__}


def lock_managed(programme: Programme, by: User) -> Programme:
    """Return the row, locked until the transaction ends, for its office only."""
    row = Programme.objects.select_for_update().get(pk=programme.pk)
    require(can_manage_programme(by, row))
    return row
