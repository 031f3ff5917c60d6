"""Accounts open by invitation only: a link by mail, valid for 14 days, used once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from exchanges.enums import AskedState, MembershipRole, Message
from exchanges.models import (
    AccountInvitation,
    Organisation,
    PartnershipInvitation,
    User,
)
from exchanges.operations.mail.outbox import drop_queued, tell_address
from exchanges.operations.people.people import (
    Origin,
    SignatoryIsProposed,
    add_role,
    lock_organisation,
    take_address_as_verified,
)
from exchanges.operations.people.recovery_ends import end_recovery
from exchanges.operations.people.role_changes import raise_if_frozen
from exchanges.operations.programmes.partnerships import accept_with_account, lock_programme_of
from exchanges.operations.record import record
from exchanges.operations.refusals import Refusal
from exchanges.permissions import NotAllowed, can_invite_person, require, stands_in_for
from exchanges.queries.people.people import account_with, has_address
from exchanges.queries.people.recoveries import recovered_at_of
from exchanges.queries.people.roots import root_of_giver
from exchanges.queries.programmes.offices import programmes_managed_by

VALID_FOR = timedelta(days=14)
MOST_OPEN = 50


class AlreadyMember(Refusal):
    def __init__(self) -> None:
        super().__init__(_("This person already has this role in the organisation."))


class AlreadyInvited(Refusal):
    def __init__(self) -> None:
        super().__init__(
            _("This address is invited already. You can send the mail again in the list below.")
        )


class TooManyInvitations(Refusal):
    def __init__(self) -> None:
        super().__init__(
            _("The organisation has %(most)d open invitations. Take some back first.")
            % {"most": MOST_OPEN}
        )


class InvitationOver(Refusal):
    """The link does not work any more; the sentence says why."""


class AccountExists(Refusal):
    def __init__(self) -> None:
        super().__init__(_("There is an account with this address already: sign in with it."))


@transaction.atomic
def invite(
    *,
    organisation: Organisation,
    email: str,
    role: MembershipRole,
    by: User,
    at: datetime,
    name: str = "",
) -> AccountInvitation:
    """Ask an address to join; the mail greets by the name, where it is known.

    An invitation that ran out is sent again, as whose it was.

    The link of a first contact also accepts what the same office asked: to take part in its
    programme.

    Raises AlreadyMember, AlreadyInvited, TooManyInvitations, SignatoryIsProposed and
    RolesAreFrozen.
    """
    lock_organisation(organisation)
    require(can_invite_person(by, organisation))
    raise_if_frozen(organisation)
    if role == MembershipRole.SIGNATORY:
        raise SignatoryIsProposed
    email = email.strip().lower()
    raise_if_member(organisation, email, role)
    open_ones = organisation.account_invitations.filter(accepted_at=None, revoked_at=None)
    asked = open_ones.filter(email__iexact=email, role=role).first()
    if asked and asked.expires_at > at:
        raise AlreadyInvited
    if asked:
        return _renew(asked, by=by, at=at)
    if open_ones.count() >= MOST_OPEN:
        raise TooManyInvitations
    partnership = _partnership_to_accept(organisation, role, by)
    about = {"email": email, "name": name, "role": role, "partnership": partnership}
    return write_and_send(organisation, by=by, at=at, **about)


def raise_if_member(organisation: Organisation, email: str, role: MembershipRole) -> None:
    """Raises AlreadyMember."""
    if organisation.memberships.filter(user__email__iexact=email, role=role).exists():
        raise AlreadyMember


def write_and_send(
    organisation: Organisation, *, by: User, at: datetime, **about: Any
) -> AccountInvitation:
    """Store an invitation of this person and queue its mail, in the caller's transaction."""
    invitation = AccountInvitation.objects.create(
        organisation=organisation,
        invited_by=by,
        invited_at=at,
        root_id=root_of_giver(by, organisation),
        recovered_at=recovered_at_of(by, organisation),
        expires_at=at + VALID_FOR,
        **about,
    )
    _send(invitation, by=by, at=at)
    about = {"invitation": invitation.pk, "role": invitation.role}
    record("person_invited", organisation, by=by, at=at, **about)
    return invitation


@transaction.atomic
def resend(*, invitation: AccountInvitation, by: User, at: datetime) -> AccountInvitation:
    """A new mail with a new link; the one before stops working. Raises InvitationOver."""
    invitation = _lock(invitation)
    require(can_invite_person(by, invitation.organisation))
    raise_if_closed(invitation)
    return _renew(invitation, by=by, at=at)


@transaction.atomic
def revoke(*, invitation: AccountInvitation, by: User, at: datetime) -> None:
    """Raises InvitationOver when it was accepted or revoked before."""
    invitation = _lock(invitation)
    require(can_invite_person(by, invitation.organisation))
    raise_if_closed(invitation)
    invitation.revoked_at = at
    invitation.generation += 1
    invitation.save(update_fields=["revoked_at", "generation"])
    drop_queued(Message.ACCOUNT_INVITATION, account_invitation=invitation.pk)
    record("invitation_revoked", invitation.organisation, by=by, at=at, invitation=invitation.pk)


@transaction.atomic
def open_account(
    *, invitation: AccountInvitation, generation: int, name: str, language: str, at: datetime
) -> User:
    """A new person of the invited address, which the link has verified.

    Raises InvitationOver, RolesAreFrozen, and AccountExists when the address has an account.
    """
    invitation = _lock(invitation)
    raise_if_over(invitation, generation, at)
    if account_with(invitation.email):
        raise AccountExists
    try:
        with transaction.atomic():
            person = User.objects.create_user(invitation.email, name=name, language=language)
    except IntegrityError:
        raise AccountExists from None
    take_address_as_verified(person=person)
    _accept(invitation, person, at)
    return person


@transaction.atomic
def join(*, invitation: AccountInvitation, generation: int, by: User, at: datetime) -> None:
    """A person with an account takes the role.

    Raises InvitationOver, RolesAreFrozen, and NotAllowed when the person has another address.
    """
    invitation = _lock(invitation)
    raise_if_over(invitation, generation, at)
    if not has_address(by, invitation.email):
        raise NotAllowed
    _accept(invitation, by, at)


def raise_if_over(invitation: AccountInvitation, generation: int, at: datetime) -> None:
    """`generation` is the one that the link proved."""
    raise_if_closed(invitation)
    if generation != invitation.generation:
        raise InvitationOver(_("A newer link was sent to you by mail; this one stopped working."))
    if invitation.expires_at <= at:
        raise InvitationOver(_("The invitation was valid for 14 days and has run out."))


def raise_if_closed(invitation: AccountInvitation) -> None:
    if invitation.accepted_at:
        raise InvitationOver(_("The invitation was accepted already."))
    if invitation.revoked_at:
        raise InvitationOver(_("The invitation was taken back."))


def _partnership_to_accept(
    organisation: Organisation, role: MembershipRole, by: User
) -> PartnershipInvitation | None:
    if role != MembershipRole.CONTACT or not stands_in_for(by, organisation):
        return None
    asked = organisation.partnership_invitations.filter(
        state=AskedState.OPEN, programme__in=programmes_managed_by(by)
    )
    return asked.order_by("-invited_at", "-pk").first()


def _accept(invitation: AccountInvitation, person: User, at: datetime) -> None:
    """Invitations to sign, from before signatories were proposed, make a member."""
    raise_if_frozen(invitation.organisation)
    role = MembershipRole(invitation.role)
    if role == MembershipRole.SIGNATORY:
        role = MembershipRole.MEMBER
    first = invitation.invited_by
    recovered_at = at if invitation.recovery_id else invitation.recovered_at
    origin = Origin(at, first, first, invitation.root_id, recovered_at)
    end_recovery(invitation, by=person, at=at)
    add_role(person, invitation.organisation, role, origin=origin)
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    record(
        "person_joined",
        invitation.organisation,
        by=person,
        at=at,
        invitation=invitation.pk,
        role=role,
    )
    accept_with_account(invitation, by=person, at=at)


def _renew(invitation: AccountInvitation, *, by: User, at: datetime) -> AccountInvitation:
    """Send a new link. Who invited first, and when, stays: the role will come from there."""
    invitation.generation += 1
    invitation.expires_at = at + VALID_FOR
    invitation.save()
    drop_queued(Message.ACCOUNT_INVITATION, account_invitation=invitation.pk)
    _send(invitation, by=by, at=at)
    record("invitation_sent_again", invitation.organisation, by=by, at=at, invitation=invitation.pk)
    return invitation


def _send(invitation: AccountInvitation, *, by: User, at: datetime) -> None:
    tell_address(
        invitation.email,
        Message.ACCOUNT_INVITATION,
        at=at,
        language=_language_of(invitation, by),
        account_invitation=invitation.pk,
    )


def _language_of(invitation: AccountInvitation, by: User) -> str:
    """Return the person's own if known, else the city's first that we speak, else the inviter's."""
    person = account_with(invitation.email)
    if person and person.language:
        return person.language
    spoken = dict(settings.LANGUAGES)
    of_city = invitation.organisation.city.languages
    return next((code for code in of_city if code in spoken), by.language)


def _lock(invitation: AccountInvitation) -> AccountInvitation:
    if invitation.partnership is not None:
        lock_programme_of(invitation.partnership)
    lock_organisation(invitation.organisation)
    rows = AccountInvitation.objects.select_for_update(of=("self",))
    return rows.select_related("organisation__city").get(pk=invitation.pk)
