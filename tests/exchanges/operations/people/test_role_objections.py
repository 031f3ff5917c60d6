from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from exchanges.enums import MembershipRole, Message, RoleChangeState
from exchanges.models import Event, OutboxMessage, RoleChange, User
from exchanges.operations.network import organisations
from exchanges.operations.network.organisations import ORGANISATION
from exchanges.operations.people import invitations, people, signatories, signatory_removal
from exchanges.operations.people.role_changes import RolesAreFrozen
from exchanges.operations.people.role_objections import (
    DecidedAlready,
    OperatorDecides,
    TooLateToObject,
    decide,
    object_to,
)
from exchanges.operations.people.signatory_removal import NoSignatory, RemovalAskedAlready
from exchanges.operations.visits.moves import ReasonMissing
from exchanges.permissions import NotAllowed
from tests.factories import AT, make_contact, make_member, make_signatory, make_user
from tests.factories.authority import Authority, make_authority

pytestmark = pytest.mark.django_db
CONTACT, MEMBER = MembershipRole.CONTACT, MembershipRole.MEMBER
SIGNATORY = MembershipRole.SIGNATORY


@pytest.fixture
def authority() -> Authority:
    return make_authority()


@pytest.fixture
def bad(authority: Authority) -> User:
    return make_contact(authority.organisation, root=authority.first, name="Bad")


@pytest.fixture
def good(authority: Authority) -> User:
    return make_contact(
        authority.organisation, root=authority.first, invited_by=authority.first, name="Good"
    )


def remove(authority: Authority, person: User, by: User, at: datetime = AT) -> RoleChange:
    people.end_membership(person=person, organisation=authority.organisation, by=by, at=at)
    return RoleChange.objects.latest("pk")


def told(kind: Message) -> set[int | None]:
    return set(OutboxMessage.objects.filter(kind=kind).values_list("recipient", flat=True))


def roles(person: User) -> list[str]:
    return sorted(person.memberships.values_list("role", flat=True))


def test_all_with_a_say_and_the_person_hear_of_a_change(
    authority: Authority, bad: User, good: User
) -> None:
    signatory = make_signatory(authority.organisation)
    make_member(authority.organisation)
    remove(authority, good, bad)
    assert told(Message.ROLE_CHANGED) == {bad.pk, good.pk, signatory.pk}


def test_all_hear_of_somebody_who_joins(authority: Authority, good: User) -> None:
    invitation = invitations.invite(
        organisation=authority.organisation, email="second@mailbox.example", role=CONTACT,
        by=good, at=AT,
    )  # fmt: skip
    person = invitations.open_account(
        invitation=invitation, generation=0, name="New", language="en", at=AT
    )
    assert told(Message.ROLE_CHANGED) == {good.pk, person.pk}


def test_who_was_removed_objects_and_comes_back_as_before(
    authority: Authority, bad: User, good: User
) -> None:
    before = good.memberships.values().get()
    change = object_to(change=remove(authority, good, bad), by=good, at=AT)
    assert told(Message.ROLE_OBJECTED) >= {good.pk, bad.pk, authority.second.pk}
    decide(change=change, is_upheld=True, reason="He works there.", by=authority.second, at=AT)
    after = good.memberships.values().get()
    assert {**before, "id": None} == {**after, "id": None}
    change.refresh_from_db()
    assert change.state == RoleChangeState.UNDONE
    verbs = Event.objects.order_by("number").values_list("verb", flat=True)
    assert list(verbs) == ["membership_ended", "roles_objected", "roles_decided"]
    assert told(Message.ROLE_DECIDED) >= {good.pk, bad.pk}


def test_objection_can_be_left(authority: Authority, bad: User, good: User) -> None:
    change = object_to(change=remove(authority, good, bad), by=good, at=AT)
    with pytest.raises(ReasonMissing):
        decide(change=change, is_upheld=False, reason="", by=authority.second, at=AT)
    decide(change=change, is_upheld=False, reason="He retired.", by=authority.second, at=AT)
    assert roles(good) == []
    with pytest.raises(DecidedAlready):
        decide(change=change, is_upheld=True, reason="No.", by=authority.second, at=AT)


def test_colleague_objects_to_a_new_contact(authority: Authority, bad: User) -> None:
    member = make_member(authority.organisation)
    friend = make_member(authority.organisation, name="Friend")
    people.set_roles(
        person=friend, organisation=authority.organisation, roles=[CONTACT], function="",
        by=bad, at=AT,
    )  # fmt: skip
    change = object_to(change=RoleChange.objects.get(), by=member, at=AT)
    decide(change=change, is_upheld=True, reason="No.", by=authority.second, at=AT)
    assert roles(friend) == ["member"]


def test_who_cannot_object(authority: Authority, bad: User, good: User) -> None:
    change = remove(authority, good, bad)
    for by in (bad, make_user(), authority.first):
        with pytest.raises(TooLateToObject):
            object_to(change=change, by=by, at=AT)
    late = AT + timedelta(days=14, seconds=1)
    with pytest.raises(TooLateToObject):
        object_to(change=change, by=good, at=late)
    object_to(change=change, by=good, at=AT + timedelta(days=14))


def test_nobody_objects_to_somebodys_own_leaving(
    authority: Authority, bad: User, good: User
) -> None:
    with pytest.raises(TooLateToObject):
        object_to(change=remove(authority, good, good), by=bad, at=AT)


def test_while_an_objection_is_open_nothing_changes(
    authority: Authority, bad: User, good: User
) -> None:
    organisation = authority.organisation
    member = make_member(organisation, root=authority.first)
    invitation = invitations.invite(
        organisation=organisation, email="a@b.example", role=MEMBER, by=bad, at=AT
    )
    proposal = signatories.propose(
        organisation=organisation, person=bad, name="B", function="C", by=bad, at=AT
    )
    change = object_to(change=remove(authority, good, bad), by=good, at=AT)
    about = {"organisation": organisation, "by": bad, "at": AT}
    names = {name: getattr(organisation, name) for name in ORGANISATION} | {"name": "Other"}
    later = AT + timedelta(days=3)
    acts = [
        lambda: people.set_roles(person=member, roles=[CONTACT], function="", **about),
        lambda: people.end_membership(person=member, **about),
        lambda: invitations.invite(email="c@d.example", role=MEMBER, **about),
        lambda: invitations.open_account(
            invitation=invitation, generation=0, name="N", language="en", at=AT
        ),
        lambda: signatories.propose(person=member, name="M", function="F", **about),
        lambda: signatories.confirm_by_operator(proposal=proposal, at=later),
        lambda: signatory_removal.end_signatory(person=bad, reason="x", **about),
        lambda: organisations.edit(values=names, active_in=[], revision=None, **about),
    ]
    for act in acts:
        with pytest.raises(RolesAreFrozen):
            act()
    about_text = names | {"name": organisation.name, "about": "Still edited"}
    organisations.edit(values=about_text, active_in=[], revision=None, **about)
    decide(change=change, is_upheld=False, reason="x", by=authority.second, at=AT)
    people.end_membership(person=member, **about)


def test_nobody_decides_who_took_part(authority: Authority, good: User) -> None:
    by_office = make_contact(authority.office)
    change = RoleChange.objects.create(
        organisation=authority.organisation, person=good, given=["contact"], made_by=by_office,
        made_at=AT, state=RoleChangeState.OBJECTED, objected_by=good, objected_at=AT,
    )  # fmt: skip
    for by in (by_office, authority.second):
        with pytest.raises(OperatorDecides):
            decide(change=change, is_upheld=False, reason="x", by=by, at=AT)
    for by in (good, make_authority().first):
        with pytest.raises(NotAllowed):
            decide(change=change, is_upheld=False, reason="x", by=by, at=AT)
    decide(change=change, is_upheld=True, reason="x", by=None, at=AT)
    assert roles(good) == []


def test_last_signatory_goes_only_with_the_home_office(authority: Authority, good: User) -> None:
    mayor = make_signatory(authority.organisation)
    about = {"person": mayor, "organisation": authority.organisation, "by": good, "at": AT}
    with pytest.raises(ReasonMissing):
        signatory_removal.end_signatory(reason="", **about)
    change = signatory_removal.end_signatory(reason="Elections.", **about)
    assert (change.state, roles(mayor)) == (RoleChangeState.ASKED, ["signatory"])
    assert told(Message.REMOVAL_ASKED) >= {mayor.pk, authority.second.pk}
    with pytest.raises(RemovalAskedAlready):
        signatory_removal.end_signatory(reason="Elections.", **about)
    with pytest.raises(NotAllowed):
        signatory_removal.decide_removal(
            change=change, is_confirmed=True, reason="Yes.", by=good, at=AT
        )
    signatory_removal.decide_removal(
        change=change, is_confirmed=True, reason="Yes.", by=authority.second, at=AT
    )
    assert roles(mayor) == ["member"]
    with pytest.raises(DecidedAlready):
        signatory_removal.decide_removal(
            change=change, is_confirmed=False, reason="No.", by=authority.second, at=AT
        )
    change.refresh_from_db()
    object_to(change=change, by=mayor, at=AT)
    decide(change=change, is_upheld=True, reason="A mistake.", by=None, at=AT)
    assert roles(mayor) == ["signatory"]


def test_removal_of_the_last_signatory_can_be_refused(authority: Authority, good: User) -> None:
    mayor = make_signatory(authority.organisation)
    change = signatory_removal.end_signatory(
        person=mayor, organisation=authority.organisation, reason="x", by=good, at=AT
    )
    signatory_removal.decide_removal(
        change=change, is_confirmed=False, reason="He is the mayor.", by=authority.second, at=AT
    )
    assert roles(mayor) == ["signatory"]


def test_one_of_two_signatories_goes_at_once(authority: Authority, good: User) -> None:
    first, _second = (make_signatory(authority.organisation) for _ in range(2))
    about = {"organisation": authority.organisation, "reason": "x", "by": good, "at": AT}
    signatory_removal.end_signatory(person=first, **about)
    assert roles(first) == ["member"]
    with pytest.raises(NoSignatory):
        signatory_removal.end_signatory(person=first, **about)
