"""A form asks once about a name that looks like another."""

from typing import Any

import pytest
from django.test import Client
from i18nfield.strings import LazyI18nString

from exchanges.models import City, Organisation
from tests.factories import Scene, make_city

pytestmark = pytest.mark.django_db

FALSE_LIEGE = "L\u0456ège"  # a Cyrillic i


def sent_city(name: str, **more: Any) -> dict[str, Any]:
    place = {"country": "BE", "latitude": "50.6", "longitude": "5.6", "languages": ["fr"]}
    return {"names_en": name, "time_zone": "Europe/Brussels", **place, **more}


@pytest.fixture
def office(client: Client, scene: Scene) -> Client:
    names = LazyI18nString({"en": "Liège", "bg": "Лиеж"})
    make_city("liege", country="BE", names=names, latitude=50.63, longitude=5.57)
    client.force_login(scene.office)
    return client


def test_a_city_that_looks_like_another_is_added_after_a_tick(office: Client) -> None:
    page = office.post("/office/cities/add/", sent_city(FALSE_LIEGE))
    form = page.context["form"]
    boxes = form.fields["checked_names"].choices

    assert [words for _value, words in boxes] == [
        f"“{FALSE_LIEGE}” is right: the word “{FALSE_LIEGE}” has letters of several alphabets.",
        f"“{FALSE_LIEGE}” is right: it looks like “Liège”, and is another name.",
    ]
    assert form["names_en"].value() == FALSE_LIEGE
    assert not City.objects.filter(names__contains=FALSE_LIEGE).exists()

    ticked = [value for value, _words in boxes]
    half = office.post("/office/cities/add/", sent_city(FALSE_LIEGE, checked_names=ticked[:1]))
    assert half.status_code == 200
    whole = office.post("/office/cities/add/", sent_city(FALSE_LIEGE, checked_names=ticked))
    assert whole.status_code == 302


def test_a_tick_counts_for_the_name_beside_it_only(office: Client) -> None:
    page = office.post("/office/cities/add/", sent_city(FALSE_LIEGE))
    ticked = [value for value, _words in page.context["form"].fields["checked_names"].choices]
    other = office.post("/office/cities/add/", sent_city("Li\u0435ge", checked_names=ticked))

    assert other.status_code == 200
    assert "Liе" in other.content.decode()


def test_a_plain_name_is_not_asked_about(office: Client) -> None:
    assert office.post("/office/cities/add/", sent_city("Namur")).status_code == 302


def test_a_name_that_stays_is_not_asked_about_again(office: Client, scene: Scene) -> None:
    names = LazyI18nString({"en": FALSE_LIEGE})
    make_city("false", country="BE", names=names, added_by=scene.programme.coordinator)
    form = office.get("/office/cities/false/").context["form"]
    sent = sent_city(FALSE_LIEGE, latitude="50.7", revision=form["revision"].value())

    assert office.post("/office/cities/false/", sent).status_code == 302
    assert City.objects.get(slug="false").latitude == 50.7


def test_an_organisation_that_takes_the_look_of_another_is_asked(
    client: Client, scene: Scene
) -> None:
    name = scene.host_authority.name.replace("a", "\u0430").replace("o", "\u043e")
    url = f"/organisations/{scene.guest_authority.slug}/edit/"
    client.force_login(scene.owner)
    form = client.get(url).context["form"]
    values = {each: form[each].value() for each in form.fields}
    sent = {each: value for each, value in values.items() if value is not None} | {"name": name}
    page = client.post(url, sent)

    boxes = page.context["form"].fields["checked_names"].choices
    assert any(scene.host_authority.name in words for _value, words in boxes)
    ticked = [value for value, _words in boxes]
    assert client.post(url, sent | {"checked_names": ticked}).status_code == 302
    assert Organisation.objects.get(pk=scene.guest_authority.pk).name == name


def test_a_city_beside_another_is_added_after_a_tick(office: Client) -> None:
    there = City.objects.get(slug="liege")
    beside = {"latitude": str(there.latitude + 0.0269), "longitude": str(there.longitude)}
    page = office.post("/office/cities/add/", sent_city("Herstal", **beside))
    assert page.context["form"].fields["checked_names"].choices == [
        ("near / liege", "The place is right: Liège, within 3 km of it, is another city.")
    ]
    ticked = beside | {"checked_names": ["near / liege"]}
    office.post("/office/cities/add/", sent_city("Herstal", **ticked))
    assert City.objects.filter(slug="herstal").exists()


def test_a_city_beyond_three_kilometres_needs_no_tick(office: Client) -> None:
    there = City.objects.get(slug="liege")
    away = {"latitude": str(there.latitude + 0.0271), "longitude": str(there.longitude)}
    office.post("/office/cities/add/", sent_city("Herstal", **away))
    assert City.objects.filter(slug="herstal").exists()


def test_a_city_that_stays_where_it_is_needs_no_tick(office: Client, scene: Scene) -> None:
    there = City.objects.get(slug="liege")
    City.objects.update(added_by=scene.programme.coordinator)
    make_city("herstal", latitude=there.latitude, longitude=there.longitude)
    page = office.get("/office/cities/liege/")
    sent = sent_city("Liège", latitude=str(there.latitude), longitude=str(there.longitude))
    sent |= {"names_bg": "Лиеж", "revision": page.context["form"]["revision"].value()}
    assert office.post("/office/cities/liege/", sent | {"holiday_region": "X"}).status_code == 302
