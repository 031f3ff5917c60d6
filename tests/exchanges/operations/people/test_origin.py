"""Every role stores since when, from whom, and from which appointed person it comes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from exchanges.enums import MembershipRole
from exchanges.models import Membership, User
from exchanges.operations.people import invitations, people
from tests.factories import AT, make_contact, make_member
from tests.factories.authority import Authority, make_authority

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=3)
CONTACT, MEMBER = MembershipRole.CONTACT, MembershipRole.MEMBER


@pytest.fixture
def authority() -> Authority:
    return make_authority()


def bring_in(
    authority: Authority, email: str, by: User, role: MembershipRole = CONTACT
) -> Membership:
    invitation = invitations.invite(
        organisation=authority.organisation, email=email, role=role, by=by, at=AT
    )
    person = invitations.open_account(
        invitation=invitation, generation=0, name=email, language="en", at=LATER
    )
    return person.memberships.get()


def test_role_comes_from_whoever_invited(authority: Authority) -> None:
    row = bring_in(authority, "contact@milan.example", authority.first)
    assert (row.since, row.given_by, row.invited_by) == (LATER, authority.first, authority.first)
    assert (row.root, row.is_appointed) == (authority.first, False)


def test_chain_of_invitations_keeps_its_root(authority: Authority) -> None:
    first = bring_in(authority, "contact@milan.example", authority.first)
    second = bring_in(authority, "second@milan.example", first.user)
    third = bring_in(authority, "third@milan.example", second.user, MEMBER)
    assert (third.invited_by, third.root) == (second.user, authority.first)


def test_root_stays_unknown_where_it_is_not_known(authority: Authority) -> None:
    of_before = make_contact(authority.organisation)
    assert bring_in(authority, "new@milan.example", of_before).root is None


def test_root_is_that_in_the_organisation_before_that_in_the_home_office(
    authority: Authority,
) -> None:
    Membership.objects.create(
        user=authority.second, organisation=authority.organisation, role=CONTACT, root=None
    )
    assert bring_in(authority, "new@milan.example", authority.second).root is None


def test_sending_again_changes_neither_who_invited_nor_when(authority: Authority) -> None:
    invitation = invitations.invite(
        organisation=authority.organisation, email="a@b.example", role=CONTACT,
        by=authority.first, at=AT,
    )  # fmt: skip
    invitations.resend(invitation=invitation, by=authority.second, at=LATER)
    after = AT + timedelta(days=60)
    invitations.invite(
        organisation=authority.organisation, email="a@b.example", role=CONTACT,
        by=authority.second, at=after,
    )  # fmt: skip
    invitation.refresh_from_db()
    assert (invitation.invited_by, invitation.invited_at) == (authority.first, AT)
    assert (invitation.generation, invitation.root) == (2, authority.first)
    assert invitation.expires_at == after + invitations.VALID_FOR


def test_further_role_keeps_who_first_invited(authority: Authority) -> None:
    giver = bring_in(authority, "contact@milan.example", authority.first).user
    member = bring_in(authority, "member@milan.example", giver, MEMBER).user
    other = make_contact(authority.organisation, root=authority.first)
    people.set_roles(
        person=member, organisation=authority.organisation, roles=[CONTACT], function="",
        by=other, at=LATER,
    )  # fmt: skip
    row = member.memberships.get()
    assert (row.role, row.since, row.given_by) == (CONTACT, LATER, other)
    assert (row.invited_by, row.root) == (giver, authority.first)


def test_with_two_roots_the_root_is_unknown(authority: Authority) -> None:
    member = make_member(authority.organisation, root=authority.first)
    giver = make_contact(authority.organisation, root=authority.second)
    people.set_roles(
        person=member, organisation=authority.organisation, roles=[CONTACT], function="",
        by=giver, at=LATER,
    )  # fmt: skip
    assert member.memberships.get().root is None
