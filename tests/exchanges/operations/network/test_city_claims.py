"""For which cities an organisation acts, and who consents."""

from __future__ import annotations

import pytest

from exchanges.enums import AskedState, Message
from exchanges.models import CityClaim, Organisation, OutboxMessage
from exchanges.operations.answers import AnsweredAlready
from exchanges.operations.network import city_claims
from exchanges.permissions import NotAllowed, can_edit_city, can_edit_city_profile
from tests.factories import Scene, make_city, make_contact, make_organisation, make_programme
from tests.moment import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer(scene: Scene) -> Organisation:
    return make_organisation("Newcomer", city=scene.host_city, active_in=[])


def claim(newcomer: Organisation, scene: Scene) -> CityClaim:
    city_claims.act_for_cities(newcomer, [scene.host_city], by=scene.office, at=AT)
    return newcomer.city_claims.get()


def test_first_organisation_of_a_city_acts_at_once(scene: Scene) -> None:
    city = make_city()
    organisation = make_organisation(city=city, active_in=[])
    assert city_claims.act_for_cities(organisation, [city], by=scene.office, at=AT)
    assert list(organisation.active_in.all()) == [city]
    assert not CityClaim.objects.exists()


def test_asking_twice_is_one_question(newcomer: Organisation, scene: Scene) -> None:
    claim(newcomer, scene)
    assert not city_claims.act_for_cities(newcomer, [scene.host_city], by=scene.office, at=AT)
    assert newcomer.city_claims.count() == 1


def test_city_that_is_no_longer_named_is_no_longer_asked_for(
    newcomer: Organisation, scene: Scene
) -> None:
    asked = claim(newcomer, scene)
    city_claims.act_for_cities(newcomer, [], by=scene.office, at=AT)
    asked.refresh_from_db()
    assert asked.state == AskedState.WITHDRAWN
    assert not OutboxMessage.objects.filter(kind=Message.CITY_CLAIM).exists()


def test_contact_of_the_city_consents(newcomer: Organisation, scene: Scene) -> None:
    person = make_contact(newcomer)
    assert not can_edit_city_profile(person, scene.host_city)
    asked = claim(newcomer, scene)
    city_claims.consent(claim=asked, by=scene.union, at=AT)
    assert can_edit_city_profile(person, scene.host_city)
    answered = OutboxMessage.objects.get(kind=Message.CITY_CLAIM_ANSWERED)
    assert answered.recipient == person
    with pytest.raises(AnsweredAlready):
        city_claims.refuse(claim=asked, by=scene.host, at=AT, reason="No")


def test_refused_organisation_does_not_act(newcomer: Organisation, scene: Scene) -> None:
    city_claims.refuse(claim=claim(newcomer, scene), by=scene.host, at=AT, reason="Unknown to us.")
    assert not newcomer.active_in.exists()


def test_own_contact_other_city_and_office_do_not_consent(
    newcomer: Organisation, scene: Scene
) -> None:
    asked = claim(newcomer, scene)
    for person in (make_contact(newcomer), scene.owner, scene.office, scene.colleague):
        with pytest.raises(NotAllowed):
            city_claims.consent(claim=asked, by=person, at=AT)


def test_home_office_consents_for_an_organisation_without_contacts(scene: Scene) -> None:
    city = make_city()
    make_organisation(city=city, home_office=scene.programme.coordinator)
    newcomer = make_organisation("Newcomer", city=city, active_in=[])
    city_claims.act_for_cities(newcomer, [city], by=scene.office, at=AT)
    city_claims.consent(claim=newcomer.city_claims.get(), by=scene.office, at=AT)
    assert list(newcomer.active_in.all()) == [city]


def test_facts_of_a_city_are_edited_by_home_offices(scene: Scene) -> None:
    other = make_contact(make_programme(slug="other").coordinator)
    assert can_edit_city(scene.office, scene.host_city)
    assert not can_edit_city(other, scene.host_city)
    unused = make_city(added_by=other.memberships.get().organisation)
    assert can_edit_city(other, unused)
    assert not can_edit_city(scene.office, unused)
