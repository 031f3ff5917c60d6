from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from exchanges.domain.signatories import ConfirmObstacle
from exchanges.enums import MembershipRole, Message, SignatoryState, SignInMethod
from exchanges.models import Event, Membership, Organisation, OutboxMessage, SignatoryProposal, User
from exchanges.operations.people import signatories
from exchanges.operations.people.people import NotAMember
from exchanges.operations.people.proofs import SecondFactorMissing
from exchanges.operations.people.signatories import (
    CannotConfirm,
    CannotObject,
    ProposalOver,
    ProposedAlready,
    SignsAlready,
)
from exchanges.operations.visits.moves import ReasonMissing
from exchanges.permissions import NotAllowed
from tests.factories import AT, make_appointed, make_contact, make_member, make_signatory, make_user
from tests.factories.authority import Authority, make_authority
from tests.factories.proofs import make_proof

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=48)


@pytest.fixture
def authority() -> Authority:
    return make_authority()


@pytest.fixture
def contact(authority: Authority) -> User:
    return make_contact(authority.organisation, root=authority.first, name="Contact")


@pytest.fixture
def mayor(authority: Authority) -> User:
    return make_member(authority.organisation, root=authority.first, name="Mayor")


def propose(
    authority: Authority,
    person: User,
    by: User,
    *,
    name: str = "Giulia Rossi",
    function: str = "Mayor",
    at: datetime = AT,
) -> SignatoryProposal:
    return signatories.propose(
        organisation=authority.organisation, person=person, name=name, function=function,
        by=by, at=at,
    )  # fmt: skip


def confirm(proposal: SignatoryProposal, by: User, at: datetime = AT) -> SignatoryProposal:
    return signatories.confirm(proposal=proposal, proof=make_proof(by, at=at), by=by, at=at)


def told(kind: Message) -> set[int | None]:
    return set(OutboxMessage.objects.filter(kind=kind).values_list("recipient", flat=True))


def signs(person: User) -> bool:
    return person.memberships.filter(role=MembershipRole.SIGNATORY).exists()


def test_confirmed_signatory_signs_under_the_name_that_was_proposed(
    authority: Authority, contact: User, mayor: User
) -> None:
    proposal = confirm(propose(authority, mayor, contact), authority.second)
    row = mayor.memberships.get()
    assert (row.role, row.proposal, row.function) == (MembershipRole.SIGNATORY, proposal, "Mayor")
    assert (row.since, row.given_by, row.root) == (AT, authority.second, authority.first)
    assert (proposal.state, proposal.confirmed_by) == (SignatoryState.CONFIRMED, authority.second)
    verbs = list(Event.objects.order_by("number").values_list("verb", flat=True))
    assert verbs == ["signatory_proposed", "signatory_confirmed"]
    assert Event.objects.latest("number").data == {"proposal": proposal.pk, "person": mayor.pk}


def test_everybody_with_a_say_hears_of_proposal_and_confirmation(
    authority: Authority, contact: User, mayor: User
) -> None:
    others = {make_contact(authority.organisation).pk, make_signatory(authority.organisation).pk}
    make_member(authority.organisation)
    everybody = others | {contact.pk, mayor.pk, authority.first.pk, authority.second.pk}
    proposal = propose(authority, mayor, contact)
    assert told(Message.SIGNATORY_PROPOSED) == everybody
    confirm(proposal, authority.second, LATER)
    assert told(Message.SIGNATORY_CONFIRMED) == everybody


def test_with_others_it_waits_for_48_hours_by_operator_too(
    authority: Authority, contact: User, mayor: User
) -> None:
    make_contact(authority.organisation)
    proposal = propose(authority, mayor, contact)
    early = LATER - timedelta(seconds=1)
    with pytest.raises(CannotConfirm):
        confirm(proposal, authority.second, early)
    with pytest.raises(CannotConfirm):
        signatories.confirm_by_operator(proposal=proposal, at=early)
    confirm(proposal, authority.second, LATER)
    assert signs(mayor)


@pytest.mark.parametrize("who", ["first", "not_appointed"])
def test_office_confirms_only_from_outside_the_chain(
    authority: Authority, contact: User, mayor: User, who: str
) -> None:
    by = authority.first if who == "first" else make_contact(authority.office)
    with pytest.raises(CannotConfirm) as refusal:
        confirm(propose(authority, mayor, contact), by)
    expected = ConfirmObstacle.IS_ROOT if who == "first" else ConfirmObstacle.NOT_APPOINTED
    assert refusal.value.obstacle == expected
    assert not signs(mayor)


def test_confirmer_is_neither_proposer_nor_candidate(authority: Authority, contact: User) -> None:
    for role in (MembershipRole.MEMBER, MembershipRole.CONTACT):
        Membership.objects.create(
            user=authority.second, organisation=authority.organisation, role=role,
            root=authority.first,
        )  # fmt: skip
    with pytest.raises(CannotConfirm) as refusal:
        confirm(propose(authority, authority.second, contact), authority.second)
    assert refusal.value.obstacle == ConfirmObstacle.IS_CANDIDATE
    with pytest.raises(CannotConfirm) as refusal:
        confirm(propose(authority, contact, authority.second), authority.second)
    assert refusal.value.obstacle == ConfirmObstacle.IS_PROPOSER


def test_nobody_of_another_office_confirms(
    authority: Authority, contact: User, mayor: User
) -> None:
    other = make_authority()
    proposal = propose(authority, mayor, contact)
    for by in (other.first, contact, mayor, make_user()):
        with pytest.raises(NotAllowed):
            confirm(proposal, by, LATER)


def test_unknown_root_leaves_it_to_the_operator(authority: Authority, mayor: User) -> None:
    of_before = make_contact(authority.organisation)
    operator = make_user(is_superuser=True)
    proposal = propose(authority, mayor, of_before)
    assert operator.pk in told(Message.SIGNATORY_PROPOSED)
    with pytest.raises(CannotConfirm) as refusal:
        confirm(proposal, authority.second)
    assert refusal.value.obstacle == ConfirmObstacle.UNKNOWN_ROOT
    proposal = signatories.confirm_by_operator(proposal=proposal, at=AT)
    assert (proposal.confirmed_by, signs(mayor)) == (None, True)
    assert Event.objects.get(verb="signatory_confirmed").actor == "platform"


def test_own_office_leaves_it_to_the_operator(authority: Authority) -> None:
    proposal = signatories.propose(
        organisation=authority.office, person=authority.first, name="A", function="President",
        by=authority.first, at=AT,
    )  # fmt: skip
    with pytest.raises(CannotConfirm) as refusal:
        confirm(proposal, authority.second, LATER)
    assert refusal.value.obstacle == ConfirmObstacle.OWN_OFFICE
    with pytest.raises(NotAllowed):
        signatories.refuse(proposal=proposal, reason="No.", by=authority.second, at=AT)


@pytest.mark.parametrize("age", [None, timedelta(minutes=5, seconds=1), -timedelta(seconds=1)])
def test_confirming_asks_for_a_fresh_second_factor(
    authority: Authority, contact: User, mayor: User, age: timedelta | None
) -> None:
    proposal = propose(authority, mayor, contact)
    proof = None if age is None else make_proof(authority.second, at=AT - age)
    with pytest.raises(SecondFactorMissing):
        signatories.confirm(proposal=proposal, proof=proof, by=authority.second, at=AT)


@pytest.mark.parametrize("method", [SignInMethod.PASSWORD, SignInMethod.CODE])
def test_password_or_code_is_no_second_factor(
    authority: Authority, contact: User, mayor: User, method: SignInMethod
) -> None:
    proposal, by = propose(authority, mayor, contact), authority.second
    with pytest.raises(SecondFactorMissing):
        signatories.confirm(proposal=proposal, proof=make_proof(by, method), by=by, at=AT)


def test_proof_of_somebody_else_confirms_nothing(
    authority: Authority, contact: User, mayor: User
) -> None:
    proposal, proof = propose(authority, mayor, contact), make_proof(authority.first)
    with pytest.raises(SecondFactorMissing):
        signatories.confirm(proposal=proposal, proof=proof, by=authority.second, at=AT)


def test_objection_leaves_it_to_the_operator_also_next_time(
    authority: Authority, contact: User, mayor: User
) -> None:
    operator = make_user(is_superuser=True)
    colleague = make_contact(authority.organisation, root=authority.first)
    proposal = propose(authority, mayor, contact)
    signatories.object_to(proposal=proposal, by=colleague, at=AT)
    assert operator.pk in told(Message.SIGNATORY_OBJECTED)
    with pytest.raises(CannotConfirm):
        confirm(proposal, authority.second, LATER)
    signatories.withdraw(proposal=proposal, by=contact, at=AT)
    again = propose(authority, mayor, contact, function="Deputy mayor")
    with pytest.raises(CannotConfirm) as refusal:
        confirm(again, authority.second, LATER)
    assert refusal.value.obstacle == ConfirmObstacle.OBJECTED
    signatories.confirm_by_operator(proposal=again, at=LATER)
    confirm(
        propose(authority, mayor, contact, function="Mayor again", at=LATER),
        authority.second, LATER + timedelta(hours=48),
    )  # fmt: skip
    assert mayor.memberships.get().proposal.function == "Mayor again"  # type: ignore[union-attr]


def test_objection_follows_the_name_into_another_account(
    authority: Authority, contact: User, mayor: User
) -> None:
    proposal = propose(authority, mayor, contact)
    signatories.object_to(proposal=proposal, by=mayor, at=AT)
    mailbox = make_member(authority.organisation, root=authority.first)
    again = propose(authority, mailbox, contact, name="GIULIA ROSSI")
    with pytest.raises(CannotConfirm):
        confirm(again, authority.second, LATER)


def test_who_may_object(authority: Authority, contact: User, mayor: User) -> None:
    proposal = propose(authority, mayor, contact)
    outsiders = [contact, make_member(authority.organisation), authority.second, make_user()]
    for by in outsiders:
        with pytest.raises(CannotObject):
            signatories.object_to(proposal=proposal, by=by, at=AT)
    signatories.object_to(proposal=proposal, by=mayor, at=AT)
    with pytest.raises(CannotObject):
        signatories.object_to(proposal=proposal, by=make_signatory(authority.organisation), at=AT)


def test_only_contacts_propose_and_withdraw(
    authority: Authority, contact: User, mayor: User
) -> None:
    for by in (mayor, authority.first, make_user()):
        with pytest.raises(NotAllowed):
            propose(authority, mayor, by)
    proposal = propose(authority, contact, contact)
    with pytest.raises(NotAllowed):
        signatories.withdraw(proposal=proposal, by=authority.first, at=AT)


def test_proposal_needs_a_member_and_something_new(
    authority: Authority, contact: User, mayor: User
) -> None:
    for person in (make_user(), make_member(authority.organisation, is_active=False)):
        with pytest.raises(NotAMember):
            propose(authority, person, contact)
    proposal = propose(authority, mayor, contact)
    with pytest.raises(ProposedAlready):
        propose(authority, mayor, contact, function="Other")
    confirm(proposal, authority.second)
    with pytest.raises(SignsAlready):
        propose(authority, mayor, contact)


def test_new_name_is_a_new_proposal_and_the_old_one_counts_until_then(
    authority: Authority, contact: User, mayor: User
) -> None:
    first = confirm(propose(authority, mayor, contact), authority.second)
    second = propose(authority, mayor, contact, name="Giulia Bianchi")
    assert mayor.memberships.get().proposal == first
    confirm(second, authority.second)
    assert mayor.memberships.get().proposal == second


def test_refusal_says_why_and_ends_it(authority: Authority, contact: User, mayor: User) -> None:
    proposal = propose(authority, mayor, contact)
    with pytest.raises(ReasonMissing):
        signatories.refuse(proposal=proposal, reason=" ", by=authority.first, at=AT)
    signatories.refuse(proposal=proposal, reason="Not the mayor.", by=authority.first, at=AT)
    for act in (lambda: confirm(proposal, authority.second),
                lambda: signatories.withdraw(proposal=proposal, by=contact, at=AT)):  # fmt: skip
        with pytest.raises(ProposalOver):
            act()
    proposal.refresh_from_db()
    assert (proposal.state, proposal.reason) == (SignatoryState.REFUSED, "Not the mayor.")


def test_candidate_who_left_is_not_confirmed(
    authority: Authority, contact: User, mayor: User
) -> None:
    proposal = propose(authority, mayor, contact)
    mayor.memberships.all().delete()
    with pytest.raises(NotAMember):
        signatories.confirm_by_operator(proposal=proposal, at=AT)


def test_appointed_by_the_operator_in_another_office_does_not_count(
    authority: Authority, contact: User, mayor: User
) -> None:
    elsewhere = make_authority()
    both = make_appointed(elsewhere.office)
    Membership.objects.create(user=both, organisation=authority.office, role=MembershipRole.CONTACT)
    with pytest.raises(CannotConfirm) as refusal:
        confirm(propose(authority, mayor, contact), both)
    assert refusal.value.obstacle == ConfirmObstacle.NOT_APPOINTED


def test_organisation_without_home_office_waits_for_the_operator(
    authority: Authority, contact: User, mayor: User
) -> None:
    Organisation.objects.filter(pk=authority.organisation.pk).update(home_office=None)
    proposal = propose(authority, mayor, contact)
    with pytest.raises(NotAllowed):
        confirm(proposal, authority.second)
    signatories.confirm_by_operator(proposal=proposal, at=AT)
    assert signs(mayor)
