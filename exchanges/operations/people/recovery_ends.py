"""How a recovery ends: stopped, taken back, or with the new contact."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from exchanges.enums import Message, RecoveryState
from exchanges.models import AccountInvitation, Programme, Recovery, User
from exchanges.operations.mail.outbox import drop_queued, tell
from exchanges.operations.record import record
from exchanges.queries.people.bound import people_bound_to
from exchanges.queries.people.contacts import contacts_of
from exchanges.queries.people.role_changes import people_told


def end(recovery: Recovery, state: RecoveryState, verb: str, *, by: User, at: datetime) -> None:
    """Write the end, in the caller's transaction, and tell everybody who heard of the start."""
    recovery.state, recovery.ended_by, recovery.ended_at = state, by, at
    recovery.save(update_fields=["state", "ended_by", "ended_at"])
    drop_queued(Message.RECOVERY_STARTED, recovery=recovery.pk)
    home = contacts_of([recovery.organisation.home_office_id or 0])
    told = [*home, *people_concerned(recovery, at)]
    tell([each for each in told if each != by], Message.RECOVERY_ENDED, at=at, recovery=recovery.pk)
    record(verb, recovery.organisation, by=by, at=at, recovery=recovery.pk)


def end_recovery(invitation: AccountInvitation, *, by: User, at: datetime) -> None:
    """End the recovery whose contact accepts the invitation, in the caller's transaction."""
    recovery = invitation.recovery
    if recovery is not None and recovery.state == RecoveryState.RUNNING:
        end(recovery, RecoveryState.ENDED, "recovery_ended", by=by, at=at)


def people_concerned(recovery: Recovery, at: datetime) -> Iterable[User]:
    """Return its contacts and signatories, the offices of its programmes, and other parties."""
    organisation = recovery.organisation
    programmes = Programme.objects.filter(
        Q(partners__organisation=organisation)
        | Q(partnership_invitations__organisation=organisation)
    ).exclude(coordinator=organisation.home_office_id)
    return [
        *people_told(organisation),
        *contacts_of(programmes.values("coordinator")),
        *people_bound_to(organisation, at),
    ]
