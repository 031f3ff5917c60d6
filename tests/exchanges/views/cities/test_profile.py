"""What a city tells of itself: part by part, two persons at once, badly, and what follows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from exchanges.enums import PartnerRole, WishKind
from exchanges.models import (
    Blackout,
    CityProfile,
    CityWish,
    Event,
    LearningNeed,
    ParticipationCredit,
    Practice,
    TopicLevel,
)
from exchanges.words import formats
from tests.factories import (
    AT,
    Scene,
    make_city,
    make_organisation,
    make_partner,
    make_programme,
    make_topic,
)
from tests.moment import USUAL, moved, posted

pytestmark = pytest.mark.django_db

PROFILE = "/cities/pordenone/edit/"
HOSTILE = ["\x00", "a\x07b", "\N{RIGHT-TO-LEFT OVERRIDE}gnp.exe", "x" * 100_000]


JUNE = {number: posted(f"2027-06-{number:02}") for number in range(1, 10)}


def june(first: int, last: int) -> str:
    return formats.day_range(moved(date(2027, 6, first)), moved(date(2027, 6, last)))


@pytest.fixture
def owner(client: Client, scene: Scene) -> Client:
    client.force_login(scene.owner)
    return client


def opened(client: Client, part: str) -> dict[str, Any]:
    """What a browser would send back untouched."""
    form = client.get(f"{PROFILE}{part}/").context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {
        name: value for name, value in values.items() if value is not None and value is not False
    }


def send(client: Client, part: str, **changes: Any) -> Any:
    return client.post(f"{PROFILE}{part}/", opened(client, part) | changes)


def verbs() -> list[str]:
    return list(Event.objects.order_by("number").values_list("verb", flat=True))


# ---------- the list of parts ----------


def test_profile_lists_its_parts_with_what_is_told(owner: Client, scene: Scene) -> None:
    LearningNeed.objects.create(city=scene.guest_city, topic=scene.topic, weight=3, is_sample=True)
    context = owner.get(PROFILE).context
    found = {task.part.value: (task.is_done, task.said) for task in context["tasks"]}
    assert found == {
        "languages": (True, "English and Italian"),
        "capacities": (True, "Hosts 2 visits a year; Makes 2 visits a year"),
        "levels": (False, ""),
        "needs": (True, "One stop shop"),
        "dates": (False, ""),
        "wishes": (False, ""),
    }
    assert (context["done"], context["needed"]) == (3, 4)
    assert context["following"].part == "levels"
    assert [task.part for task in context["tasks"] if task.is_sample] == ["needs"]


def test_whoever_saves_goes_on_to_the_next_part_or_back(owner: Client) -> None:
    sent = opened(owner, "languages")
    for then, target in (("next", f"{PROFILE}capacities/"), ("later", PROFILE)):
        answer = owner.post(f"{PROFILE}languages/", sent | {"then": then})
        assert (answer.status_code, answer["Location"]) == (302, target)
    answer = send(owner, "dates", then="next")
    assert answer["Location"] == f"{PROFILE}wishes/"


def test_part_that_is_none_is_not_found(owner: Client) -> None:
    assert owner.get(f"{PROFILE}nothing/").status_code == 404
    assert owner.get("/cities/nowhere/edit/").status_code == 404


def test_second_tab_is_told_about_the_same_part_only(owner: Client, scene: Scene) -> None:
    topic = f"topic_{scene.topic.slug}"
    changes: dict[str, dict[str, Any]] = {
        "languages": {"working_languages": ["it", "fr"]},
        "capacities": {"hosting_capacity": 5},
        "levels": {topic: 4},
        "needs": {topic: 2},
        "dates": {"start_0": JUNE[1], "end_0": posted("2027-06-02")},
    }
    first = {part: opened(owner, part) for part in changes}
    for part, change in changes.items():
        assert owner.post(f"{PROFILE}{part}/", first[part] | change).status_code == 302
    for part, change in changes.items():
        typed = {**first[part], **change}
        name = next(iter(change))
        typed[name] = {"dates": posted("2027-05-30"), "languages": ["it"]}.get(part, 1)
        answer = owner.post(f"{PROFILE}{part}/", typed)
        assert answer.status_code == 200, part
        assert "Somebody else saved this" in answer.content.decode()
        assert len(answer.context["form"].saved_meanwhile) == 1
        again = typed | {"revision": answer.context["form"]["revision"].value()}
        assert owner.post(f"{PROFILE}{part}/", again).status_code == 302
    assert Blackout.objects.get().start_date == moved(date(2027, 5, 30))


def test_sample_mark_goes_from_what_was_changed_only(owner: Client, scene: Scene) -> None:
    housing, city = make_topic("housing"), scene.guest_city
    CityProfile.objects.filter(city=city).update(is_sample=True)
    for topic in (scene.topic, housing):
        city.topic_levels.create(topic=topic, level=1, is_sample=True)
        city.learning_needs.create(topic=topic, weight=1, is_sample=True)
    kept = {
        "start_date": moved(date(2027, 2, 1)),
        "end_date": moved(date(2027, 2, 2)),
        "is_sample": True,
    }
    city.blackouts.create(**kept)
    send(owner, "levels", topic_housing=3)
    send(owner, "needs", topic_housing="")
    send(owner, "dates", rows="2", start_1=posted("2027-03-01"), end_1=posted("2027-03-01"))
    levels = {row.topic.slug: (row.level, row.is_sample) for row in city.topic_levels.all()}
    assert levels == {"housing": (3, False), scene.topic.slug: (1, True)}
    assert [row.is_sample for row in city.learning_needs.all()] == [True]
    assert [row.is_sample for row in city.blackouts.all()] == [True, False]
    assert CityProfile.objects.get(city=city).is_sample
    send(owner, "capacities", delegation_size=4)
    assert not CityProfile.objects.get(city=city).is_sample
    assert verbs() == ["set_levels", "set_needs", "set_blackouts", "edit"]


def test_saving_without_a_change_records_nothing(owner: Client, scene: Scene) -> None:
    TopicLevel.objects.create(city=scene.guest_city, topic=scene.topic, level=2, is_shown=False)
    for part in ("languages", "capacities", "levels", "needs", "dates"):
        assert send(owner, part).status_code == 302
    assert verbs() == []


def test_city_without_a_profile_gets_one(owner: Client, scene: Scene) -> None:
    CityProfile.objects.all().delete()
    assert owner.get(PROFILE).status_code == 200
    assert send(owner, "capacities", hosting_capacity=3).status_code == 302
    assert CityProfile.objects.get(city=scene.guest_city).hosting_capacity == 3


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("capacities", {"hosting_capacity": -1}),
        ("capacities", {"hosting_capacity": "9" * 40}),
        ("capacities", {"places_for_guests": "NaN"}),
        ("capacities", {"delegation_size": ""}),
        ("languages", {"working_languages": ["xx"]}),
        ("levels", {"topic_one-stop-shop": 6}),
        ("levels", {"topic_one-stop-shop": "1", "practices_one-stop-shop": ["9" * 30]}),
        ("needs", {"topic_one-stop-shop": 0}),
        ("needs", {"topic_one-stop-shop": "Infinity"}),
        ("dates", {"rows": "many"}),
    ],
)
def test_part_refuses_what_is_out_of_range(
    owner: Client, scene: Scene, part: str, change: dict[str, Any]
) -> None:
    practice = Practice.objects.create(slug="desk", title="One desk")
    practice.organisations.set([scene.guest_authority])
    practice.topics.set([scene.topic])
    answer = send(owner, part, **change)
    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()
    assert verbs() == []


# ---------- what it knows ----------


@pytest.fixture
def practices(scene: Scene) -> dict[str, Practice]:
    """Of the city on the topic, on another topic, and of another city."""
    found = {}
    for slug, organisation, topic in (
        ("own", scene.guest_authority, scene.topic),
        ("aside", scene.guest_authority, make_topic("housing")),
        ("theirs", scene.host_authority, scene.topic),
    ):
        practice = Practice.objects.create(slug=slug, title=f"Πρακτική {slug}")
        practice.organisations.set([organisation])
        practice.topics.set([topic])
        found[slug] = practice
    return found


def test_practices_of_the_city_on_the_topic_can_be_shown(
    owner: Client, practices: dict[str, Practice]
) -> None:
    form = owner.get(f"{PROFILE}levels/").context["form"]
    offered = {row.topic.slug: row.practices and row.practices.field.choices for row in form.rows}
    assert offered == {
        "housing": [(str(practices["aside"].pk), "Πρακτική aside")],
        "one-stop-shop": [(str(practices["own"].pk), "Πρακτική own")],
    }
    told = {"topic_one-stop-shop": 3, "practices_one-stop-shop": [practices["own"].pk]}
    assert send(owner, "levels", **told).status_code == 302
    row = TopicLevel.objects.get()
    assert (row.level, row.is_shown, list(row.practices.all())) == (3, True, [practices["own"]])


@pytest.mark.parametrize("slug", ["aside", "theirs"])
def test_practice_of_others_or_on_another_topic_is_refused(
    owner: Client, practices: dict[str, Practice], slug: str
) -> None:
    told = {"topic_one-stop-shop": 3, "practices_one-stop-shop": [practices[slug].pk]}
    answer = send(owner, "levels", **told)
    assert "practices_one-stop-shop" in answer.context["form"].errors
    assert not TopicLevel.objects.exists()


def test_practice_needs_a_level_and_a_topic_that_is_shown(
    owner: Client, practices: dict[str, Practice]
) -> None:
    ticked = {"practices_one-stop-shop": [practices["own"].pk]}
    answer = send(owner, "levels", **ticked)
    assert "topic_one-stop-shop" in answer.context["form"].errors
    sent = opened(owner, "levels") | ticked | {"topic_one-stop-shop": 3}
    del sent["shown_one-stop-shop"]
    answer = owner.post(f"{PROFILE}levels/", sent)
    assert "shown_one-stop-shop" in answer.context["form"].errors


def test_topic_can_be_known_and_not_shown(owner: Client, scene: Scene) -> None:
    sent = opened(owner, "levels") | {"topic_one-stop-shop": 3}
    del sent["shown_one-stop-shop"]
    owner.post(f"{PROFILE}levels/", sent)
    assert not TopicLevel.objects.get().is_shown
    page = owner.get("/cities/pordenone/").content.decode()
    assert "3: well established · not shown to guests" in page


# ---------- dates ----------


def dates(client: Client, *rows: tuple[str, ...], **more: str) -> Any:
    sent = opened(client, "dates") | {"rows": str(len(rows))} | more
    for index, (first, last, *reason) in enumerate(rows):
        sent |= {f"start_{index}": first, f"end_{index}": last, f"reason_{index}": "".join(reason)}
    return client.post(f"{PROFILE}dates/", sent)


def test_blackouts_are_saved_recorded_without_reason_and_removed(
    owner: Client, scene: Scene
) -> None:
    answer = dates(owner, (JUNE[1], JUNE[5], "Festa di San Giovanni"), ("", ""))
    assert answer.status_code == 302
    row = scene.guest_city.blackouts.get()
    assert (row.start_date, row.reason) == (moved(date(2027, 6, 1)), "Festa di San Giovanni")
    event = Event.objects.latest("number")
    assert event.data == {"added": [[JUNE[1], JUNE[5]]], "removed": []}
    answer = dates(owner, (JUNE[1], JUNE[5]), remove_0="on")
    assert answer.status_code == 302
    assert not scene.guest_city.blackouts.exists()


@pytest.mark.parametrize(
    ("rows", "field", "words"),
    [
        (
            [(JUNE[5], JUNE[1])],
            "end_0",
            "The last day is before the first day.",
        ),
        ([(JUNE[5], "")], "end_0", "Give both days"),
        ([("", JUNE[5])], "start_0", "Give both days"),
        ([("", "", "Why")], "start_0", "Give both days"),
        ([(posted("2026-11-01"), posted("2026-11-03"))], "start_0", "These days are over."),
        ([(posted("2027-01-01"), posted("2028-06-01"))], "start_0", "at most a year"),
        (
            [(posted("2029-12-30"), posted("2029-12-31"))],
            "start_0",
            "after the end of your programmes",
        ),
        (
            [
                (JUNE[1], JUNE[5]),
                (JUNE[5], JUNE[9]),
            ],
            "start_1",
            f"Some of these days are in another blackout already: {june(1, 5)}.",
        ),
        (
            [
                (JUNE[3], JUNE[3]),
                (JUNE[1], JUNE[9]),
            ],
            "start_0",
            f"Some of these days are in another blackout already: {june(1, 9)}.",
        ),
        (
            [
                (JUNE[1], JUNE[5], "One"),
                (JUNE[1], JUNE[5], "Two"),
            ],
            "start_1",
            "Some of these days are in another",
        ),
        ([("not a day", JUNE[5])], "start_0", "Enter a valid date."),
        ([("2099-12-31", "2099-12-31")], "start_0", "after the end of your programmes"),
        ([("9999-12-31", "9999-12-31")], "start_0", "Enter a year from 1990 to 2099"),
    ],
)
def test_blackout_that_makes_no_sense_is_refused_at_its_row(
    owner: Client, rows: list[tuple[str, ...]], field: str, words: str
) -> None:
    answer = dates(owner, *rows)
    assert answer.status_code == 200
    [error] = answer.context["form"].errors[field]
    assert words in error
    for row in rows:
        for typed in filter(None, row):
            assert typed in answer.content.decode()
    assert not Blackout.objects.exists()


@pytest.mark.parametrize("text", HOSTILE)
def test_blackout_refuses_hostile_reasons_and_keeps_the_days(owner: Client, text: str) -> None:
    answer = dates(owner, (JUNE[1], JUNE[5], text))
    assert answer.context["form"].errors["reason_0"]
    assert f'value="{JUNE[1]}"' in answer.content.decode()


def test_reason_of_a_blackout_is_text_like_any_other(owner: Client) -> None:
    dates(owner, (JUNE[1], JUNE[5], '"><script>alert(1)</script>'))
    for address in (PROFILE, f"{PROFILE}dates/", "/cities/pordenone/"):
        assert "<script>alert" not in owner.get(address).content.decode()


def test_removed_row_need_not_hold(owner: Client) -> None:
    assert dates(owner, ("nonsense", ""), remove_0="on").status_code == 302
    assert not Blackout.objects.exists()


def test_past_blackouts_stay_where_they_are(owner: Client, scene: Scene) -> None:
    scene.guest_city.blackouts.create(
        start_date=moved(date(2026, 1, 1)), end_date=moved(date(2026, 1, 2))
    )
    assert owner.get(f"{PROFILE}dates/").context["form"].count == 1
    dates(owner, (JUNE[1], JUNE[5]))
    assert scene.guest_city.blackouts.count() == 2


def test_another_row_comes_with_and_without_javascript(owner: Client) -> None:
    sent = {"rows": "1", "start_0": JUNE[1], "reason_0": "Φεστιβάλ", "then": "add"}
    whole = owner.post(f"{PROFILE}dates/", sent)
    rows = owner.post(f"{PROFILE}dates/", sent, headers={"HX-Request": "true"})
    for answer in (whole, rows):
        assert answer.context["form"].count == 2
        assert f'value="{JUNE[1]}"' in answer.content.decode()
        assert "Φεστιβάλ" in answer.content.decode()
    assert "<h1" in whole.content.decode()
    assert "<h1" not in rows.content.decode()
    assert not Blackout.objects.exists()


@pytest.mark.parametrize("rows", ["9" * 30, "-4", "", "\N{SUPERSCRIPT TWO}", "41", "1000"])
def test_rows_are_never_more_than_forty(owner: Client, rows: str) -> None:
    answer = owner.post(f"{PROFILE}dates/", {"rows": rows, "then": "add"})
    assert answer.status_code == 200
    assert 1 <= answer.context["form"].count <= 40


def test_double_click_on_dates_is_one_change(owner: Client, scene: Scene) -> None:
    rows = [
        (posted("2027-08-01"), posted("2027-08-05")),
        (JUNE[1], JUNE[5]),
    ]
    before = opened(owner, "dates") | {"rows": "2"}
    for index, (first, last) in enumerate(rows):
        before |= {f"start_{index}": first, f"end_{index}": last}
    for _again in range(2):
        assert owner.post(f"{PROFILE}dates/", before).status_code == 302
    assert scene.guest_city.blackouts.count() == 2
    assert verbs() == ["set_blackouts"]


# ---------- wishes ----------


WISH: dict[str, Any] = {"other": "athens", "kind": "veto", "reason": "We met twice in vain"}


def test_wish_is_said_changed_and_taken_back(owner: Client, scene: Scene) -> None:
    assert send(owner, "wishes", **WISH).status_code == 302
    wish = CityWish.objects.get()
    assert (wish.other.slug, wish.kind, wish.said_by) == ("athens", WishKind.VETO, scene.owner)
    url = f"{PROFILE}wishes/athens/"
    form = owner.get(url).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    assert owner.post(url, sent | {"kind": "preference"}).status_code == 302
    wish.refresh_from_db()
    assert wish.kind == WishKind.PREFERENCE
    assert owner.post(f"{url}take-back/").status_code == 302
    assert not CityWish.objects.exists()
    assert owner.get(url).status_code == 404
    assert owner.post(f"{url}take-back/").status_code == 302
    assert verbs() == ["say_wish", "say_wish", "take_back_wish"]
    assert "vain" not in str(list(Event.objects.values_list("data", flat=True)))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"reason": "   "}, "reason"),
        ({"reason": "x" * 301}, "reason"),
        ({"reason": "\x00"}, "reason"),
        ({"kind": "hate"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"other": "pordenone"}, "other"),
        ({"other": "elsewhere"}, "other"),
        ({"other": ""}, "other"),
        ({"other": "\x00"}, "other"),
    ],
)
def test_wish_that_lacks_something_is_refused_and_kept(
    owner: Client, change: dict[str, Any], field: str
) -> None:
    make_city("elsewhere")
    answer = send(owner, "wishes", **(WISH | change))
    assert answer.status_code == 200
    assert answer.context["form"].errors[field]
    if field != "reason":
        assert "We met twice in vain" in answer.content.decode()
    assert not CityWish.objects.exists()


def test_double_click_on_a_wish_is_one_wish(owner: Client) -> None:
    """The second finds the city gone from the list, and what it sent on the page."""
    before = opened(owner, "wishes") | WISH
    assert owner.post(f"{PROFILE}wishes/", before).status_code == 302
    assert owner.post(f"{PROFILE}wishes/", before).status_code == 302
    assert CityWish.objects.count() == 1
    again = before | {"reason": "Another reason"}
    answer = owner.post(f"{PROFILE}wishes/", again)
    assert "has said something about Athens already" in answer.content.decode()
    assert CityWish.objects.get().reason == WISH["reason"]


def test_second_tab_of_a_wish_is_told(owner: Client) -> None:
    send(owner, "wishes", **WISH)
    url = f"{PROFILE}wishes/athens/"
    form = owner.get(url).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    owner.post(url, sent | {"reason": "First"})
    answer = owner.post(url, sent | {"reason": "Second"})
    assert answer.context["form"].saved_meanwhile == [("Why?", "First")]
    assert 'value="Second"' in answer.content.decode()


def test_veto_is_seen_by_the_own_contacts_only(client: Client, scene: Scene) -> None:
    said = {"reason": "Secretreason", "said_by": scene.owner, "said_at": AT}
    athens = scene.partner.memberships.get().organisation.city
    CityWish.objects.create(city=scene.guest_city, other=athens, kind=WishKind.VETO, **said)
    pages = ("/cities/pordenone/", "/cities/athens/", PROFILE, f"{PROFILE}wishes/")
    pages += (f"{PROFILE}wishes/athens/", "/cities/athens/edit/", "/cities/athens/edit/wishes/")
    seen = set()
    for role in ("stranger", "colleague", "partner", "host", "union", "owner", "office"):
        client.force_login(getattr(scene, role))
        for address in pages:
            page = client.get(address).content.decode()
            if "Secretreason" in page or "rather not: Athens" in page:
                seen.add((role, address))
    assert seen == {
        ("owner", address) for address in
        (PROFILE, f"{PROFILE}wishes/", f"{PROFILE}wishes/athens/")
    }  # fmt: skip


# ---------- what follows ----------


def ahead(scene: Scene) -> None:
    """The host knows what the guest wants to learn."""
    TopicLevel.objects.create(city=scene.host_city, topic=scene.topic, level=3)
    LearningNeed.objects.create(city=scene.guest_city, topic=scene.topic, weight=3)


def advised(client: Client) -> Any:
    [advice] = client.get(PROFILE).context["advices"]
    return advice


def test_profile_says_whom_the_city_can_meet(owner: Client, scene: Scene) -> None:
    ahead(scene)
    advice = advised(owner)
    assert advice.is_matchable
    guest, host = advice.sides
    assert guest.headline == "Pordenone can visit 1 host: Ljubljana"
    assert host.headline == "Nobody can visit Pordenone yet, because"
    assert "2 cities have not said what they want to learn" in host.why


def test_profile_says_why_nobody_can_be_met_and_what_would_help(
    owner: Client, scene: Scene
) -> None:
    ahead(scene)
    LearningNeed.objects.all().delete()
    guest = advised(owner).sides[0]
    assert guest.headline == "Pordenone cannot visit anybody yet, because"
    assert guest.why[0] == "You have not said yet what you want to learn"
    ways = {way.words: way.effect for way in guest.changes}
    assert ways == {"Say that you want to learn about one stop shop": "Opens 1 host: Ljubljana"}
    send(owner, "needs", **{f"topic_{scene.topic.slug}": 2})
    assert advised(owner).sides[0].partners == ("Ljubljana",)


@pytest.mark.moment(USUAL)
def test_weeks_that_the_city_closed_itself_are_offered_as_a_way(
    owner: Client, scene: Scene
) -> None:
    ahead(scene)
    whole = {"start_date": USUAL.date(), "end_date": moved(date(2027, 5, 2)), "reason": "Works"}
    Blackout.objects.create(city=scene.guest_city, **whole)
    rest = {"start_date": moved(date(2027, 5, 16)), "end_date": moved(date(2028, 3, 1))}
    Blackout.objects.create(city=scene.guest_city, **rest)
    host = {
        "start_date": moved(date(2027, 5, 3)),
        "end_date": moved(date(2027, 5, 14)),
        "city": scene.host_city,
    }
    Blackout.objects.create(**host)
    guest = advised(owner).sides[0]
    assert guest.why[0] == "1 city has no free week in common with you"
    assert guest.changes[0].words.startswith("Keep one more week free, ")
    assert guest.changes[0].part == "dates"


@pytest.mark.moment(USUAL)
def test_windows_are_computed_with_the_reason_of_each_that_is_lost(
    owner: Client, scene: Scene
) -> None:
    whole = {
        "start_date": moved(date(2027, 3, 1)),
        "end_date": moved(date(2027, 3, 31)),
        "reason": "Carnival",
    }
    Blackout.objects.create(city=scene.guest_city, **whole)
    windows = advised(owner).windows
    march = next(month for month in windows.months if month.first == moved(date(2027, 3, 1)))
    assert {week.reasons for week in march.weeks} == {("Pordenone cannot: Carnival",)}
    assert windows.sentence == ("41 windows of 48 are free between December 2026 and November 2027")


def test_programme_that_is_over_gives_no_advice(owner: Client, scene: Scene) -> None:
    type(scene.programme).objects.update(end_date=moved(date(2026, 11, 1)))
    assert owner.get(PROFILE).context["advices"] == []
    assert "takes part in no programme" in owner.get(PROFILE).content.decode()


def test_programme_that_is_nearly_over_has_no_window(owner: Client, scene: Scene) -> None:
    type(scene.programme).objects.update(end_date=moved(date(2026, 12, 1)))
    ahead(scene)
    assert advised(owner).windows.sentence == "The programme ends too soon for another visit"
    assert not advised(owner).is_matchable


def test_credit_is_shown_with_its_reason(owner: Client, scene: Scene) -> None:
    earlier = make_programme(short_title="OLD")
    given = {"points": 200, "given_by": scene.office, "given_at": AT}
    ParticipationCredit.objects.create(city=scene.guest_city, earned_in=earlier, **given)
    page = owner.get(PROFILE).content.decode()
    assert "Pordenone carries 200 points" in page
    assert "left out of" in page


def test_partners_read_when_the_city_is_free_but_not_which_visits(
    client: Client, scene: Scene
) -> None:
    Blackout.objects.create(
        city=scene.guest_city, start_date=moved(date(2027, 3, 1)), end_date=moved(date(2027, 3, 31))
    )
    words = "windows of 48 are free"
    assert words not in client.get("/cities/pordenone/").content.decode()
    for role, sees in (("partner", True), ("owner", True), ("stranger", False)):
        client.force_login(getattr(scene, role))
        assert (words in client.get("/cities/pordenone/").content.decode()) == sees


def test_queries_do_not_grow_with_the_cities(
    owner: Client, scene: Scene, django_assert_num_queries: Any
) -> None:
    ahead(scene)
    CityWish.objects.create(
        city=scene.guest_city, other=scene.host_city, kind="veto", reason="x", said_at=AT
    )
    with django_assert_num_queries(QUERIES):
        owner.get(PROFILE)
    for number in range(3):
        city = make_city(f"more-{number}")
        make_partner(scene.programme, make_organisation(city=city), role=PartnerRole.UMN_MEMBER)
        TopicLevel.objects.create(city=city, topic=scene.topic, level=4)
        Blackout.objects.create(city=city, start_date=AT.date(), end_date=AT.date())
        LearningNeed.objects.create(city=city, topic=make_topic(), weight=3)
    with django_assert_num_queries(QUERIES):
        owner.get(PROFILE)


QUERIES = 32
