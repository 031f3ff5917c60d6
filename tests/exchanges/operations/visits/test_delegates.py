from typing import Any

import pytest

from exchanges.models import Delegate, Event, StudyVisit
from exchanges.operations.visits import delegates
from exchanges.permissions import NotAllowed
from tests.factories import (
    AT,
    Scene,
    make_agreed_visit,
    make_completed_visit,
    make_confirmed_visit,
    make_proposed_visit,
    make_scene,
)

pytestmark = pytest.mark.django_db
PERSON = {
    "name": "Мария Петрова",
    "function": "Head",
    "email": "m@example.org",
    "languages": ["bg"],
}


def add(visit: StudyVisit, scene: Scene, **fields: Any) -> Delegate:
    call: dict[str, Any] = {"organisation": scene.guest_authority, "by": scene.owner, **PERSON}
    return delegates.add(visit=visit, at=AT, **{**call, **fields})


def test_a_contact_names_delegates_once_agreed() -> None:
    scene = make_scene()
    visit = make_agreed_visit(scene)
    delegate = add(visit, scene)
    assert (delegate.name, delegate.organisation) == ("Мария Петрова", scene.guest_authority)


@pytest.mark.parametrize("make", [make_proposed_visit, make_completed_visit])
def test_before_and_after_nobody_is_named(make: Any) -> None:
    scene = make_scene()
    with pytest.raises(delegates.DelegatesClosed):
        add(make(scene), scene)
    assert not Delegate.objects.exists()


def test_an_address_takes_part_once_whatever_its_case() -> None:
    scene = make_scene()
    visit = make_confirmed_visit(scene)
    add(visit, scene)
    events = Event.objects.count()
    with pytest.raises(delegates.DelegateTwice):
        add(visit, scene, email="M@Example.org", organisation=scene.host_union, by=scene.union)
    assert Delegate.objects.count() == 1
    assert Event.objects.count() == events


@pytest.mark.parametrize("person", ["colleague", "host", "office", "stranger"])
def test_nobody_else_names_them(person: str) -> None:
    scene = make_scene()
    with pytest.raises(NotAllowed):
        add(make_confirmed_visit(scene), scene, by=getattr(scene, person))


def test_a_delegate_can_be_changed_and_removed() -> None:
    scene = make_scene()
    delegate = add(make_confirmed_visit(scene), scene)
    changed = {**PERSON, "function": "Deputy"}
    delegates.edit(delegate=delegate, by=scene.owner, at=AT, **changed)  # type: ignore[arg-type]
    assert Delegate.objects.get().function == "Deputy"
    delegates.remove(delegate=delegate, by=scene.owner, at=AT)
    assert not Delegate.objects.exists()


def test_the_record_of_a_delegate_holds_no_personal_data() -> None:
    scene = make_scene()
    add(make_confirmed_visit(scene), scene)
    event = Event.objects.order_by("-number")[0]
    assert set(event.data) == {"delegate", "organisation"}
