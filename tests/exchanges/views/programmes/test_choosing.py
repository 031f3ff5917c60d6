"""Several programmes that have not ended: which one is meant is in the address."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exchanges.domain.dates import DateRange
from exchanges.enums import MembershipRole
from exchanges.models import (
    Auditor,
    LearningNeed,
    Membership,
    Organisation,
    Programme,
    StudyVisit,
    TopicLevel,
)
from exchanges.operations.proposals import proposals
from exchanges.operations.proposals.date_ranges import DatesRefused
from tests.factories import (
    AT,
    Scene,
    make_city,
    make_completed_visit,
    make_contact,
    make_organisation,
    make_partner,
    make_programme,
)
from tests.moment import Clock

pytestmark = pytest.mark.django_db
TODAY = AT.date()
MATCH = ("match/", "match/guests/", "match/compare/", "match/why/")
PROPOSE = "visits/propose/"
PAGES = (*MATCH, PROPOSE)


@pytest.fixture
def owner(client: Client, scene: Scene) -> Client:
    client.force_login(scene.owner)
    return client


def programme(slug: str, first: int, last: int, *partners: Organisation) -> Programme:
    """Days from today on which it begins and ends."""
    made = make_programme(
        slug=slug,
        short_title=slug.upper(),
        start_date=TODAY + timedelta(days=first),
        end_date=TODAY + timedelta(days=last),
    )
    for partner in partners:
        make_partner(made, partner)
    return made


def text(response: Any) -> str:
    return " ".join(str(response.content.decode()).split())


def choices(response: Any) -> list[str]:
    return [each.slug for each, _url in response.context["links"]]


def start(client: Client, page: Any, **data: Any) -> Any:
    """Send the form of this page, as a tab that was opened earlier does."""
    form = page.context["form"]
    sent = {"organisation": form["organisation"].value(), "side": "guest", **data}
    return client.post(page.request["PATH_INFO"], sent)


# one


def test_who_is_in_one_programme_is_led_there_with_the_question(
    owner: Client, scene: Scene
) -> None:
    for page in PAGES:
        led = owner.get(f"/{page}?topic=one-stop-shop&city=%CE%B1")
        target = f"/programmes/{scene.programme.slug}/{page}?topic=one-stop-shop&city=%CE%B1"
        assert led["Location"] == target
        assert owner.get(target).status_code == 200
        assert owner.get(f"/{page}")["Location"] == f"/programmes/{scene.programme.slug}/{page}"


def test_nothing_is_sent_to_an_address_without_a_programme(owner: Client) -> None:
    for page in PAGES:
        assert owner.post(f"/{page}", {"side": "guest"}).status_code == 405
    assert not StudyVisit.objects.exists()


def test_programme_to_come_hides_no_running_one(owner: Client, scene: Scene) -> None:
    """Of others: it is the one of the installation that begins last."""
    programme("later", 300, 900, make_organisation("Others"))
    for page in PAGES:
        assert owner.get(f"/{page}", follow=True).status_code == 200
        assert owner.get(f"/programmes/later/{page}").status_code == 404
    assert "LATER" not in text(owner.get("/"))


# several


def test_ended_running_and_to_come(owner: Client, scene: Scene) -> None:
    programme("before", -900, -1, scene.guest_authority)
    later = programme("later", 300, 900, scene.guest_authority)
    for page in PAGES:
        asked = owner.get(f"/{page}?topic=one-stop-shop")
        assert asked.status_code == 200
        assert choices(asked) == [scene.programme.slug, "later"]
        words = text(asked)
        assert f'href="/programmes/later/{page}?topic=one-stop-shop">LATER: {later}</a>' in words
        assert words.index("Running") < words.index("Planned")
        for slug in choices(asked):
            assert owner.get(f"/programmes/{slug}/{page}").status_code == 200


def test_pages_of_who_is_in_several_say_in_which_and_lead_to_the_others(
    owner: Client, scene: Scene
) -> None:
    for page in ("match/", PROPOSE):
        link = f'<a href="/{page}">Other programme</a>'
        assert link not in text(owner.get(f"/programmes/{scene.programme.slug}/{page}"))
    programme("later", 300, 900, scene.guest_authority)
    for page in ("match/", PROPOSE):
        assert f'LATER · <a href="/{page}">Other programme</a>' in text(
            owner.get(f"/programmes/later/{page}")
        )
    started = start(owner, owner.get("/programmes/later/visits/propose/"))
    for page in ("", "learn/"):
        assert '<p class="over">LATER · ' in text(owner.get(started["Location"] + page))


def test_menu_stays_in_the_programme_of_the_page(owner: Client, scene: Scene) -> None:
    programme("later", 300, 900, scene.guest_authority)
    assert 'href="/match/"' in text(owner.get("/"))
    assert 'href="/programmes/later/match/"' in text(owner.get("/programmes/later/visits/propose/"))


def test_person_of_three_programmes_by_three_organisations(client: Client, scene: Scene) -> None:
    union = make_organisation("Union")
    for slug, organisation in (("second", union), ("third", make_organisation("Third"))):
        programme(slug, -10, 300, organisation)
        Membership.objects.create(
            user=scene.owner, organisation=organisation, role=MembershipRole.CONTACT
        )
    client.force_login(scene.owner)
    slugs = [scene.programme.slug, "second", "third"]
    for page in PAGES:
        assert choices(client.get(f"/{page}")) == slugs
    for slug in slugs:
        start(client, client.get(f"/programmes/{slug}/visits/propose/"))
    found = StudyVisit.objects.values_list("programme__slug", "proposer__name").order_by("pk")
    assert [*found] == [(slugs[0], "City of Pordenone"), ("second", "Union"), ("third", "Third")]


def test_two_tabs_on_two_programmes_that_overlap_by_a_day(
    owner: Client, scene: Scene, clock: Clock
) -> None:
    scene.programme.end_date = TODAY
    scene.programme.save()
    following = programme("following", 0, 900, scene.guest_authority)
    first = owner.get(f"/programmes/{scene.programme.slug}/visits/propose/")
    second = owner.get("/programmes/following/visits/propose/")
    assert start(owner, second).status_code == start(owner, first).status_code == 302
    found = StudyVisit.objects.order_by("pk").values_list("programme", flat=True)
    assert [*found] == [following.pk, scene.programme.pk]
    clock.move_to(AT + timedelta(days=1))
    owner.force_login(scene.owner)
    assert "ended on" in text(start(owner, first))
    assert StudyVisit.objects.count() == 2
    assert owner.get("/visits/propose/")["Location"] == "/programmes/following/visits/propose/"


def test_match_of_each_programme_has_its_own_cities(owner: Client, scene: Scene) -> None:
    LearningNeed.objects.create(city=scene.guest_city, topic=scene.topic, weight=3)
    TopicLevel.objects.create(city=scene.host_city, topic=scene.topic, level=3)
    graz = make_city("graz", country="AT")
    TopicLevel.objects.create(city=graz, topic=scene.topic, level=3)
    programme("later", 30, 900, scene.guest_authority, make_organisation("Graz", city=graz))
    here = text(owner.get(f"/programmes/{scene.programme.slug}/match/"))
    there = text(owner.get("/programmes/later/match/"))
    assert ("Ljubljana" in here, "Graz" in here) == (True, False)
    assert ("Ljubljana" in there, "Graz" in there) == (False, True)
    assert 'action="/programmes/later/match/"' in there
    assert "/programmes/later/visits/propose/?" in there


@pytest.mark.parametrize("who", ["office", "auditor"])
def test_office_and_auditors_choose_too(client: Client, scene: Scene, who: str) -> None:
    other = programme("later", 300, 900)
    if who == "auditor":
        for each in (scene.programme, other):
            Auditor.objects.create(
                programme=each, user=scene.stranger, given_by=scene.office, given_at=AT
            )
    else:
        Programme.objects.filter(pk=other.pk).update(coordinator=scene.programme.coordinator)
    client.force_login(scene.office if who == "office" else scene.stranger)
    assert choices(client.get("/match/")) == [scene.programme.slug, "later"]


def test_number_of_queries_does_not_grow_with_the_programmes(owner: Client, scene: Scene) -> None:
    def asked() -> list[int]:
        numbers = []
        for url in ("/match/", "/visits/propose/", "/", "/visits/", "/programmes/one/match/"):
            owner.get(url)
            with CaptureQueriesContext(connection) as captured:
                assert owner.get(url).status_code == 200
            numbers.append(len(captured))
        return numbers

    programme("one", 10, 300, scene.guest_authority)
    few = asked()
    for slug in ("two", "three"):
        programme(slug, 10, 300, scene.guest_authority)
    assert asked() == few


# ended, and none


def test_ended_programme_is_said_to_have_ended(owner: Client, scene: Scene) -> None:
    programme("before", -900, -1, scene.guest_authority)
    for page in PAGES:
        answer = owner.get(f"/programmes/before/{page}")
        assert answer.status_code == 200
        assert "ended on" in text(answer)
        onward = "/match/" if page in MATCH else "/visits/propose/"
        assert f'<p><a href="{onward}">' in text(answer)


def test_visits_of_an_ended_programme_stay_readable(
    owner: Client, scene: Scene, clock: Clock
) -> None:
    visit = make_completed_visit(scene)
    clock.move_to(AT + timedelta(days=3000))
    owner.force_login(scene.owner)
    assert owner.get(f"/visits/{visit.reference}/").status_code == 200


def test_days_of_a_programme_to_come_lie_inside_it(owner: Client, scene: Scene) -> None:
    later = programme("later", 30, 900, scene.guest_authority)
    start(owner, owner.get("/programmes/later/visits/propose/"))
    visit = StudyVisit.objects.get()
    saved: dict[str, Any] = {"visit": visit, "by": scene.owner, "at": AT}
    with pytest.raises(DatesRefused, match="before the programme begins"):
        proposals.save_dates(**saved, revision=visit.revision, ranges=[days(later.start_date, -1)])
    proposals.save_dates(**saved, revision=visit.revision, ranges=[days(later.start_date, 0)])
    assert visit.date_options.count() == 1


def days(first: date, after: int) -> DateRange:
    return DateRange(first + timedelta(days=after), first + timedelta(days=after + 1))


def test_who_was_in_a_programme_reads_that_planning_is_closed(client: Client) -> None:
    organisation = make_organisation("Once")
    programme("before", -900, -1, organisation)
    client.force_login(make_contact(organisation))
    assert "ended on" in text(client.get("/visits/propose/"))
    assert "Nobody can be matched now" in text(client.get("/match/"))
    assert client.get("/programmes/before/match/").status_code == 200


# what shows programmes


def test_home_shows_each_programme_with_its_exchanges(owner: Client, scene: Scene) -> None:
    page = owner.get("/")
    assert [each.slug for each, _count, _words in page.context["exchanges"]] == [
        scene.programme.slug
    ]
    assert "<h2>Exchanges</h2>" in text(page)
    programme("later", 300, 900, scene.guest_authority)
    programme("before", -900, -1, scene.guest_authority)
    page = owner.get("/")
    assert [each.slug for each, _count, _words in page.context["exchanges"]] == [
        scene.programme.slug, "later"
    ]  # fmt: skip
    assert "<h2>Exchanges: LATER</h2>" in text(page)
    assert 'href="/visits/propose/"' in text(page)


def test_home_of_who_is_in_no_programme_shows_none(client: Client, scene: Scene) -> None:
    client.force_login(scene.stranger)
    page = client.get("/")
    assert page.context["exchanges"] == []
    assert str(scene.programme) not in text(page)


def test_office_opens_the_running_programme_before_the_one_to_come(
    client: Client, scene: Scene
) -> None:
    for slug, first, last in (("later", 300, 900), ("before", -900, -1)):
        made = programme(slug, first, last)
        Programme.objects.filter(pk=made.pk).update(coordinator=scene.programme.coordinator)
    client.force_login(scene.office)
    page = client.get("/office/")
    assert page.context["programme"] == scene.programme
    assert [each.slug for each in page.context["programmes"]] == [
        scene.programme.slug, "later", "before"
    ]  # fmt: skip
