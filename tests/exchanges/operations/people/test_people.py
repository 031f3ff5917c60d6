import pytest

from exchanges.enums import MembershipRole
from exchanges.models import Event, Organisation, User
from exchanges.operations.people import people
from exchanges.operations.people.people import (
    LastContact,
    LastSignatory,
    NotAMember,
    SignatoryIsProposed,
)
from exchanges.permissions import NotAllowed
from tests.factories import AT, Scene, make_contact, make_signatory

pytestmark = pytest.mark.django_db
CONTACT, SIGNATORY = MembershipRole.CONTACT, MembershipRole.SIGNATORY


def set_roles(scene: Scene, person: User, roles: list[MembershipRole], by: User) -> None:
    people.set_roles(
        person=person,
        organisation=scene.guest_authority,
        roles=roles,
        function="Mayor",
        by=by,
        at=AT,
    )


def rows(person: User, organisation: Organisation) -> list[tuple[str, str]]:
    found = person.memberships.filter(organisation=organisation)
    return sorted(found.values_list("role", "function"))


def test_set_roles_makes_a_contact(scene: Scene) -> None:
    set_roles(scene, scene.colleague, [CONTACT], scene.owner)
    assert rows(scene.colleague, scene.guest_authority) == [("contact", "Mayor")]
    event = Event.objects.get(verb="roles_changed")
    assert event.data == {"person": scene.colleague.pk, "roles": ["contact"]}


def test_set_roles_makes_no_signatory(scene: Scene) -> None:
    with pytest.raises(SignatoryIsProposed):
        set_roles(scene, scene.colleague, [CONTACT, SIGNATORY], scene.owner)
    assert rows(scene.colleague, scene.guest_authority) == [("member", "")]


def test_set_roles_leaves_a_signatory_one_under_the_confirmed_function(scene: Scene) -> None:
    person = make_signatory(scene.guest_authority)
    person.memberships.update(function="As confirmed")
    set_roles(scene, person, [CONTACT], scene.owner)
    assert rows(person, scene.guest_authority) == [
        ("contact", "Mayor"),
        ("signatory", "As confirmed"),
    ]


def test_last_signatory_does_not_leave_alone(scene: Scene) -> None:
    person = make_signatory(scene.guest_authority)
    about = {"organisation": scene.guest_authority, "by": scene.owner, "at": AT}
    with pytest.raises(LastSignatory):
        people.end_membership(person=person, **about)
    make_signatory(scene.guest_authority)
    people.end_membership(person=person, **about)
    assert rows(person, scene.guest_authority) == []


def test_new_name_of_an_account_leaves_an_event_without_it(scene: Scene) -> None:
    for _ in range(2):
        people.save_account(person=scene.owner, name="New Name", language="it", at=AT)
    event = Event.objects.get()
    assert (event.verb, event.subject_id, event.data) == ("name_changed", scene.owner.pk, {})


def test_set_roles_without_any_leaves_a_member(scene: Scene) -> None:
    other = make_contact(scene.guest_authority)
    set_roles(scene, other, [], scene.owner)
    assert rows(other, scene.guest_authority) == [("member", "Mayor")]


def test_set_roles_without_a_change_writes_no_event(scene: Scene) -> None:
    set_roles(scene, scene.owner, [CONTACT], scene.owner)
    assert not Event.objects.exists()
    assert rows(scene.owner, scene.guest_authority) == [("contact", "Mayor")]


def test_set_roles_of_who_does_not_belong_is_refused(scene: Scene) -> None:
    with pytest.raises(NotAMember):
        set_roles(scene, scene.stranger, [CONTACT], scene.owner)


@pytest.mark.parametrize("who", ["colleague", "partner", "stranger"])
def test_set_roles_is_refused_to_others(scene: Scene, who: str) -> None:
    with pytest.raises(NotAllowed):
        set_roles(scene, scene.colleague, [CONTACT], getattr(scene, who))


def test_last_contact_stays(scene: Scene) -> None:
    by = scene.owner
    with pytest.raises(LastContact):
        set_roles(scene, scene.owner, [], by)
    with pytest.raises(LastContact):
        people.end_membership(person=scene.owner, organisation=scene.guest_authority, by=by, at=AT)
    assert rows(scene.owner, scene.guest_authority) == [("contact", "")]


def test_closed_account_does_not_count_as_contact(scene: Scene) -> None:
    make_contact(scene.guest_authority, is_active=False)
    with pytest.raises(LastContact):
        set_roles(scene, scene.owner, [], scene.owner)


def test_contact_leaves_when_another_stays(scene: Scene) -> None:
    make_contact(scene.guest_authority)
    people.end_membership(
        person=scene.owner, organisation=scene.guest_authority, by=scene.owner, at=AT
    )
    assert rows(scene.owner, scene.guest_authority) == []
    assert Event.objects.get(verb="membership_ended").data == {"person": scene.owner.pk}
