import pytest

from exchanges.enums import MembershipRole
from exchanges.models import Event, Organisation, User
from exchanges.operations.people import people
from exchanges.operations.people.people import LastContact, NotAMember
from exchanges.permissions import NotAllowed
from tests.factories import AT, Scene, make_contact

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


def test_set_roles_gives_exactly_these(scene: Scene) -> None:
    set_roles(scene, scene.colleague, [CONTACT, SIGNATORY], scene.owner)
    assert rows(scene.colleague, scene.guest_authority) == [
        ("contact", "Mayor"),
        ("signatory", "Mayor"),
    ]
    event = Event.objects.get(verb="roles_changed")
    assert event.data == {"person": scene.colleague.pk, "roles": ["contact", "signatory"]}


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
        set_roles(scene, scene.owner, [SIGNATORY], by)
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
