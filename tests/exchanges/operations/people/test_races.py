"""Two at once, on real transactions: `make test` runs these on SQLite and on PostgreSQL."""

import pytest

from exchanges.enums import MembershipRole
from exchanges.models import Membership, SignatoryProposal, User
from exchanges.operations.people import invitations, people, signatories
from tests.factories import AT, make_appointed, make_contact, make_member, make_scene
from tests.factories.authority import Authority, make_authority
from tests.factories.proofs import make_proof
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_joins_with_one_link_give_one_account() -> None:
    scene = make_scene()
    invitation = invitations.invite(
        organisation=scene.guest_authority,
        email="new@example.org",
        role=MembershipRole.CONTACT,
        by=scene.owner,
        at=AT,
    )

    def join() -> None:
        invitations.open_account(
            invitation=invitation, generation=0, name="New", language="en", at=AT
        )

    assert at_once(*[join] * 4) == {"done": 1, "InvitationOver": 3}
    assert User.objects.filter(email="new@example.org").count() == 1
    assert Membership.objects.filter(user__email="new@example.org").count() == 1


def test_two_joins_with_links_of_two_organisations_give_one_account() -> None:
    scene = make_scene()
    asked = [
        invitations.invite(
            organisation=organisation,
            email="new@example.org",
            role=MembershipRole.MEMBER,
            by=by,
            at=AT,
        )
        for organisation, by in (
            (scene.guest_authority, scene.owner),
            (scene.host_authority, scene.host),
        )
    ]
    ends = at_once(
        *(
            lambda invitation=invitation: invitations.open_account(
                invitation=invitation, generation=0, name="New", language="en", at=AT
            )
            for invitation in asked
        )
    )
    assert ends == {"done": 1, "AccountExists": 1}
    assert User.objects.filter(email="new@example.org").count() == 1


def test_the_last_two_contacts_cannot_both_go() -> None:
    scene = make_scene()
    other = make_contact(scene.guest_authority)
    ends = at_once(
        *(
            lambda person=person: people.end_membership(
                person=person, organisation=scene.guest_authority, by=person, at=AT
            )
            for person in (scene.owner, other)
        )
    )
    assert ends == {"done": 1, "LastContact": 1}
    assert scene.guest_authority.memberships.filter(role=MembershipRole.CONTACT).count() == 1


def test_two_confirmations_at_once_give_one() -> None:
    authority, proposal = _proposed()
    third = make_appointed(authority.office)
    calls = (
        lambda by=by: signatories.confirm(proposal=proposal, proof=make_proof(by), by=by, at=AT)
        for by in (authority.second, third)
    )
    assert at_once(*calls) == {"done": 1, "ProposalOver": 1}
    assert Membership.objects.filter(role=MembershipRole.SIGNATORY).count() == 1


def test_objection_and_confirmation_at_once_end_one_way() -> None:
    """Either it was confirmed and the objection comes too late, or nobody signs."""
    authority, proposal = _proposed()

    def confirm() -> None:
        signatories.confirm(
            proposal=proposal, proof=make_proof(authority.second), by=authority.second, at=AT
        )

    def object_to() -> None:
        signatories.object_to(proposal=proposal, by=proposal.person, at=AT)

    ends = at_once(confirm, object_to)
    signs = Membership.objects.filter(role=MembershipRole.SIGNATORY).exists()
    refusal = "CannotObject" if signs else "CannotConfirm"
    assert ends == {"done": 1, refusal: 1}


def _proposed() -> tuple[Authority, SignatoryProposal]:
    authority = make_authority()
    organisation = authority.organisation
    contact = make_contact(organisation, root=authority.first)
    person = make_member(organisation, root=authority.first)
    proposal = signatories.propose(
        organisation=organisation, person=person, name="A", function="Mayor", by=contact, at=AT
    )
    return authority, proposal
