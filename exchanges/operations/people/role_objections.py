"""Objecting to a change of roles, and what the home office or the operator decides."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from exchanges.enums import Message, RoleChangeState
from exchanges.models import RoleChange, User
from exchanges.operations.mail.outbox import tell
from exchanges.operations.people.people import lock_organisation
from exchanges.operations.people.role_changes import put_back
from exchanges.operations.record import record
from exchanges.operations.refusals import Refusal
from exchanges.operations.visits.moves import ReasonMissing
from exchanges.permissions import can_act_as_home_office, require
from exchanges.queries.people.contacts import contacts_of
from exchanges.queries.people.role_changes import (
    can_object_to_change,
    is_for_operator,
    operators,
    people_told,
)


class TooLateToObject(Refusal):
    def __init__(self) -> None:
        super().__init__(_("You cannot object to this change now."))


class DecidedAlready(Refusal):
    def __init__(self) -> None:
        super().__init__(_("There is nothing to decide here now."))


class OperatorDecides(Refusal):
    def __init__(self) -> None:
        super().__init__(
            _("The operator of this site decides this, because your office took part in it.")
        )


@transaction.atomic
def object_to(*, change: RoleChange, by: User, at: datetime) -> RoleChange:
    """Stop further changes of roles until somebody else decides. Raises TooLateToObject."""
    change = lock_change(change)
    if not can_object_to_change(by, change, at):
        raise TooLateToObject
    change.state = RoleChangeState.OBJECTED
    change.objected_by, change.objected_at = by, at
    change.save(update_fields=["state", "objected_by", "objected_at"])
    tell_concerned(change, Message.ROLE_OBJECTED, at=at)
    record("roles_objected", change.organisation, by=by, at=at, change=change.pk)
    return change


@transaction.atomic
def decide(
    *, change: RoleChange, is_upheld: bool, reason: str, by: User | None, at: datetime
) -> RoleChange:
    """Undo the change if the objection is upheld, else leave it. `by` None is the operator.

    Raises ReasonMissing, DecidedAlready, and OperatorDecides where the office would judge itself.
    """
    change = lock_change(change)
    require_decider(change, by)
    if change.state != RoleChangeState.OBJECTED:
        raise DecidedAlready
    if not reason.strip():
        raise ReasonMissing
    if is_upheld:
        put_back(change)
    state = RoleChangeState.UNDONE if is_upheld else RoleChangeState.KEPT
    return close(change, state, reason, by=by, at=at)


def lock_change(change: RoleChange) -> RoleChange:
    lock_organisation(change.organisation)
    rows = RoleChange.objects.select_for_update(of=("self",))
    return rows.select_related("organisation", "person").get(pk=change.pk)


def require_decider(change: RoleChange, by: User | None) -> None:
    """Raises OperatorDecides, also for who took part in the change or objected."""
    if by is None:
        return
    require(can_act_as_home_office(by, change.organisation))
    took_part = (change.made_by_id, change.objected_by_id, change.person_id)
    if is_for_operator(change) or by.pk in took_part:
        raise OperatorDecides


def close(
    change: RoleChange, state: RoleChangeState, reason: str, *, by: User | None, at: datetime
) -> RoleChange:
    change.state, change.reason = state, reason.strip()
    change.decided_by, change.decided_at = by, at
    change.save()
    tell_concerned(change, Message.ROLE_DECIDED, at=at)
    about = {"change": change.pk, "decision": state.value}
    record("roles_decided", change.organisation, by=by, at=at, **about)
    return change


def tell_concerned(change: RoleChange, kind: Message, *, at: datetime) -> None:
    """The organisation's people, those who took part, and whoever decides."""
    home = change.organisation.home_office_id
    deciders = operators() if is_for_operator(change) else contacts_of([home] if home else [])
    took_part = (change.person, change.made_by, change.objected_by)
    people = [*people_told(change.organisation), *deciders, *filter(None, took_part)]
    tell(people, kind, at=at, role_change=change.pk)
