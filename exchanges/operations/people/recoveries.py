"""If nobody of an organisation answers any more, its home office brings in one contact."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from exchanges.enums import MembershipRole, Message, RecoveryState
from exchanges.models import AccountInvitation, Organisation, Recovery, User
from exchanges.operations.mail.outbox import drop_queued, tell
from exchanges.operations.people.invitations import raise_if_member, write_and_send
from exchanges.operations.people.people import lock_organisation
from exchanges.operations.people.recovery_ends import end, people_concerned
from exchanges.operations.people.role_changes import raise_if_frozen
from exchanges.operations.record import record
from exchanges.operations.refusals import Refusal
from exchanges.operations.visits.moves import ReasonMissing
from exchanges.permissions import can_act_as_home_office, has_active_contact, require
from exchanges.queries.people.recoveries import OBJECT_WITHIN, can_invite, can_stop
from exchanges.words.formats import day


class RunsAlready(Refusal):
    def __init__(self) -> None:
        super().__init__(_("A recovery of this organisation runs already."))


class NoContactToReplace(Refusal):
    def __init__(self) -> None:
        super().__init__(
            _("This organisation has no contact, so you can invite the first one at once.")
        )


class RecoveryOver(Refusal):
    def __init__(self) -> None:
        super().__init__(_("This recovery is over already."))


class TooEarlyToInvite(Refusal):
    def __init__(self, recovery: Recovery) -> None:
        super().__init__(
            _("The organisation can object until %(day)s. Invite the contact after that.")
            % {"day": day((recovery.started_at + OBJECT_WITHIN).date())}
        )


@transaction.atomic
def start(*, organisation: Organisation, reason: str, by: User, at: datetime) -> Recovery:
    """Say that nobody answers; all who could object are told.

    Raises ReasonMissing, NoContactToReplace and RunsAlready.
    """
    lock_organisation(organisation)
    require(can_act_as_home_office(by, organisation))
    if not reason.strip():
        raise ReasonMissing
    if not has_active_contact(organisation):
        raise NoContactToReplace
    try:
        with transaction.atomic():
            recovery = Recovery.objects.create(
                organisation=organisation, reason=reason.strip(), started_by=by, started_at=at
            )
    except IntegrityError:
        raise RunsAlready from None
    told = people_concerned(recovery, at)
    tell(told, Message.RECOVERY_STARTED, at=at, recovery=recovery.pk)
    record("recovery_started", organisation, by=by, at=at, recovery=recovery.pk)
    return recovery


@transaction.atomic
def stop(*, recovery: Recovery, by: User, at: datetime) -> None:
    """Stop it as a contact or signatory; an invitation that went out is taken back.

    Raises RecoveryOver.
    """
    recovery = _lock_running(recovery)
    require(can_stop(by, recovery))
    _revoke_invitations(recovery, at=at)
    end(recovery, RecoveryState.STOPPED, "recovery_stopped", by=by, at=at)


@transaction.atomic
def withdraw(*, recovery: Recovery, by: User, at: datetime) -> None:
    """Take it back as the home office. Raises RecoveryOver."""
    recovery = _lock_running(recovery)
    require(can_act_as_home_office(by, recovery.organisation))
    _revoke_invitations(recovery, at=at)
    end(recovery, RecoveryState.WITHDRAWN, "recovery_withdrawn", by=by, at=at)


@transaction.atomic
def invite_contact(*, recovery: Recovery, email: str, by: User, at: datetime) -> AccountInvitation:
    """Invite the one contact, after 14 days; an address invited before is taken back.

    Raises RecoveryOver, TooEarlyToInvite, AlreadyMember and RolesAreFrozen.
    """
    recovery = _lock_running(recovery)
    organisation = recovery.organisation
    require(can_act_as_home_office(by, organisation))
    if not can_invite(recovery, at):
        raise TooEarlyToInvite(recovery)
    raise_if_frozen(organisation)
    email, role = email.strip().lower(), MembershipRole.CONTACT
    raise_if_member(organisation, email, role)
    _revoke_invitations(recovery, at=at)
    return write_and_send(organisation, by=by, at=at, email=email, role=role, recovery=recovery)


def _revoke_invitations(recovery: Recovery, *, at: datetime) -> None:
    for each in recovery.account_invitations.filter(accepted_at=None, revoked_at=None):
        each.revoked_at = at
        each.generation += 1
        each.save(update_fields=["revoked_at", "generation"])
        drop_queued(Message.ACCOUNT_INVITATION, account_invitation=each.pk)


def _lock_running(recovery: Recovery) -> Recovery:
    lock_organisation(recovery.organisation)
    rows = Recovery.objects.select_for_update(of=("self",)).select_related("organisation")
    row = rows.get(pk=recovery.pk)
    if row.state != RecoveryState.RUNNING:
        raise RecoveryOver
    return row
