"""Ending the role of a signatory; that of the last one only together with the home office."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from exchanges.enums import MembershipRole, Message, RoleChangeState
from exchanges.models import Membership, Organisation, RoleChange, User
from exchanges.operations.people.people import is_last_signatory, lock_organisation
from exchanges.operations.people.restrictions import raise_if_restricted
from exchanges.operations.people.role_changes import make, raise_if_frozen
from exchanges.operations.people.role_objections import (
    DecidedAlready,
    close,
    lock_change,
    require_decider,
    tell_concerned,
)
from exchanges.operations.record import record
from exchanges.operations.refusals import Refusal
from exchanges.operations.visits.moves import ReasonMissing
from exchanges.permissions import is_contact, require

SIGNATORY = MembershipRole.SIGNATORY


class NoSignatory(Refusal):
    def __init__(self) -> None:
        super().__init__(_("This person is no signatory of the organisation."))


class RemovalAskedAlready(Refusal):
    def __init__(self) -> None:
        super().__init__(_("The home office was asked already. Wait for its answer."))


@transaction.atomic
def end_signatory(
    *, person: User, organisation: Organisation, reason: str, by: User, at: datetime
) -> RoleChange:
    """End the role at once; for the last signatory ask the home office to end it.

    Raises NoSignatory, RemovalAskedAlready, ReasonMissing, RolesAreFrozen and RecoveredLately.
    """
    lock_organisation(organisation)
    require(is_contact(by, organisation))
    raise_if_frozen(organisation)
    raise_if_restricted(by, organisation, at=at)
    if not reason.strip():
        raise ReasonMissing
    roles = Membership.objects.filter(user=person, organisation=organisation)
    if not roles.filter(role=SIGNATORY).exists():
        raise NoSignatory
    change = RoleChange(
        organisation=organisation, person=person, made_by=by, made_at=at, reason=reason.strip()
    )
    if not is_last_signatory(person, organisation):
        return _end(change, by=by, at=at)
    if organisation.role_changes.filter(person=person, state=RoleChangeState.ASKED).exists():
        raise RemovalAskedAlready
    change.state = RoleChangeState.ASKED
    change.save()
    tell_concerned(change, Message.REMOVAL_ASKED, at=at)
    record("removal_asked", organisation, by=by, at=at, person=person.pk, change=change.pk)
    return change


@transaction.atomic
def decide_removal(
    *, change: RoleChange, is_confirmed: bool, reason: str, by: User | None, at: datetime
) -> RoleChange:
    """End the role of the last signatory as a contact asked, or refuse. `by` None is the operator.

    Raises DecidedAlready, ReasonMissing, OperatorDecides and RolesAreFrozen.
    """
    change = lock_change(change)
    require_decider(change, by)
    if change.state != RoleChangeState.ASKED:
        raise DecidedAlready
    if not reason.strip():
        raise ReasonMissing
    if not is_confirmed:
        return close(change, RoleChangeState.REFUSED, reason, by=by, at=at)
    raise_if_frozen(change.organisation)
    change.reason = f"{change.reason}\n{reason.strip()}"
    change.decided_by, change.decided_at = by, at
    return _end(change, by=by, at=at)


def _end(change: RoleChange, *, by: User | None, at: datetime) -> RoleChange:
    """Whoever has no other role stays a member."""
    person, organisation = change.person, change.organisation
    of_person = Membership.objects.filter(user=person, organisation=organisation)
    before = list(of_person.order_by("pk"))
    of_person.filter(role=SIGNATORY).delete()
    if len(before) == 1:
        _stay_member(before[0], by=by, at=at)
    after = {MembershipRole(role) for role in of_person.values_list("role", flat=True)}
    change = make(change, before=before, after=after, at=at)
    record("roles_changed", organisation, by=by, at=at, person=person.pk, roles=sorted(after))
    return change


def _stay_member(row: Membership, *, by: User | None, at: datetime) -> None:
    Membership.objects.create(
        user_id=row.user_id,
        organisation_id=row.organisation_id,
        role=MembershipRole.MEMBER,
        function=row.function,
        since=at,
        given_by=by,
        invited_by_id=row.invited_by_id,
        root_id=row.root_id,
    )
