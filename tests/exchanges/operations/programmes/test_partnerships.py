"""An organisation is asked to take part; nothing is given away before its own contact accepts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from exchanges.enums import AskedState, MembershipRole, Message, OrganisationKind, PartnerRole
from exchanges.models import Event, OutboxMessage, Partner, PartnershipInvitation
from exchanges.operations.answers import AnsweredAlready
from exchanges.operations.network.organisations import NameTaken
from exchanges.operations.people import invitations
from exchanges.operations.programmes import first_contacts, partnerships
from exchanges.operations.programmes.partners import (
    CoordinatorStays,
    PartnerAlready,
    PartnerShare,
)
from exchanges.operations.programmes.partnerships import (
    AskedAlready,
    NobodyToRemind,
    RemindedToday,
)
from exchanges.permissions import (
    NotAllowed,
    can_edit_organisation,
    can_invite_person,
    can_propose_visit,
    can_see_contacts,
)
from exchanges.queries.actions import actions_of
from exchanges.queries.network.partners import partners
from tests.factories import Scene, make_contact, make_organisation, make_programme, make_user
from tests.moment import AT, Clock

pytestmark = pytest.mark.django_db
PART = PartnerShare(PartnerRole.LOCAL_AUTHORITY)


@pytest.fixture
def other_office(scene: Scene) -> Any:
    """The contact of another programme's coordinator."""
    return make_contact(make_programme(slug="other").coordinator)


def ask(scene: Scene, **fields: Any) -> PartnershipInvitation:
    organisation = fields.pop("organisation", None) or scene.stranger.memberships.get().organisation
    said = {"programme": scene.programme, "part": PART, "by": scene.office, "at": AT, **fields}
    return partnerships.ask(organisation=organisation, **said)


def new(scene: Scene, **fields: Any) -> dict[str, Any]:
    values = {
        "name": "City of Trieste",
        "native_name": "Comune di Trieste",
        "acronym": "",
        "native_acronym": "",
        "kind": OrganisationKind.LOCAL_AUTHORITY,
        "city": scene.guest_city,
        "affiliated_to": None,
        **fields,
    }
    return {
        "programme": scene.programme,
        "values": values,
        "active_in": [],
        "part": PART,
        "by": scene.office,
        "at": AT,
    }


def told(kind: Message) -> set[str]:
    """Whom the mails of a kind go to."""
    rows = OutboxMessage.objects.filter(kind=kind).select_related("recipient")
    return {row.recipient.email if row.recipient else row.address for row in rows}


def test_question_gives_the_office_nothing(scene: Scene) -> None:
    asked = ask(scene)
    organisation = asked.organisation
    assert not scene.programme.partners.filter(organisation=organisation).exists()
    assert organisation not in partners()
    assert not can_edit_organisation(scene.office, organisation)
    assert not can_invite_person(scene.office, organisation)
    assert not can_see_contacts(scene.office, organisation)
    assert not can_see_contacts(scene.stranger, scene.guest_authority)
    assert not can_propose_visit(scene.stranger, organisation, scene.programme)
    assert told(Message.PARTNERSHIP_INVITATION) == {scene.stranger.email}
    assert [each.url_argument for each in actions_of(scene.stranger, AT)] == [asked.pk]


def test_contact_accepts_and_the_organisation_is_a_partner(scene: Scene) -> None:
    asked = ask(scene, part=PartnerShare(PartnerRole.UMN_MEMBER, eligible_eur=None))
    partner = partnerships.accept(asked=asked, by=scene.stranger, at=AT)
    assert partner.role == PartnerRole.UMN_MEMBER
    assert can_propose_visit(scene.stranger, asked.organisation, scene.programme)
    assert told(Message.PARTNERSHIP_ANSWERED) == {scene.office.email}
    assert not can_edit_organisation(scene.office, asked.organisation)
    assert actions_of(scene.stranger, AT) == []
    with pytest.raises(AnsweredAlready):
        partnerships.accept(asked=asked, by=scene.stranger, at=AT)
    assert Partner.objects.filter(organisation=asked.organisation).count() == 1


def test_contact_declines_with_a_reason(scene: Scene) -> None:
    asked = ask(scene)
    partnerships.decline(asked=asked, by=scene.stranger, at=AT, reason="No time.")
    asked.refresh_from_db()
    assert (asked.state, asked.reason) == (AskedState.DECLINED, "No time.")
    assert not asked.organisation.partnerships.exists()
    assert told(Message.PARTNERSHIP_ANSWERED) == {scene.office.email}
    assert not OutboxMessage.objects.filter(kind=Message.PARTNERSHIP_INVITATION).exists()


@pytest.mark.parametrize("who", ["office", "owner", "colleague", "partner"])
def test_nobody_else_accepts(scene: Scene, who: str) -> None:
    asked = ask(scene)
    with pytest.raises(NotAllowed):
        partnerships.accept(asked=asked, by=getattr(scene, who), at=AT)
    with pytest.raises(NotAllowed):
        partnerships.decline(asked=asked, by=getattr(scene, who), at=AT, reason="No")


def test_partner_is_not_asked_again_and_nobody_twice(scene: Scene) -> None:
    with pytest.raises(PartnerAlready):
        ask(scene, organisation=scene.guest_authority)
    ask(scene)
    with pytest.raises(AskedAlready):
        ask(scene)
    with pytest.raises(CoordinatorStays):
        ask(scene, organisation=make_organisation(), part=PartnerShare(PartnerRole.COORDINATOR))


def test_office_takes_the_question_back(scene: Scene) -> None:
    asked = ask(scene)
    partnerships.withdraw(asked=asked, by=scene.office, at=AT)
    assert told(Message.PARTNERSHIP_INVITATION) == set()
    with pytest.raises(AnsweredAlready):
        partnerships.accept(asked=asked, by=scene.stranger, at=AT)
    ask(scene)


def test_other_office_may_not_change_the_question(scene: Scene, other_office: Any) -> None:
    asked = ask(scene)
    with pytest.raises(NotAllowed):
        partnerships.withdraw(asked=asked, by=other_office, at=AT)
    with pytest.raises(NotAllowed):
        partnerships.remind(asked=asked, by=other_office, at=AT)
    with pytest.raises(NotAllowed):
        partnerships.edit_part(asked=asked, part=PART, by=other_office, at=AT)


def test_reminder_goes_out_once_a_day(scene: Scene, clock: Clock) -> None:
    asked = ask(scene)
    with pytest.raises(RemindedToday):
        partnerships.remind(asked=asked, by=scene.office, at=AT + timedelta(hours=23))
    later = AT + timedelta(days=2)
    partnerships.remind(asked=asked, by=scene.office, at=later)
    assert told(Message.PARTNERSHIP_REMINDER) == {scene.stranger.email}
    with pytest.raises(RemindedToday):
        partnerships.remind(asked=asked, by=scene.office, at=later)


def test_who_has_no_contact_cannot_be_reminded(scene: Scene) -> None:
    asked = ask(scene, organisation=make_organisation("Nobody there"))
    with pytest.raises(NobodyToRemind):
        partnerships.remind(asked=asked, by=scene.office, at=AT + timedelta(days=2))


def test_link_of_the_first_contact_opens_the_account_and_accepts(scene: Scene) -> None:
    asked = first_contacts.ask_new(**new(scene), email="mayor@trieste.example")
    organisation = asked.organisation
    assert organisation.home_office == scene.programme.coordinator
    assert can_invite_person(scene.office, organisation)
    invitation = organisation.account_invitations.get()
    assert (invitation.partnership, invitation.role) == (asked, MembershipRole.CONTACT)
    person = invitations.open_account(
        invitation=invitation, generation=0, name="Mayor", language="it", at=AT
    )
    assert scene.programme.partners.filter(organisation=organisation).exists()
    assert can_edit_organisation(person, organisation)
    assert not can_edit_organisation(scene.office, organisation)
    assert not can_invite_person(scene.office, organisation)


def test_link_opens_the_account_only_where_the_question_was_taken_back(scene: Scene) -> None:
    asked = first_contacts.ask_new(**new(scene), email="mayor@trieste.example")
    partnerships.withdraw(asked=asked, by=scene.office, at=AT)
    invitation = asked.organisation.account_invitations.get()
    invitations.open_account(
        invitation=invitation, generation=0, name="Mayor", language="it", at=AT
    )
    assert not asked.organisation.partnerships.exists()


def test_office_does_not_take_over_an_organisation_without_contacts(
    scene: Scene, other_office: Any
) -> None:
    """Another programme's office asks it, invites itself as contact, and accepts: no step works."""
    asked = first_contacts.ask_new(**new(scene), email="")
    programme = other_office.memberships.get().organisation.coordinated_programmes.get()
    second = partnerships.ask(
        programme=programme, organisation=asked.organisation, part=PART, by=other_office, at=AT
    )
    mine = make_user("second-mailbox@attacker.example")
    with pytest.raises(NotAllowed):
        invitations.invite(
            organisation=asked.organisation,
            email=mine.email,
            role=MembershipRole.CONTACT,
            by=other_office,
            at=AT,
        )
    with pytest.raises(NotAllowed):
        partnerships.accept(asked=second, by=other_office, at=AT)
    assert not can_edit_organisation(other_office, asked.organisation)


@pytest.mark.parametrize("name", ["City of Ljubljana", "CITY OF LJUBLJANA", "City  of Ljubljána"])
def test_second_organisation_of_one_name_is_refused(
    scene: Scene, other_office: Any, name: str
) -> None:
    programme = other_office.memberships.get().organisation.coordinated_programmes.get()
    wanted = new(scene, name=name, city=scene.host_city, native_name="")
    before = Event.objects.count()
    with pytest.raises(NameTaken) as refused:
        partnerships.ask_new(**wanted | {"programme": programme, "by": other_office})
    assert refused.value.other == scene.host_authority
    assert Event.objects.count() == before


def test_same_name_in_another_country_is_another_organisation(scene: Scene) -> None:
    asked = partnerships.ask_new(**new(scene, name="City of Ljubljana"))
    assert asked.organisation.city.country != scene.host_city.country


def test_puppet_does_not_act_for_a_city_where_others_do(scene: Scene, other_office: Any) -> None:
    programme = other_office.memberships.get().organisation.coordinated_programmes.get()
    wanted = new(scene, name="Puppet", city=scene.host_city, native_name="")
    asked = partnerships.ask_new(**wanted | {"programme": programme, "by": other_office})
    assert not asked.organisation.active_in.exists()
    assert asked.organisation.city_claims.get().city == scene.host_city
    assert told(Message.CITY_CLAIM) == {scene.host.email, scene.union.email}
