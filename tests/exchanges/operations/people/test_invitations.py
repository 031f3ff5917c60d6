from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from exchanges.enums import MembershipRole, Message
from exchanges.models import AccountInvitation, Event, OutboxMessage, User
from exchanges.operations.people import invitations
from exchanges.operations.people.invitations import (
    VALID_FOR,
    AccountExists,
    AlreadyInvited,
    AlreadyMember,
    InvitationOver,
    TooManyInvitations,
)
from exchanges.permissions import NotAllowed
from tests.factories import AT, Scene, make_contact, make_user

pytestmark = pytest.mark.django_db
CONTACT, MEMBER = MembershipRole.CONTACT, MembershipRole.MEMBER


def invite(scene: Scene, email: str = "new@example.org", **fields: object) -> AccountInvitation:
    asked = {"role": CONTACT, "by": scene.owner, "at": AT, **fields}
    return invitations.invite(
        organisation=scene.guest_authority,
        email=email,
        **asked,  # type: ignore[arg-type]
    )


def open_account(invitation: AccountInvitation, **fields: object) -> User:
    told = {"name": "New Person", "language": "it", "at": AT, "generation": 0, **fields}
    return invitations.open_account(
        invitation=invitation,
        **told,  # type: ignore[arg-type]
    )


def roles(user: User) -> list[str]:
    return sorted(user.memberships.values_list("role", flat=True))


def test_invite_queues_one_mail_in_the_language_of_the_city(scene: Scene) -> None:
    invitation = invite(scene, " New@Example.org ")
    message = OutboxMessage.objects.get()
    assert (invitation.email, message.address) == ("new@example.org", "new@example.org")
    assert message.kind == Message.ACCOUNT_INVITATION
    assert message.about == {"account_invitation": invitation.pk}
    assert message.language == "it"


def test_invite_keeps_the_address_out_of_the_record(scene: Scene) -> None:
    invitation = invite(scene)
    event = Event.objects.get(verb="person_invited")
    assert event.data == {"invitation": invitation.pk, "role": "contact"}
    assert (event.subject_type, event.subject_id) == ("organisation", scene.guest_authority.pk)


def test_home_office_invites_while_there_is_no_contact(scene: Scene) -> None:
    with pytest.raises(NotAllowed):
        invite(scene, by=scene.office)
    User.objects.filter(pk=scene.owner.pk).update(is_active=False)
    assert invite(scene, by=scene.office).invited_by == scene.office


@pytest.mark.parametrize("who", ["colleague", "partner", "stranger"])
def test_invite_is_refused_to_others(scene: Scene, who: str) -> None:
    with pytest.raises(NotAllowed):
        invite(scene, by=getattr(scene, who))
    assert not AccountInvitation.objects.exists()


def test_invite_refuses_who_has_the_role(scene: Scene) -> None:
    with pytest.raises(AlreadyMember):
        invite(scene, scene.owner.email.upper())


def test_invite_twice_is_refused_while_the_first_is_valid(scene: Scene) -> None:
    invite(scene)
    with pytest.raises(AlreadyInvited):
        invite(scene, "NEW@example.org")
    assert OutboxMessage.objects.count() == 1


def test_invite_sends_anew_what_ran_out(scene: Scene) -> None:
    first = invite(scene)
    again = invite(scene, at=AT + VALID_FOR)
    assert (again.pk, again.generation) == (first.pk, 1)
    assert again.expires_at == AT + 2 * VALID_FOR


def test_invite_stops_at_the_most_open_ones(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invitations, "MOST_OPEN", 1)
    invite(scene)
    with pytest.raises(TooManyInvitations):
        invite(scene, "other@example.org")


def test_open_account_verifies_the_invited_address(scene: Scene) -> None:
    person = open_account(invite(scene))
    address = EmailAddress.objects.get(user=person)
    assert (address.email, address.verified, address.primary) == ("new@example.org", True, True)
    assert (person.name, person.language) == ("New Person", "it")
    assert not person.has_usable_password()
    assert roles(person) == ["contact"]
    assert Event.objects.get(verb="person_joined").actor == f"user:{person.pk}"


def test_open_account_works_once(scene: Scene) -> None:
    invitation = invite(scene)
    open_account(invitation)
    with pytest.raises(InvitationOver, match="accepted already"):
        open_account(invitation)


def test_open_account_stops_after_fourteen_days(scene: Scene) -> None:
    invitation = invite(scene)
    with pytest.raises(InvitationOver, match="14 days"):
        open_account(invitation, at=AT + timedelta(days=14))
    open_account(invitation, at=AT + timedelta(days=14, seconds=-1))


def test_resend_stops_the_link_before_and_replaces_the_queued_mail(scene: Scene) -> None:
    invitation = invite(scene)
    invitations.resend(invitation=invitation, by=scene.owner, at=AT)
    assert OutboxMessage.objects.count() == 1
    with pytest.raises(InvitationOver, match="newer link"):
        open_account(invitation)
    open_account(invitation, generation=1)


def test_revoke_stops_the_link_and_its_queued_mail(scene: Scene) -> None:
    invitation = invite(scene)
    invitations.revoke(invitation=invitation, by=scene.owner, at=AT)
    assert not OutboxMessage.objects.exists()
    for generation in (0, 1):
        with pytest.raises(InvitationOver, match="taken back"):
            open_account(invitation, generation=generation)


def test_revoke_after_acceptance_is_refused(scene: Scene) -> None:
    invitation = invite(scene)
    open_account(invitation)
    with pytest.raises(InvitationOver):
        invitations.revoke(invitation=invitation, by=scene.owner, at=AT)
    with pytest.raises(InvitationOver):
        invitations.resend(invitation=invitation, by=scene.owner, at=AT)


def test_open_account_refuses_an_address_that_has_one(scene: Scene) -> None:
    invitation = invite(scene)
    make_user("new@example.org")
    with pytest.raises(AccountExists):
        open_account(invitation)


def test_an_unverified_address_of_somebody_else_takes_no_invitation(scene: Scene) -> None:
    invitation = invite(scene)
    thief = make_user()
    EmailAddress.objects.create(user=thief, email="new@example.org", verified=False)
    with pytest.raises(NotAllowed):
        invitations.join(invitation=invitation, generation=0, by=thief, at=AT)
    assert open_account(invitation).email == "new@example.org"


def test_join_needs_the_invited_address(scene: Scene) -> None:
    invitation = invite(scene)
    with pytest.raises(NotAllowed):
        invitations.join(invitation=invitation, generation=0, by=scene.stranger, at=AT)
    assert not scene.stranger.memberships.filter(organisation=scene.guest_authority).exists()


def test_join_with_a_second_verified_address(scene: Scene) -> None:
    invitation = invite(scene)
    EmailAddress.objects.create(user=scene.stranger, email="new@example.org", verified=True)
    invitations.join(invitation=invitation, generation=0, by=scene.stranger, at=AT)
    assert scene.stranger.memberships.filter(organisation=scene.guest_authority).exists()


def test_join_as_contact_replaces_plain_membership(scene: Scene) -> None:
    invitation = invite(scene, scene.colleague.email)
    invitations.join(invitation=invitation, generation=0, by=scene.colleague, at=AT)
    assert roles(scene.colleague) == ["contact"]


def test_join_as_member_leaves_a_contact_contact(scene: Scene) -> None:
    other = make_contact(scene.guest_authority)
    invitation = invite(scene, other.email, role=MEMBER)
    invitations.join(invitation=invitation, generation=0, by=other, at=AT)
    assert roles(other) == ["contact"]
