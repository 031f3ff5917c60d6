"""Finding hosts and guests: what officials see, change, compare and take along."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exchanges.models import (
    Auditor,
    Blackout,
    City,
    CityWish,
    LearningNeed,
    MatchingWeights,
    Practice,
    StudyVisit,
    TopicLevel,
)
from tests.factories import (
    AT,
    Scene,
    make_city,
    make_organisation,
    make_partner,
    make_scene,
    make_topic,
    make_user,
)
from tests.moment import USUAL, Clock, moved

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
NAMES = re.compile(r'<h3><a href="/cities/([^/]+)/">')
OUT = re.compile(r'<li class="ruled-out" id="city-([^"]+)">')
KINDS = ("learning", "language", "dates", "travel", "novelty", "mix", "reciprocity")


@pytest.fixture
def scene() -> Scene:
    """Pordenone needs one-stop shops; Ljubljana is three levels ahead, Graz one and near."""
    scene = make_scene(slug="umn")
    LearningNeed.objects.create(city=scene.guest_city, topic=scene.topic, weight=3)
    TopicLevel.objects.create(city=scene.host_city, topic=scene.topic, level=3)
    City.objects.filter(pk=scene.host_city.pk).update(latitude=64.1, longitude=-21.9)
    add_city(scene, "graz", level=1, country="AT")
    return scene


@pytest.fixture
def owner(client: Client, scene: Scene) -> Client:
    client.force_login(scene.owner)
    return client


def add_city(scene: Scene, slug: str, *, level: int = 3, **fields: Any) -> City:
    city = make_city(slug, **fields)
    TopicLevel.objects.create(city=city, topic=scene.topic, level=level)
    make_partner(scene.programme, make_organisation(f"City of {slug.title()}", city=city))
    return city


def text(response: Any) -> str:
    return " ".join(str(response.content.decode()).split())


def hosts(response: Any) -> list[str]:
    return NAMES.findall(text(response))


# the list


def test_list_ranks_hosts_and_says_why(owner: Client) -> None:
    page = owner.get("/programmes/umn/match/")
    assert hosts(page) == ["ljubljana", "graz"]
    words = text(page)
    assert "Who can teach Pordenone?" in words
    assert "2 cities can host you" in words
    assert "Three levels ahead of you on one stop shop" in words
    assert "How 8" in words
    assert "our judgement" in words


def test_ruled_out_cities_stand_below_with_their_reasons(owner: Client, scene: Scene) -> None:
    words = text(owner.get("/programmes/umn/match/"))
    assert OUT.findall(words) == ["athens", scene.programme.coordinator.city.slug]
    assert "<strong>Athens</strong>: Is not ahead of you on this topic." in words
    assert "coordinates the programme and neither hosts nor travels" in words
    assert words.count(">What would change it<") == 2


def test_topic_stands_in_the_heading(owner: Client) -> None:
    page = owner.get("/programmes/umn/match/?topic=one-stop-shop")
    assert "Who can teach Pordenone about one stop shop?" in text(page)


def test_guests_are_ranked_for_a_host(client: Client, scene: Scene) -> None:
    client.force_login(scene.host)
    page = client.get("/programmes/umn/match/guests/?topic=one-stop-shop")
    assert "Who can learn from Ljubljana about one stop shop?" in text(page)
    assert "You are three levels ahead on one stop shop" in text(page)
    assert "pordenone" in hosts(page)


def test_practices_that_a_host_would_show_come_before_all_others(
    owner: Client, scene: Scene
) -> None:
    for slug in ("named", "other"):
        practice = Practice.objects.create(slug=slug, title=f"Desk {slug}")
        practice.topics.add(scene.topic)
        practice.organisations.add(scene.host_union)
    words = text(owner.get("/programmes/umn/match/"))
    assert "Desk named" in words
    assert "Desk other" in words
    level = TopicLevel.objects.get(city=scene.host_city)
    level.practices.add(Practice.objects.get(slug="named"))
    words = text(owner.get("/programmes/umn/match/"))
    assert "Desk named" in words
    assert "Desk other" not in words


def test_every_component_has_its_points_and_their_most_in_words(owner: Client) -> None:
    words = text(owner.get("/programmes/umn/match/"))
    points = re.findall(r'<td class="number">(\d+) of (\d+)</td>', words)
    first, [together] = points[:7], points[7:8]
    assert sum(int(most) for _, most in first) == 1000
    assert sum(int(got) for got, _ in first) == int(together[0])


# weights


def test_weight_reorders_and_is_kept_in_the_address(owner: Client) -> None:
    near = "/programmes/umn/match/?learning=0&travel=100"
    assert hosts(owner.get(near)) == ["graz", "ljubljana"]
    part = owner.get(near, headers=HTMX)
    assert hosts(part) == ["graz", "ljubljana"]
    assert part["HX-Push-Url"] == "/programmes/umn/match/?learning=0&travel=100"
    assert "<html" not in text(part)


def test_part_for_htmx_is_a_piece_of_the_whole_page(owner: Client) -> None:
    asked = "/programmes/umn/match/?topic=one-stop-shop&travel=60&with=graz"
    whole, part = text(owner.get(asked)), text(owner.get(asked, headers=HTMX))
    results = part.split('<div id="match-lead"')[0].strip()
    assert results in whole
    assert 'value="graz" id="with-graz" checked' in results


def test_page_from_history_is_whole(owner: Client) -> None:
    headers = {**HTMX, "HX-History-Restore-Request": "true"}
    assert "<html" in text(owner.get("/programmes/umn/match/?travel=60", headers=headers))


def test_short_address_names_only_what_was_changed(owner: Client) -> None:
    usual = "&".join(f"{kind}={value}" for kind, value in
                     zip(KINDS, (46, 12, 10, 8, 8, 8, 8), strict=True))  # fmt: skip
    part = owner.get(
        f"/programmes/umn/match/?topic=&country=&speaks=&month=&view=&{usual}", headers=HTMX
    )
    assert part["HX-Push-Url"] == "/programmes/umn/match/"
    part = owner.get(f"/programmes/umn/match/?topic=one-stop-shop&{usual}&mix=9", headers=HTMX)
    assert part["HX-Push-Url"] == "/programmes/umn/match/?topic=one-stop-shop&mix=9"


def test_programmes_weights_are_where_the_sliders_stand(owner: Client, scene: Scene) -> None:
    MatchingWeights.objects.create(
        programme=scene.programme, learning=0, language=0, dates=0, travel=5, novelty=1, mix=0,
        reciprocity=0,
    )  # fmt: skip
    page = owner.get("/programmes/umn/match/")
    assert hosts(page) == ["graz", "ljubljana"]
    shares = re.findall(r'name="(\w+)" id="id_\w+" min="0" max="100" step="1" value="(\d+)"',
                        text(page))  # fmt: skip
    assert dict(shares) == dict.fromkeys(KINDS, "0") | {"travel": "83", "novelty": "17"}


@pytest.mark.parametrize("bad", ["-1", "101", "9" * 5000, "abc", "NaN", "1e3", "46.5", "\0", " "])
def test_weight_that_cannot_be_is_refused_at_its_field_and_kept(owner: Client, bad: str) -> None:
    page = owner.get("/programmes/umn/match/", {"learning": bad, "topic": "one-stop-shop"})
    assert page.status_code == 200
    words = text(page)
    assert "Learning: Give a whole number from 0 to 100." in words
    assert 'type="text" inputmode="numeric" name="learning"' in words
    if bad.isalnum():
        assert f'value="{bad}"' in words
    assert hosts(page) == ["ljubljana", "graz"]
    assert "Who can teach Pordenone about one stop shop?" in words


def test_all_weights_at_zero_leave_the_list_as_it_was(owner: Client) -> None:
    nothing = "/programmes/umn/match/?" + "&".join(f"{kind}=0" for kind in KINDS)
    before = {"HX-Current-URL": "http://testserver/programmes/umn/match/?learning=0&travel=100"}
    part = owner.get(nothing, headers=HTMX | before)
    assert "Something has to count: give at least one of them a weight." in text(part)
    assert hosts(part) == ["graz", "ljubljana"]
    assert part["HX-Push-Url"] == "false"
    plain = owner.get(
        nothing,
        headers={"Referer": "http://testserver/programmes/umn/match/?travel=100&learning=0"},
    )
    assert hosts(plain) == ["graz", "ljubljana"]
    assert hosts(owner.get(nothing)) == ["ljubljana", "graz"]


@pytest.mark.parametrize("before", ["http://[bad", "x" * 9000, "http://t/?learning=abc", ""])
def test_strange_page_before_does_no_harm(owner: Client, before: str) -> None:
    nothing = "/programmes/umn/match/?" + "&".join(f"{kind}=0" for kind in KINDS)
    assert hosts(owner.get(nothing, headers=HTMX | {"HX-Current-URL": before})) == [
        "ljubljana", "graz",
    ]  # fmt: skip


def test_mended_weight_opens_the_page_anew(owner: Client) -> None:
    before = {"HX-Current-URL": "http://testserver/programmes/umn/match/?learning=abc"}
    part = owner.get("/programmes/umn/match/?learning=30", headers=HTMX | before)
    assert part["HX-Redirect"] == "/programmes/umn/match/?learning=30"


# filters


def test_filter_says_what_it_hides_and_offers_to_clear(owner: Client) -> None:
    page = owner.get("/programmes/umn/match/?country=AT&travel=60")
    assert hosts(page) == ["graz"]
    words = text(page)
    assert "The filter hides 2 cities." in words
    assert '<a href="/programmes/umn/match/?travel=60">Clear the filter</a>' in words


def test_filter_that_leaves_nobody_offers_to_clear(owner: Client) -> None:
    words = text(owner.get("/programmes/umn/match/?speaks=en&country=GR"))
    assert "No city fits this filter" in words


@pytest.mark.moment(USUAL)
def test_month_keeps_those_who_are_free_in_it(owner: Client, scene: Scene) -> None:
    Blackout.objects.create(
        city=scene.host_city, start_date=moved(date(2027, 3, 1)), end_date=moved(date(2027, 3, 31))
    )
    assert hosts(owner.get("/programmes/umn/match/?month=2027-03")) == ["graz"]
    assert hosts(owner.get("/programmes/umn/match/?month=2027-04")) == ["ljubljana", "graz"]


@pytest.mark.parametrize(
    "query",
    [
        "topic=nothing&country=XX&speaks=zz&month=2027-99&city=nowhere",
        "topic=%00&country=%00&month=%00&with=%00&of=%00",
        "topic=a&topic=b&country=AT&country=GR&with=a&with=b",
        "topic=one-stop-shop,nothing",
        "show=999999999999999999999&view=nothing",
        "show=-1&page=9&side=nothing",
        "topic=" + "x" * 5000,
        "city=Αθήνα&topic=София",
    ],
)
@pytest.mark.parametrize(
    "path",
    [
        "/programmes/umn/match/",
        "/programmes/umn/match/guests/",
        "/programmes/umn/match/compare/",
        "/programmes/umn/match/why/",
    ],
)
def test_what_is_not_understood_is_left_out(owner: Client, path: str, query: str) -> None:
    assert owner.get(f"{path}?{query}").status_code == 200
    assert owner.get(f"{path}?{query}", headers=HTMX).status_code == 200


def test_long_list_comes_in_pieces_of_twenty(owner: Client, scene: Scene) -> None:
    for number in range(22):
        add_city(scene, f"more-{number}", country="AT")
    page = owner.get("/programmes/umn/match/?travel=60")
    assert len(hosts(page)) == 20
    assert "Show 4 more" in text(page)
    assert 'href="/programmes/umn/match/?travel=60&amp;show=40"' in text(page)
    assert len(hosts(owner.get("/programmes/umn/match/?travel=60&show=40"))) == 24


# for which city


def test_organisation_of_several_cities_chooses(owner: Client, scene: Scene) -> None:
    trieste = make_city("trieste", country="IT")
    scene.guest_authority.active_in.add(trieste)
    assert "Who can teach Pordenone?" in text(owner.get("/programmes/umn/match/"))
    page = text(owner.get("/programmes/umn/match/?city=trieste"))
    assert "Who can teach Trieste?" in page
    assert '<option value="trieste" selected>Trieste</option>' in page


def test_members_look_for_their_own_city_only(owner: Client) -> None:
    page = text(owner.get("/programmes/umn/match/?city=graz"))
    assert "Who can teach Pordenone?" in page
    assert "For which city?" not in page


@pytest.mark.parametrize("who", ["office", "auditor"])
def test_office_and_auditors_look_for_any_city_and_invite_nobody(
    client: Client, scene: Scene, who: str
) -> None:
    auditor = make_user("auditor@example.org")
    Auditor.objects.create(
        programme=scene.programme, user=auditor, given_by=scene.office, given_at=AT
    )
    client.force_login(scene.office if who == "office" else auditor)
    page = client.get("/programmes/umn/match/?city=pordenone")
    assert "Who can teach Pordenone?" in text(page)
    assert hosts(page) == ["ljubljana", "graz"]
    assert "/visits/propose/" not in text(page)


def test_member_without_a_say_looks_and_invites_nobody(client: Client, scene: Scene) -> None:
    client.force_login(scene.colleague)
    page = client.get("/programmes/umn/match/")
    assert hosts(page) == ["ljubljana", "graz"]
    assert "/visits/propose/" not in text(page)


def test_nobody_is_matched_while_no_programme_runs(
    owner: Client, scene: Scene, clock: Clock
) -> None:
    clock.move_to(AT + timedelta(days=3000))
    owner.force_login(scene.owner)
    for path in (
        "/programmes/umn/match/",
        "/programmes/umn/match/guests/",
        "/programmes/umn/match/compare/",
        "/programmes/umn/match/why/",
    ):
        page = owner.get(path)
        assert page.status_code == 200
        assert "Nobody can be matched now" in text(page)


def test_posting_is_not_allowed(owner: Client) -> None:
    for path in (
        "/programmes/umn/match/",
        "/programmes/umn/match/guests/",
        "/programmes/umn/match/compare/",
        "/programmes/umn/match/why/",
    ):
        assert owner.post(path).status_code == 405


def test_link_in_the_frame_is_for_the_programme(client: Client, scene: Scene) -> None:
    for who, is_there in (("owner", True), ("colleague", True), ("office", True),
                          ("stranger", False)):  # fmt: skip
        client.force_login(getattr(scene, who))
        assert ('href="/match/"' in text(client.get("/"))) is is_there


def test_own_city_that_told_nothing_is_led_to_its_profile(client: Client, scene: Scene) -> None:
    client.force_login(scene.partner)
    words = text(client.get("/programmes/umn/match/"))
    assert "No city fits now" in words
    assert 'href="/cities/athens/"' in words


def test_veto_of_another_city_is_not_told(owner: Client, scene: Scene) -> None:
    CityWish.objects.create(
        city=scene.host_city, other=scene.guest_city, kind="veto", reason="Secret quarrel",
        said_by=scene.host, said_at=AT,
    )  # fmt: skip
    words = text(owner.get("/programmes/umn/match/"))
    assert "Is not offered to you: the programme office can tell you more" in words
    assert "Secret quarrel" not in words
    assert "Ask the programme office." in text(owner.get("/programmes/umn/match/why/?of=ljubljana"))


# map


def test_map_marks_possible_and_ruled_out_and_has_its_list_beside(owner: Client) -> None:
    words = text(owner.get("/programmes/umn/match/?view=map"))
    assert words.count('class="city possible"') == 2
    assert words.count('class="city ruled-out"') == 1
    assert words.count('class="city own"') == 1
    assert ">1 Ljubljana" in words
    assert 'href="#city-ljubljana"' in words
    assert 'id="city-ljubljana"' in words
    assert OUT.findall(words)[0] == "athens"


# compare


@pytest.mark.moment(USUAL)
def test_comparison_shows_points_dates_and_organisations(owner: Client) -> None:
    words = text(owner.get("/programmes/umn/match/compare/?with=ljubljana&with=graz&with=athens"))
    assert words.count('<th scope="row"><svg') == 7
    assert "Is not ahead of you on this topic" in words
    assert "City of Ljubljana" in words
    assert "22–24 December 2026" in words
    assert words.count(">Invite ") == 2


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Choose two or three cities to compare."),
        ("with=graz", "Choose two or three cities to compare."),
        ("with=graz&with=graz", "Choose two or three cities to compare."),
        ("with=graz&with=nowhere", "One of these cities is not in the programme."),
        ("with=graz&with=pordenone", "One of these cities is not in the programme."),
        ("with=graz&with=athens&with=ljubljana&with=nowhere", "Three cities at most"),
    ],
)
def test_comparison_of_too_few_or_too_many_says_so(owner: Client, query: str, words: str) -> None:
    page = owner.get(f"/programmes/umn/match/compare/?{query}")
    assert page.status_code == 200
    assert words in text(page)


def test_comparison_of_four_says_so(owner: Client, scene: Scene) -> None:
    add_city(scene, "wels", country="AT")
    page = owner.get(
        "/programmes/umn/match/compare/?with=graz&with=athens&with=ljubljana&with=wels"
    )
    assert "Three cities at most stand side by side." in text(page)


# why not


def test_why_not_names_each_gate_and_what_would_change_it(owner: Client, scene: Scene) -> None:
    athens = City.objects.get(slug="athens")
    athens.profile.hosting_capacity = 0
    athens.profile.working_languages = ["el"]
    athens.profile.save()
    topic = make_topic("gender")
    TopicLevel.objects.create(city=athens, topic=topic, level=4)
    words = text(owner.get("/programmes/umn/match/why/?of=athens"))
    assert "Why not Athens?" in words
    assert "3 things are in the way. All of them would have to change." in words
    assert "Its profile says 0 visits a year. One more would be enough." in words
    assert "It works in Greek. If one of you offers interpretation, you can meet." in words
    assert 'of=athens&amp;topic=gender">Gender</a>' in words


def test_why_not_for_one_topic_holds_for_another(owner: Client, scene: Scene) -> None:
    topic = make_topic("gender")
    TopicLevel.objects.create(city=City.objects.get(slug="athens"), topic=topic, level=4)
    assert "One thing is in the way." in text(owner.get("/programmes/umn/match/why/?of=athens"))
    assert "Athens is possible" in text(
        owner.get("/programmes/umn/match/why/?of=athens&topic=gender")
    )


@pytest.mark.moment(USUAL)
def test_why_not_names_weeks_that_one_side_could_free(owner: Client, scene: Scene) -> None:
    Blackout.objects.create(
        city=scene.host_city, start_date=moved(date(2026, 1, 1)), end_date=moved(date(2028, 1, 1))
    )
    words = text(owner.get("/programmes/umn/match/why/?of=ljubljana"))
    assert "You would meet if they were free on 22–24 December 2026" in words


def test_why_of_a_possible_city_says_where_it_stands(owner: Client) -> None:
    words = text(owner.get("/programmes/umn/match/why/?of=graz"))
    assert "Graz is possible" in words
    assert "It has rank 2 with" in words
    assert "Invite Graz" in words


def test_why_not_the_coordinators_city(owner: Client, scene: Scene) -> None:
    city = scene.programme.coordinator.city
    words = text(owner.get(f"/programmes/umn/match/why/?of={city.slug}"))
    assert f"Why not {city}?" in words
    assert "would have to join the programme as a partner" in words


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("", "Choose a city to see what is in the way"),
        ("nowhere", "No city of this programme is called so."),
        ("pordenone", "This is your own city."),
    ],
)
def test_why_of_no_other_city_offers_the_choice(owner: Client, slug: str, words: str) -> None:
    page = text(owner.get(f"/programmes/umn/match/why/?of={slug}"))
    assert words in page
    assert '<option value="graz">' in page


# invite


@pytest.mark.moment(USUAL)
def test_invite_leads_into_the_proposal_with_all_filled_in(owner: Client, scene: Scene) -> None:
    found = re.search(r'href="(/programmes/umn/visits/propose/[^"]+)">Invite<span[^>]+> Ljubljana',
                      text(owner.get("/programmes/umn/match/?month=2027-05")))  # fmt: skip
    assert found
    link = found[1].replace("&amp;", "&")
    assert parse_qs(urlsplit(link).query) == {
        "organisation": [scene.guest_authority.slug], "side": ["guest"],
        "city": ["pordenone"], "host": ["ljubljana"],
        "topic": ["one-stop-shop"], "month": ["2027-05"],
    }  # fmt: skip
    assert owner.get(link).status_code == 200
    assert not StudyVisit.objects.exists()
    owner.post(link, {"organisation": scene.guest_authority.slug, "side": "guest"})
    visit = StudyVisit.objects.get()
    assert (visit.host_city, list(visit.topics.all())) == (scene.host_city, [scene.topic])
    assert {each.start_date.month for each in visit.date_options.all()} == {5}


def test_invite_of_guests_begins_as_host(client: Client, scene: Scene) -> None:
    client.force_login(scene.host)
    words = text(client.get("/programmes/umn/match/guests/"))
    assert f"/programmes/umn/visits/propose/?organisation={scene.host_authority.slug}&amp;" in words
    assert "&amp;side=host&amp;city=ljubljana&amp;guest=pordenone" in words


# cost


def queries_of(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    "url",
    ["/programmes/umn/match/", "/programmes/umn/match/?view=map",
     "/programmes/umn/match/guests/", "/programmes/umn/match/why/?of=graz",
     "/programmes/umn/match/compare/?with=graz&with=ljubljana"],
)  # fmt: skip
def test_number_of_queries_does_not_grow_with_the_cities(
    owner: Client, scene: Scene, url: str
) -> None:
    few = queries_of(owner, url)
    for number in range(4):
        add_city(scene, f"more-{number}", country="AT")
    assert queries_of(owner, url) == few
