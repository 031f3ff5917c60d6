"""Ways to become a signatory without anybody outside the chain."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exchanges.enums import MembershipRole, Message, RoleChangeState
from exchanges.links import PURPOSE_ROLES, PURPOSE_SIGNATORY, make_token
from exchanges.models import (
    AccountInvitation,
    Membership,
    OutboxMessage,
    RoleChange,
    SignatoryProposal,
    User,
)
from tests.factories import AT, make_contact, make_signatory
from tests.factories.authority import Authority, make_authority
from tests.factories.proofs import sign_in_with_second_factor
from tests.moment import Clock

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=48)


@pytest.fixture
def authority() -> Authority:
    return make_authority()


def post(person: User, url_name: str, /, *args: Any, **data: Any) -> Any:
    client = Client()
    sign_in_with_second_factor(client, person)
    return client.post(reverse(f"exchanges:{url_name}", args=args), data, follow=True)


def bring_in(authority: Authority, by: User, email: str, role: str = "contact") -> User:
    """By an invitation, and its link in the mail."""
    slug = authority.organisation.slug
    post(by, "organisation-people", slug, email=email, role=role)
    invitation = AccountInvitation.objects.get(email=email)
    token = make_token("account", subject=invitation.pk, person=0, generation=0)
    Client().post(
        reverse("exchanges:account-join", args=[token]), {"name": email, "language": "en"}
    )
    return User.objects.get(email=email)


def propose(authority: Authority, by: User, person: User, name: str = "Giulia Rossi") -> Any:
    data = {"person": person.pk, "name": name, "function": "Mayor"}
    return post(by, "signatory-propose", authority.organisation.slug, **data)


def confirm(authority: Authority, by: User) -> Any:
    proposals = list(SignatoryProposal.objects.values_list("pk", flat=True))
    return post(by, "home-office-confirm", authority.office.slug, proposals=proposals)


def signs(person: User) -> bool:
    return person.memberships.filter(role=MembershipRole.SIGNATORY).exists()


def heard(person: User, kind: Message) -> bool:
    return OutboxMessage.objects.filter(recipient=person, kind=kind).exists()


def test_contact_does_not_tick_itself_signatory(authority: Authority) -> None:
    contact = make_contact(authority.organisation)
    data = {"roles": ["contact", "signatory"], "function": "Mayor"}
    post(contact, "person-roles", authority.organisation.slug, contact.pk, **data)
    assert not signs(contact)


def test_nobody_is_invited_as_signatory(authority: Authority) -> None:
    slug = authority.organisation.slug
    post(authority.first, "organisation-people", slug, email="x@y.example", role="signatory")
    assert not AccountInvitation.objects.exists()


def test_old_invitation_to_sign_makes_a_member(authority: Authority) -> None:
    bring_in(authority, authority.first, "contact@milan.example")
    old = AccountInvitation.objects.create(
        email="old@milan.example", organisation=authority.organisation, invited_at=AT,
        role=MembershipRole.SIGNATORY, invited_by=authority.first,
        expires_at=AT + timedelta(days=1),
    )  # fmt: skip
    token = make_token("account", subject=old.pk, person=0, generation=0)
    url = reverse("exchanges:account-join", args=[token])
    Client().post(url, {"name": "Old", "language": "en"})
    person = User.objects.get(email="old@milan.example")
    assert person.memberships.get().role == MembershipRole.MEMBER


def test_office_does_not_confirm_what_stems_from_itself(authority: Authority, clock: Clock) -> None:
    """One person of the office, a puppet as contact, and its second mailbox as signatory."""
    puppet = bring_in(authority, authority.first, "puppet@mailbox.example")
    mailbox = bring_in(authority, puppet, "second@mailbox.example", "member")
    propose(authority, puppet, mailbox)
    clock.move_to(LATER)
    confirm(authority, authority.first)
    assert not signs(mailbox)
    assert heard(authority.second, Message.SIGNATORY_PROPOSED)
    confirm(authority, authority.second)
    assert signs(mailbox)


def test_friend_invited_this_morning_confirms_nothing(authority: Authority, clock: Clock) -> None:
    slug = authority.office.slug
    post(authority.first, "organisation-people", slug, email="friend@x.example", role="contact")
    invitation = AccountInvitation.objects.get()
    token = make_token("account", subject=invitation.pk, person=0, generation=0)
    url = reverse("exchanges:account-join", args=[token])
    Client().post(url, {"name": "Friend", "language": "en"})
    friend = User.objects.get(email="friend@x.example")
    puppet = bring_in(authority, friend, "puppet@x.example")
    assert puppet.memberships.get().root == authority.first
    propose(authority, puppet, puppet)
    for by in (friend, authority.first, puppet):
        confirm(authority, by)
        assert not signs(puppet)
    assert heard(authority.second, Message.ROLE_CHANGED)


def test_office_of_another_programme_confirms_nothing(authority: Authority) -> None:
    other = make_authority()
    contact = bring_in(authority, authority.first, "contact@milan.example")
    propose(authority, contact, contact)
    for office in (authority, other):
        confirm(office, other.first)
    assert not signs(contact)


def test_signatory_who_was_objected_to_is_not_confirmed_when_proposed_again(
    authority: Authority, clock: Clock
) -> None:
    contact = bring_in(authority, authority.first, "contact@milan.example")
    mayor = make_signatory(authority.organisation, root=authority.first)
    friend = bring_in(authority, contact, "friend@milan.example", "member")
    propose(authority, contact, friend)
    proposal = SignatoryProposal.objects.get(person=friend)
    token = make_token(PURPOSE_SIGNATORY, subject=proposal.pk, person=mayor.pk, generation=0)
    by_mail = reverse("exchanges:signatory-object", args=[token])
    Client().get(by_mail)
    proposal.refresh_from_db()
    assert proposal.objected_at is None
    Client().post(by_mail)
    slug = authority.organisation.slug
    post(contact, "signatory-withdraw", slug, proposal.pk)
    propose(authority, contact, friend, name="Another Name")
    clock.move_to(LATER)
    confirm(authority, authority.second)
    assert not signs(friend)
    assert heard(mayor, Message.SIGNATORY_OBJECTED)


def test_contact_who_removes_the_real_one_does_not_get_on(
    authority: Authority, clock: Clock
) -> None:
    real = bring_in(authority, authority.first, "real@milan.example")
    bad = bring_in(authority, real, "bad@milan.example")
    slug = authority.organisation.slug
    post(bad, "person-end", slug, real.pk)
    assert not real.memberships.exists()
    assert heard(real, Message.ROLE_CHANGED)
    change = RoleChange.objects.get(person=real, taken__0__role="contact")
    token = make_token(PURPOSE_ROLES, subject=change.pk, person=real.pk, generation=0)
    Client().post(reverse("exchanges:roles-object", args=[token]))
    propose(authority, bad, bad)
    post(bad, "organisation-people", slug, email="third@milan.example", role="contact")
    assert not SignatoryProposal.objects.exists()
    assert not AccountInvitation.objects.filter(email="third@milan.example").exists()
    answer = {"answer": "yes", "reason": "She works there."}
    post(authority.second, "roles-decide", authority.office.slug, change.pk, **answer)
    assert Membership.objects.get(user=real).role == MembershipRole.CONTACT
    change.refresh_from_db()
    assert change.state == RoleChangeState.UNDONE


def test_confirming_without_second_factor_is_refused(authority: Authority) -> None:
    contact = bring_in(authority, authority.first, "contact@milan.example")
    propose(authority, contact, contact)
    client = Client()
    client.force_login(authority.second)
    url = reverse("exchanges:home-office-confirm", args=[authority.office.slug])
    data = {"proposals": [SignatoryProposal.objects.get().pk]}
    page = client.post(url, data, follow=True)
    assert "second factor" in page.content.decode()
    assert not signs(contact)


def test_list_says_why_it_cannot_be_confirmed(authority: Authority) -> None:
    contact = bring_in(authority, authority.first, "contact@milan.example")
    propose(authority, contact, contact)
    url = reverse("exchanges:home-office", args=[authority.office.slug])
    pages = []
    for person in (authority.first, authority.second):
        client = Client()
        client.force_login(person)
        pages.append(client.get(url).content.decode())
    assert "go back to you" in pages[0]
    assert 'name="proposals"' not in pages[0]
    assert 'name="proposals"' in pages[1]
