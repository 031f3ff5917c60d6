"""The partner directory and the practices: what everybody may read, and what not."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from i18nfield.strings import LazyI18nString

from exchanges.enums import OrganisationKind
from exchanges.models import Organisation, Practice
from tests.factories import (
    Scene,
    make_city,
    make_completed_visit,
    make_confirmed_visit,
    make_draft,
    make_organisation,
    make_partner,
    make_scene,
    make_topic,
)

pytestmark = pytest.mark.django_db

BY_PLACE = ["City of Athens", "City of Pordenone", "ETUC", "City of Ljubljana", "NSDS"]
BY_NAME = ["City of Athens", "City of Ljubljana", "City of Pordenone", "ETUC", "NSDS"]


@pytest.fixture
def scene() -> Scene:
    scene = make_scene()
    coordinator = scene.programme.coordinator
    coordinator.name = "ETUC"
    coordinator.save()
    return scene


def make_practice(
    organisation: Organisation, title: str = "One-stop shop", **fields: Any
) -> Practice:
    number = Practice.objects.count() + 1
    told = {"slug": f"practice-{number}", "title": title, **fields}
    practice = Practice.objects.create(**told)
    practice.organisations.set([organisation])
    return practice


def names_on(client: Client, query: str) -> list[str]:
    page = client.get(f"/partners/?{query}").context["page"]
    return [each.name for each in page.object_list]


def queries_of(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("country=GR", ["City of Athens"]),
        ("kind=trade_union", ["ETUC", "NSDS"]),
        ("language=it", ["City of Pordenone"]),
        ("text=ljubljana", ["City of Ljubljana", "NSDS"]),
        ("text=union+free", []),
        ("text=NSDS&country=SI&language=sl", ["NSDS"]),
        ("sort=name", BY_NAME),
        ("", BY_PLACE),
        ("country=XX&sort=up", BY_PLACE),
    ],
)
def test_partner_list_is_narrowed_by_its_address(
    client: Client, scene: Scene, query: str, expected: list[str]
) -> None:
    assert names_on(client, query) == expected


def test_partner_list_finds_what_an_organisation_can_show(client: Client, scene: Scene) -> None:
    make_practice(scene.host_union).topics.set([scene.topic])
    assert names_on(client, "topic=one-stop-shop") == ["NSDS"]


def test_partner_list_finds_cities_where_an_organisation_is_active(
    client: Client, scene: Scene
) -> None:
    sofia, malina = make_city("sofia", country="BG"), make_city("dolna-malina", country="BG")
    union = make_organisation("CITUB", city=sofia, active_in=[sofia, malina])
    make_partner(scene.programme, union)
    assert names_on(client, "text=malina") == ["CITUB"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("αθηνα", ["City of Athens"]),
        ("ΑΘΗΝΑΣ", ["City of Athens"]),
        ("софия", ["Sofia Municipality"]),
        ("СОФИЙСКА ОБЩИНА", ["Sofia Municipality"]),
        ("liege", ["City of Liège"]),
    ],
)
def test_partner_list_is_searched_in_every_script_without_accents(
    client: Client, scene: Scene, typed: str, expected: list[str]
) -> None:
    athens = Organisation.objects.get(name="City of Athens")
    athens.native_name = "Δήμος Αθηναίων, πόλη της Αθήνας"
    athens.save()
    sofia = make_city("sofia", names=LazyI18nString({"en": "Sofia", "bg": "София"}))
    bulgarian = make_organisation("Sofia Municipality", city=sofia, native_name="Софийска община")
    belgian = make_organisation("City of Liège", city=make_city("liege-on-meuse", country="BE"))
    for organisation in (bulgarian, belgian):
        make_partner(scene.programme, organisation)
    assert names_on(client, f"text={typed}") == expected


def test_partner_list_leaves_out_organisations_without_a_programme(
    client: Client, scene: Scene
) -> None:
    assert "Elsewhere" not in names_on(client, "sort=name")


def test_partner_list_says_what_to_do_when_nothing_fits(client: Client, scene: Scene) -> None:
    assert "Show all partners" in client.get("/partners/?text=zzzz").content.decode()


def test_partner_list_has_pages_of_24(client: Client, scene: Scene) -> None:
    for number in range(30):
        make_partner(scene.programme, make_organisation(f"Many {number:02}", city=scene.host_city))
    assert len(names_on(client, "text=many")) == 24
    assert len(names_on(client, "text=many&page=2")) == 6
    assert len(names_on(client, "text=many&page=900")) == 6


@pytest.mark.parametrize("url", ["/partners/?text=union", "/partners/", "/practices/?text=shop"])
def test_htmx_gets_the_part_of_the_page_that_a_reload_shows(
    client: Client, scene: Scene, url: str
) -> None:
    make_practice(scene.host_union)
    whole = client.get(url)
    part = client.get(url, headers={"HX-Request": "true"})
    assert "HX-Request" in whole["Vary"]
    assert part.content.decode().strip() in whole.content.decode()
    assert "<html" not in part.content.decode()
    assert "organisation" in part.content.decode() or "practice" in part.content.decode()


HOSTILE = [
    "<script>alert(1)</script>",
    "\x00",
    "a\x07b",
    "\N{RIGHT-TO-LEFT OVERRIDE}gnp.exe",
    "x" * 100_000,
    "%' OR 1=1 --",
    "%_%",
]


@pytest.mark.parametrize("url", ["/partners/", "/practices/"])
@pytest.mark.parametrize("text", HOSTILE)
def test_list_survives_hostile_filters(client: Client, scene: Scene, url: str, text: str) -> None:
    for name in ("text", "country", "topic", "language", "sort", "page", "kind", "seen"):
        response = client.get(url, {name: text})
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()


def test_percent_signs_are_searched_as_they_are(client: Client, scene: Scene) -> None:
    assert names_on(client, "text=%25") == []


def test_partner_list_takes_the_same_number_of_queries_for_more_rows(
    client: Client, scene: Scene
) -> None:
    before = queries_of(client, "/partners/")
    for number in range(3):
        organisation = make_organisation(f"More {number}")
        make_practice(organisation, f"More {number}").topics.set([make_topic()])
        make_partner(scene.programme, organisation)
    assert queries_of(client, "/partners/") == before


def test_practice_list_takes_the_same_number_of_queries_for_more_rows(
    client: Client, scene: Scene
) -> None:
    make_practice(scene.host_union).topics.set([scene.topic])
    before = queries_of(client, "/practices/")
    for number in range(2):
        make_practice(make_organisation(), f"More {number}").topics.set([make_topic(), scene.topic])
    assert queries_of(client, "/practices/") == before


@pytest.mark.parametrize("page", ["city", "organisation", "practice"])
def test_page_takes_the_same_number_of_queries_for_more_rows(
    client: Client, scene: Scene, page: str
) -> None:
    url = {
        "city": "/cities/ljubljana/",
        "organisation": f"/organisations/{scene.host_authority.slug}/",
        "practice": "/practices/practice-1/",
    }[page]
    client.force_login(scene.host)
    practice = make_practice(scene.host_authority)
    practice.seen_on.add(make_confirmed_visit(scene))
    before = queries_of(client, url)
    for number in range(2):
        organisation = make_organisation(f"More {number}", city=scene.host_city)
        make_partner(scene.programme, organisation)
        make_practice(scene.host_authority, f"More {number}")
        practice.organisations.add(organisation)
        practice.seen_on.add(make_confirmed_visit(scene))
    assert queries_of(client, url) == before


def test_organisation_page_names_contacts_to_partners_of_the_programme_only(
    client: Client, scene: Scene
) -> None:
    url = f"/organisations/{scene.host_union.slug}/"
    seen = {}
    for role in ("anonymous", "stranger", "colleague", "owner", "partner", "office"):
        client.logout()
        if role != "anonymous":
            client.force_login(getattr(scene, role))
        page = client.get(url).content.decode()
        seen[role] = ">Union<" in page
        assert scene.union.email not in page
    assert seen == {
        "anonymous": False,
        "stranger": False,
        "colleague": True,
        "owner": True,
        "partner": True,
        "office": True,
    }


def test_organisation_page_shows_the_visits_that_its_reader_may_see(
    client: Client, scene: Scene
) -> None:
    make_draft(scene)
    confirmed = make_confirmed_visit(scene)
    url = f"/organisations/{scene.host_authority.slug}/"
    shown = {}
    for role in ("anonymous", "stranger", "partner", "host"):
        client.logout()
        if role != "anonymous":
            client.force_login(getattr(scene, role))
        shown[role] = [each.pk for each in client.get(url).context["visits"]]
    assert shown == {
        "anonymous": [],
        "stranger": [],
        "partner": [confirmed.pk],
        "host": [confirmed.pk],
    }


def test_city_page_marks_sample_data(client: Client, scene: Scene) -> None:
    assert "Not published by the programme" not in client.get("/cities/ljubljana/").content.decode()
    scene.host_city.topic_levels.create(topic=scene.topic, level=4, is_sample=True)
    page = client.get("/cities/ljubljana/").content.decode()
    assert "4: ahead of most" in page
    assert page.count("Not published by the programme") == 1


@pytest.mark.parametrize(
    "url", ["/cities/nowhere/", "/organisations/nobody/", "/practices/nothing/"]
)
def test_unknown_page_is_not_found(client: Client, url: str) -> None:
    assert client.get(url).status_code == 404


def test_names_follow_the_language(client: Client, scene: Scene) -> None:
    scene.host_city.names = LazyI18nString({"en": "Ljubljana", "it": "Lubiana"})
    scene.host_city.save()
    scene.host_authority.native_name = "Mestna občina Ljubljana"
    scene.host_authority.save()
    italian = client.get("/cities/ljubljana/", headers={"Accept-Language": "it"}).content.decode()
    assert "<h1>Lubiana</h1>" in italian
    assert "City of Ljubljana" in italian
    slovene = client.get("/cities/ljubljana/", headers={"Accept-Language": "sl"}).content.decode()
    assert '<bdi lang="sl">Mestna občina Ljubljana</bdi>' in slovene


def test_what_people_wrote_is_escaped(client: Client, scene: Scene) -> None:
    bad = "<script>alert(1)</script>"
    scene.host_authority.about = scene.host_authority.name = bad
    scene.host_authority.save()
    make_practice(scene.host_authority, bad, description=bad, slug="bad-one")
    for url in (
        "/partners/",
        "/practices/",
        "/cities/ljubljana/",
        f"/organisations/{scene.host_authority.slug}/",
    ):
        page = client.get(url).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_practice_says_that_it_was_seen_to_those_who_may_see_the_visit(
    client: Client, scene: Scene
) -> None:
    practice = make_practice(scene.host_authority)
    practice.seen_on.add(make_completed_visit(scene))
    assert list(client.get("/practices/?seen=on").context["page"].object_list) == []
    client.force_login(scene.partner)
    assert list(client.get("/practices/?seen=on").context["page"].object_list) == [practice]
    assert client.get(f"/practices/{practice.slug}/").context["visits"].count() == 1


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("topic=one-stop-shop", ["Shop"]),
        ("country=IT", ["Course"]),
        ("language=sl", ["Shop"]),
        ("text=pordenone", ["Course"]),
        ("text=lubs", []),
        ("sort=title", ["Course", "Shop"]),
    ],
)
def test_practice_list_is_narrowed_by_its_address(
    client: Client, scene: Scene, query: str, expected: list[str]
) -> None:
    make_practice(scene.host_authority, "Shop").topics.set([scene.topic])
    make_practice(scene.guest_authority, "Course")
    page = client.get(f"/practices/?{query}").context["page"]
    assert [each.title for each in page.object_list] == expected


def test_practice_leads_a_contact_to_a_proposal(client: Client, scene: Scene) -> None:
    practice = make_practice(scene.host_authority)
    url = f"/practices/{practice.slug}/"
    assert not client.get(url).context["propose_url"]
    client.force_login(scene.colleague)
    assert not client.get(url).context["propose_url"]
    client.force_login(scene.owner)
    link = f"/programmes/{scene.programme.slug}/visits/propose/?practice={practice.slug}"
    assert link in client.get(url).content.decode()


@pytest.mark.parametrize("url", ["/partners/", "/practices/", "/cities/ljubljana/"])
def test_public_pages_are_for_reading(client: Client, scene: Scene, url: str) -> None:
    assert client.post(url).status_code == 405


def test_kinds_of_organisations_are_all_choices(client: Client, scene: Scene) -> None:
    page = client.get("/partners/").content.decode()
    assert all(f'value="{kind}"' in page for kind in OrganisationKind)


def test_practice_of_two_cities_leads_to_each_of_them(client: Client, scene: Scene) -> None:
    practice = make_practice(scene.host_authority)
    practice.topics.set([scene.topic])
    practice.organisations.add(scene.guest_authority)
    client.force_login(scene.partner)
    page = client.get(f"/practices/{practice.slug}/").content.decode()
    assert "?host=ljubljana&amp;topic=one-stop-shop" in page
    assert "?host=pordenone&amp;topic=one-stop-shop" in page
