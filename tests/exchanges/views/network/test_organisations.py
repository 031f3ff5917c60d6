"""Contacts edit their organisation, city and practices; two of them at once, and badly."""

from typing import Any

import pytest
from django.test import Client
from i18nfield.strings import LazyI18nString

from exchanges.models import Event, Practice
from tests.factories import (
    Scene,
    make_city,
    make_completed_visit,
    make_organisation,
    make_topic,
)

pytestmark = pytest.mark.django_db

ROLES = ("anonymous", "stranger", "colleague", "partner", "owner", "office")
OWN = {
    "anonymous": 302,
    "stranger": 403,
    "colleague": 403,
    "partner": 403,
    "owner": 200,
    "office": 403,
}
HOSTILE = [
    "\x00",
    "a\x07b",
    "\N{RIGHT-TO-LEFT OVERRIDE}gnp.exe",
    "x" * 100_000,
]


@pytest.fixture
def practice(scene: Scene) -> Practice:
    practice = Practice.objects.create(slug="bureau", title="Bureau")
    practice.organisations.set([scene.guest_authority])
    practice.topics.set([scene.topic])
    return practice


def statuses(client: Client, scene: Scene, url: str, method: str = "get") -> dict[str, int]:
    found = {}
    for role in ROLES:
        client.logout()
        if role != "anonymous":
            client.force_login(getattr(scene, role))
        found[role] = getattr(client, method)(url).status_code
    return found


def opened(client: Client, url: str) -> dict[str, Any]:
    """What a browser would send back untouched."""
    form = client.get(url).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {
        name: value for name, value in values.items() if value is not None and value is not False
    }


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("url", ["/organisations/{slug}/edit/", "/practices/bureau/edit/"])
def test_page_is_edited_by_its_contacts(
    client: Client, scene: Scene, practice: Practice, url: str, method: str
) -> None:
    address = url.format(slug=scene.guest_authority.slug)
    assert statuses(client, scene, address, method) == OWN


def test_practice_is_added_by_contacts_of_any_organisation(client: Client, scene: Scene) -> None:
    expected = OWN | {"stranger": 200, "partner": 200, "office": 200}
    assert statuses(client, scene, "/practices/add/") == expected


def test_practice_is_deleted_by_its_contacts(
    client: Client, scene: Scene, practice: Practice
) -> None:
    assert statuses(client, scene, "/practices/bureau/delete/") == OWN
    client.force_login(scene.owner)
    assert client.post("/practices/bureau/delete/").status_code == 302
    assert not Practice.objects.exists()
    assert Event.objects.latest("number").verb == "delete"


def test_practice_seen_on_a_visit_stays(client: Client, scene: Scene, practice: Practice) -> None:
    practice.seen_on.add(make_completed_visit(scene))
    client.force_login(scene.owner)
    page = client.post("/practices/bureau/delete/").content.decode()
    assert "seen on a visit" in page
    assert Practice.objects.exists()


def test_own_organisation_is_found_without_a_slug_and_saved_with_it(
    client: Client, scene: Scene
) -> None:
    client.force_login(scene.owner)
    led = client.get("/organisation/")
    assert led["Location"] == f"/organisations/{scene.guest_authority.slug}/edit/"
    assert client.post("/organisation/", {"about": "We receive."}).status_code == 405
    client.force_login(scene.colleague)
    assert client.get("/organisation/").status_code == 403


def test_organisation_is_saved_and_recorded(client: Client, scene: Scene) -> None:
    client.force_login(scene.owner)
    url = f"/organisations/{scene.guest_authority.slug}/edit/"
    sent = opened(client, url) | {"about": "We receive.", "website": "comune.example"}
    assert client.post(url, sent).status_code == 302
    scene.guest_authority.refresh_from_db()
    assert scene.guest_authority.about == "We receive."
    assert scene.guest_authority.website == "https://comune.example"
    event = Event.objects.latest("number")
    assert (event.verb, event.subject_type) == ("edit", "organisation")
    assert event.data == {"changed": ["website", "about"]}


def test_saving_without_a_change_records_nothing(client: Client, scene: Scene) -> None:
    client.force_login(scene.owner)
    url = f"/organisations/{scene.guest_authority.slug}/edit/"
    client.post(url, opened(client, url))
    assert not Event.objects.exists()


def test_city_where_others_act_is_asked_for(client: Client, scene: Scene) -> None:
    client.force_login(scene.owner)
    url = f"/organisations/{scene.guest_authority.slug}/edit/"
    empty = make_city("empty")
    sent = opened(client, url) | {"active_in": [scene.host_city.pk, empty.pk]}
    client.post(url, sent)
    assert set(scene.guest_authority.active_in.all()) == {scene.guest_city, empty}
    assert scene.guest_authority.city_claims.get().city == scene.host_city
    assert "has to agree first" in client.get(url).content.decode()


def test_name_of_another_organisation_is_refused_and_what_was_typed_stays(
    client: Client, scene: Scene
) -> None:
    client.force_login(scene.owner)
    url = f"/organisations/{scene.guest_authority.slug}/edit/"
    make_organisation("Comune d’Italia", city=scene.guest_city)
    page = client.post(url, opened(client, url) | {"name": "COMUNE D’ITALIA", "about": "We are."})
    assert "has this name already" in page.content.decode()
    assert page.context["form"]["about"].value() == "We are."


def test_second_tab_is_told_and_keeps_what_was_typed(client: Client, scene: Scene) -> None:
    client.force_login(scene.owner)
    url = f"/organisations/{scene.guest_authority.slug}/edit/"
    first, second = opened(client, url), opened(client, url)
    client.post(url, first | {"about": "First"})
    response = client.post(url, second | {"about": "Second"})
    assert response.status_code == 200
    page = response.content.decode()
    assert "Somebody else saved this" in page
    assert "Second</textarea>" in page
    assert [(str(label), words) for label, words in response.context["form"].saved_meanwhile] == [
        ("About", "First")
    ]
    again = response.context["form"]
    sent = second | {"about": "Second", "revision": again["revision"].value()}
    assert client.post(url, sent).status_code == 302
    scene.guest_authority.refresh_from_db()
    assert scene.guest_authority.about == "Second"


def test_second_tab_of_a_practice_is_told(client: Client, scene: Scene, practice: Practice) -> None:
    client.force_login(scene.owner)
    other = make_topic("housing")
    url = "/practices/bureau/edit/"
    first, second = opened(client, url), opened(client, url)
    client.post(url, first | {"topics": [other.pk]})
    response = client.post(url, second | {"title": "Second"})
    assert [(str(label), words) for label, words in response.context["form"].saved_meanwhile] == [
        ("Title", "Bureau"),
        ("Topics", "Housing"),
    ]
    practice.refresh_from_db()
    assert practice.title == "Bureau"


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("field", ["name", "native_name", "acronym", "about", "website"])
def test_organisation_refuses_hostile_text_and_keeps_the_rest(
    client: Client, scene: Scene, field: str, text: str
) -> None:
    client.force_login(scene.owner)
    url = f"/organisations/{scene.guest_authority.slug}/edit/"
    sent = opened(client, url) | {"acronym": "KEPT", field: text}
    response = client.post(url, sent)
    assert response.status_code == 200
    assert response.context["form"].errors[field]
    if field != "acronym":
        assert 'value="KEPT"' in response.content.decode()
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "ftp://example.org", "data:text/html,x", "https://"]
)
def test_website_is_an_address_of_the_web(client: Client, scene: Scene, address: str) -> None:
    client.force_login(scene.owner)
    url = f"/organisations/{scene.guest_authority.slug}/edit/"
    response = client.post(url, opened(client, url) | {"website": address})
    assert response.context["form"].errors["website"]


def test_script_is_text_like_any_other(client: Client, scene: Scene) -> None:
    client.force_login(scene.owner)
    bad = "<script>alert(1)</script>"
    sent = {
        "title": bad,
        "description": bad,
        "language": "en",
        "topics": [scene.topic.pk],
        "organisations": [scene.guest_authority.pk],
    }
    assert client.post("/practices/add/", sent).status_code == 302
    practice = Practice.objects.get()
    assert (practice.title, practice.slug) == (bad, "scriptalert1script")
    page = client.get(f"/practices/{practice.slug}/").content.decode()
    assert "<script>alert" not in page


def new_practice(scene: Scene, **fields: Any) -> dict[str, Any]:
    told = {"title": "Γραφείο", "language": "el", "topics": [scene.topic.pk]}
    return told | {"organisations": [scene.guest_authority.pk]} | fields


def test_practice_is_added_once_by_a_double_click(client: Client, scene: Scene) -> None:
    client.force_login(scene.owner)
    assert client.post("/practices/add/", new_practice(scene)).status_code == 302
    second = client.post("/practices/add/", new_practice(scene))
    assert "has a practice with this title already" in second.content.decode()
    practice = Practice.objects.get()
    assert practice.slug == "practice"
    assert list(practice.organisations.all()) == [scene.guest_authority]


def test_practice_called_add_does_not_hide_behind_the_form(client: Client, scene: Scene) -> None:
    client.force_login(scene.owner)
    client.post("/practices/add/", new_practice(scene, title="Add"))
    assert Practice.objects.get().slug == "add-2"


def test_practice_is_not_put_in_the_name_of_others(client: Client, scene: Scene) -> None:
    client.force_login(scene.owner)
    sent = new_practice(scene, organisations=[scene.host_authority.pk])
    assert client.post("/practices/add/", sent).context["form"].errors["organisations"]
    assert not Practice.objects.exists()


def test_practice_keeps_the_organisations_of_others(
    client: Client, scene: Scene, practice: Practice
) -> None:
    practice.organisations.add(scene.host_authority)
    client.force_login(scene.owner)
    url = "/practices/bureau/edit/"
    sent = opened(client, url) | {"organisations": [], "title": "Only theirs"}
    assert client.post(url, sent).status_code == 302
    assert list(practice.organisations.all()) == [scene.host_authority]


def test_practice_without_anybody_is_refused(
    client: Client, scene: Scene, practice: Practice
) -> None:
    client.force_login(scene.owner)
    url = "/practices/bureau/edit/"
    response = client.post(url, opened(client, url) | {"organisations": []})
    assert "at least one organisation" in response.content.decode()
    assert practice.organisations.exists()


def test_topics_stand_in_the_order_of_the_readers_language(client: Client, scene: Scene) -> None:
    make_topic("a", names=LazyI18nString({"en": "Żoo", "it": "Asilo"}))
    make_topic("b", names=LazyI18nString({"en": "Árbitration", "it": "Zona"}))
    client.force_login(scene.owner)
    shown = {}
    for language in ("en", "it"):
        form = client.get("/practices/add/", headers={"Accept-Language": language}).context["form"]
        shown[language] = [str(label) for _pk, label in form.fields["topics"].choices]
    assert shown["en"] == ["Árbitration", "One stop shop", "Żoo"]
    assert shown["it"] == ["Asilo", "One stop shop", "Zona"]


def test_organisation_is_saved_once_by_a_double_click(client: Client, scene: Scene) -> None:
    client.force_login(scene.owner)
    url = f"/organisations/{scene.guest_authority.slug}/edit/"
    sent = opened(client, url) | {"about": "Twice"}
    assert [client.post(url, sent).status_code for _time in range(2)] == [302, 302]
    assert Event.objects.count() == 1
