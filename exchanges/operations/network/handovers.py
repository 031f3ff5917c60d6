"""The home office of an organisation changes by a handover, and by nothing else."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from exchanges.enums import AskedState, Message
from exchanges.models import Handover, Organisation, User
from exchanges.operations.mail.outbox import drop_queued, tell
from exchanges.operations.people.people import lock_organisation
from exchanges.operations.people.restrictions import raise_if_restricted
from exchanges.operations.record import record
from exchanges.operations.refusals import Refusal
from exchanges.permissions import (
    can_act_as_home_office,
    can_answer_handover,
    has_active_contact,
    is_contact,
    require,
)
from exchanges.queries.people.contacts import contacts_of
from exchanges.queries.people.role_changes import people_told


class OfferedAlready(Refusal):
    def __init__(self) -> None:
        super().__init__(_("This organisation is offered already. Take that offer back first."))


class NoOtherOffice(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Choose the coordinator of another programme."))


class HandoverOver(Refusal):
    def __init__(self) -> None:
        super().__init__(_("This offer was answered or taken back already."))


@transaction.atomic
def offer(
    *, organisation: Organisation, to_office: Organisation, by: User, at: datetime
) -> Handover:
    """Offer the organisation to another coordinator. Raises NoOtherOffice and OfferedAlready."""
    lock_organisation(organisation)
    organisation.refresh_from_db()
    require(can_act_as_home_office(by, organisation))
    present = organisation.home_office
    is_coordinator = to_office.coordinated_programmes.exists()
    if present is None or not is_coordinator or to_office in (organisation, present):
        raise NoOtherOffice
    try:
        with transaction.atomic():
            handover = Handover.objects.create(
                organisation=organisation,
                from_office=present,
                to_office=to_office,
                offered_by=by,
                offered_at=at,
            )
    except IntegrityError:
        raise OfferedAlready from None
    told = [*contacts_of([to_office]), *people_told(organisation)]
    tell(told, Message.HANDOVER_OFFERED, at=at, handover=handover.pk)
    record("handover_offered", organisation, by=by, at=at, handover=handover.pk)
    return handover


@transaction.atomic
def accept(*, handover: Handover, by: User, at: datetime) -> Handover:
    """Say yes as the receiving office, or as a contact of the organisation.

    The home office changes with the last yes that is needed: that of a contact is, where there is
    an active one. Raises HandoverOver, and RecoveredLately for a contact.
    """
    row = _lock_open(handover)
    require(can_answer_handover(by, row))
    if is_contact(by, row.organisation):
        raise_if_restricted(by, row.organisation, at=at)
        row.agreed_by, row.agreed_at = by, at
    if is_contact(by, row.to_office):
        row.taken_by, row.taken_at = by, at
    row.save()
    record("handover_accepted", row.organisation, by=by, at=at, handover=row.pk)
    if row.taken_at and (row.agreed_at or not has_active_contact(row.organisation)):
        _hand_over(row, by=by, at=at)
    return row


@transaction.atomic
def refuse(*, handover: Handover, reason: str, by: User, at: datetime) -> None:
    """Say no as the receiving office, or as a contact. Raises HandoverOver."""
    row = _lock_open(handover)
    require(can_answer_handover(by, row))
    _end(row, AskedState.DECLINED, "handover_refused", reason=reason.strip(), by=by, at=at)


@transaction.atomic
def withdraw(*, handover: Handover, by: User, at: datetime) -> None:
    """Take the offer back as the present office. Raises HandoverOver."""
    row = _lock_open(handover)
    require(can_act_as_home_office(by, row.organisation))
    _end(row, AskedState.WITHDRAWN, "handover_withdrawn", reason="", by=by, at=at)


def _hand_over(row: Handover, *, by: User, at: datetime) -> None:
    row.organisation.home_office = row.to_office
    row.organisation.save(update_fields=["home_office"])
    _end(row, AskedState.ACCEPTED, "handed_over", reason="", by=by, at=at)


def _end(
    row: Handover, state: AskedState, verb: str, *, reason: str, by: User, at: datetime
) -> None:
    row.state, row.answered_by, row.answered_at, row.reason = state, by, at, reason
    row.save()
    drop_queued(Message.HANDOVER_OFFERED, handover=row.pk)
    offices = contacts_of([row.from_office_id, row.to_office_id])
    told = [each for each in (*offices, *people_told(row.organisation)) if each != by]
    tell(told, Message.HANDOVER_ENDED, at=at, handover=row.pk)
    record(verb, row.organisation, by=by, at=at, handover=row.pk)


def _lock_open(handover: Handover) -> Handover:
    lock_organisation(handover.organisation)
    rows = Handover.objects.select_for_update(of=("self",))
    row = rows.select_related("organisation", "to_office").get(pk=handover.pk)
    if row.state != AskedState.OPEN:
        raise HandoverOver
    return row
