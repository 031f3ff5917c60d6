"""Who takes part in a programme, by the programme office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from exchanges.domain.visit_phases import OVER
from exchanges.enums import PartnerRole
from exchanges.models import City, Invitation, Organisation, Partner, Programme, User
from exchanges.operations.editing import assign, raise_if_changed, row_now
from exchanges.operations.record import record
from exchanges.operations.refusals import Refusal
from exchanges.operations.slugs import free_slug
from exchanges.permissions import can_manage_programme, require
from exchanges.queries.people.contacts import STILL_IN

IDENTITY = ("name", "native_name", "acronym", "native_acronym", "kind", "city", "affiliated_to")


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
def add(
    *, programme: Programme, organisation: Organisation, part: PartnerShare, by: User, at: datetime
) -> Partner:
    """Raises PartnerAlready."""
    programme = _lock(programme, by)
    if programme.partners.filter(organisation=organisation).exists():
        raise PartnerAlready
    partner = Partner(programme=programme, organisation=organisation)
    assign(partner, _columns(part))
    _refuse_second_coordinator(partner)
    partner.save()
    record(
        "add_partner", programme, by=by, at=at, organisation=organisation.pk, role=part.role.value
    )
    return partner


@transaction.atomic
def add_new(
    *,
    programme: Programme,
    values: Mapping[str, Any],
    active_in: list[City],
    part: PartnerShare,
    by: User,
    at: datetime,
) -> Partner:
    """An organisation that the network does not know yet, as a partner of the programme."""
    programme = _lock(programme, by)
    organisation = Organisation(**{name: values[name] for name in IDENTITY})
    if programme.organisations.filter(name=organisation.name, city=organisation.city).exists():
        raise PartnerAlready
    name = organisation.acronym or organisation.name
    organisation.slug = free_slug(Organisation, name, "organisation")
    organisation.save()
    organisation.active_in.set({*active_in, organisation.city})
    record("add", organisation, by=by, at=at, kind=organisation.kind)
    return add(programme=programme, organisation=organisation, part=part, by=by, at=at)


@transaction.atomic
def edit(
    *,
    partner: Partner,
    values: Mapping[str, Any],
    active_in: list[City],
    part: PartnerShare,
    revision: int | None,
    by: User,
    at: datetime,
) -> Partner:
    """Save the organisation's kind, seat and cities, its role and money.

    Raises EditedMeanwhile when somebody saved since the form was opened.
    """
    _lock(partner.programme, by)
    organisation = Organisation.objects.select_for_update().get(pk=partner.organisation_id)
    row = row_now(
        Partner.objects.select_for_update(of=("self",)).select_related("programme"), partner
    )
    row.organisation = organisation
    raise_if_changed(partner_values(row), revision)
    changed = assign(organisation, {name: values[name] for name in IDENTITY})
    cities = {each.pk for each in active_in} | {organisation.city_id}
    if cities != set(organisation.active_in.values_list("pk", flat=True)):
        organisation.active_in.set(cities)
        changed.append("active_in")
    if changed:
        organisation.revision += 1
        organisation.save()
        record("edit", organisation, by=by, at=at, changed=changed)
    _edit_part(row, part, by=by, at=at)
    return row


@transaction.atomic
def remove(*, partner: Partner, by: User, at: datetime) -> None:
    """Raises PartnerInOpenVisit while a visit that is not over counts on it, CoordinatorStays."""
    programme = _lock(partner.programme, by)
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
    organisation = partner.organisation
    columns = {name: getattr(partner, name) for name in PartnerShare.__slots__}
    identity = {name: getattr(organisation, name) for name in IDENTITY if name != "city"}
    cities = sorted(organisation.active_in.values_list("pk", flat=True))
    return columns | identity | {"city": organisation.city_id, "active_in": cities}


def _edit_part(row: Partner, part: PartnerShare, *, by: User, at: datetime) -> None:
    changed = assign(row, _columns(part))
    _refuse_second_coordinator(row)
    if changed:
        row.save()
        record("edit_partner", row, by=by, at=at, changed=changed)


def _refuse_second_coordinator(partner: Partner) -> None:
    coordinates = partner.organisation_id == partner.programme.coordinator_id
    if coordinates != (partner.role == PartnerRole.COORDINATOR):
        raise CoordinatorStays


def _columns(part: PartnerShare) -> dict[str, Any]:
    return {name: getattr(part, name) for name in PartnerShare.__slots__}


def _lock(programme: Programme, by: User) -> Programme:
    row = Programme.objects.select_for_update().get(pk=programme.pk)
    require(can_manage_programme(by, row))
    return row
