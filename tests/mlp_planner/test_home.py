from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from exchanges.domain.pictures.timeline import Span
from exchanges.enums import CityRole
from exchanges.models import CityProfile, StudyVisit, User, VisitCity
from exchanges.queries.people.first_steps import first_steps
from exchanges.queries.programmes.exchanges import ExchangeCount
from exchanges.queries.visits.coming import coming_visits
from exchanges.queries.visits.map import CONFIRMED, DONE, PLAN, visit_map
from exchanges.queries.visits.waiting import stuck_count, waiting_visits
from mlp_planner import home
from tests.factories import (
    AT,
    Scene,
    make_agreed_visit,
    make_city,
    make_completed_visit,
    make_confirmed_visit,
    make_contact,
    make_draft,
    make_partner,
    make_programme,
    make_proposed_visit,
)
from tests.moment import USUAL, Clock

pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(user: User) -> str:
    return client_of(user).get(reverse("home")).content.decode()


def context_of(user: User) -> Any:
    return client_of(user).get(reverse("home")).context


def test_home_says_that_nothing_waits(scene: Scene) -> None:
    assert "Nothing waits for you" in page_of(scene.host)


def test_home_says_how_many_things_wait_as_a_word(scene: Scene) -> None:
    make_proposed_visit(scene)
    assert "1 thing waits for you" in page_of(scene.host)
    make_proposed_visit(scene)
    make_proposed_visit(scene)
    assert "3 things wait for you" in page_of(scene.host)


def test_badge_counts_what_waits(scene: Scene) -> None:
    make_proposed_visit(scene)
    make_proposed_visit(scene)
    assert '<span class="badge-act">2' in page_of(scene.host)


def test_first_action_alone_is_primary(scene: Scene) -> None:
    make_proposed_visit(scene)
    make_proposed_visit(scene)
    page = page_of(scene.host)
    assert page.count("btn-primary") == 1
    assert page.count('class="btn btn-sm btn-quiet"') == 1


def test_late_action_is_marked(scene: Scene, clock: Clock) -> None:
    visit = make_proposed_visit(scene)
    assert "due late" not in page_of(scene.host)
    assert visit.answer_by
    clock.move_to(AT + (visit.answer_by - AT.date()) + timedelta(days=1))
    assert "due late" in page_of(scene.host)


def test_contacts_of_partners_alone_are_offered_to_propose(scene: Scene) -> None:
    url = reverse("exchanges:visit-propose", args=[scene.programme.slug])
    link = f'class="btn btn-quiet" href="{url}"'
    assert link in page_of(scene.owner)
    assert link not in page_of(scene.colleague)
    assert link not in page_of(scene.stranger)


def test_proposing_is_not_offered_once_the_programme_is_over(scene: Scene, clock: Clock) -> None:
    clock.move_to(AT + timedelta(days=1100))
    assert "/visits/propose/" not in page_of(scene.owner)


@pytest.mark.parametrize("who", ["host", "office"])
def test_home_asks_as_often_for_three_visits_as_for_one(
    scene: Scene, who: str, django_assert_num_queries: Any
) -> None:
    client = client_of(getattr(scene, who))
    kinds = (make_proposed_visit, make_agreed_visit, make_confirmed_visit, make_completed_visit)
    for make in kinds:
        make(scene)
    client.get(reverse("home"))
    with django_assert_num_queries(40, exact=False) as first:
        client.get(reverse("home"))
    for make in kinds:
        make(scene)
        make(scene)
    with django_assert_num_queries(len(first)):
        client.get(reverse("home"))


def test_public_home_asks_as_often_for_three_visits_as_for_one(
    scene: Scene, client: Client, django_assert_num_queries: Any
) -> None:
    make_closed(scene)
    client.get(reverse("home"))
    with django_assert_num_queries(21, exact=False) as first:
        client.get(reverse("home"))
    make_closed(scene)
    make_closed(scene)
    with django_assert_num_queries(len(first)):
        client.get(reverse("home"))


def test_other_pages_ask_for_actions_once(scene: Scene, django_assert_num_queries: Any) -> None:
    client = client_of(scene.host)
    make_proposed_visit(scene)
    url = reverse("privacy")
    client.get(url)
    with django_assert_num_queries(21, exact=False) as first:
        client.get(url)
    make_proposed_visit(scene)
    with django_assert_num_queries(len(first)):
        client.get(url)
    asked = [query["sql"] for query in first.captured_queries]
    assert len(asked) == len(set(asked))


def test_nothing_is_asked_about_actions_of_nobody(
    client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        client.get(reverse("privacy"))


@pytest.mark.moment(USUAL)
def test_time_line_shows_confirmed_and_offered_dates(scene: Scene) -> None:
    make_confirmed_visit(scene)
    make_proposed_visit(scene)
    first, last = home.window(USUAL.date())
    rows = coming_visits(scene.owner, first, last)
    assert [row.span for row in rows] == [
        Span(date(2027, 3, 9), date(2027, 3, 11), "9–11 Mar · confirmed", ""),
        Span(date(2027, 3, 9), date(2027, 4, 8), "2 dates offered", "plan"),
    ]
    assert {row.note for row in rows} == {"You visit"}
    assert {row.note for row in coming_visits(scene.host, first, last)} == {"You host Pordenone"}
    assert {row.note for row in coming_visits(scene.office, first, last)} == {"Guests: Pordenone"}
    assert coming_visits(scene.stranger, first, last) == []


@pytest.mark.moment(USUAL)
def test_time_line_follows_the_language(scene: Scene) -> None:
    make_confirmed_visit(scene)
    first, last = home.window(USUAL.date())
    with translation.override("it"):
        assert coming_visits(scene.owner, first, last)[0].span.label.startswith("9–11 mar")
    with translation.override("sl"):
        assert coming_visits(scene.owner, first, last)[0].span.label.startswith("9.–11. mar")


@pytest.mark.moment(USUAL)
def test_time_line_leaves_out_drafts_and_what_lies_beyond(scene: Scene) -> None:
    make_draft(scene)
    make_confirmed_visit(scene)
    assert coming_visits(scene.owner, date(2026, 11, 1), date(2027, 2, 28)) == []


def test_window_is_six_whole_months() -> None:
    assert home.window(date(2026, 11, 22)) == (date(2026, 11, 1), date(2027, 4, 30))
    assert home.window(date(2026, 7, 31)) == (date(2026, 7, 1), date(2026, 12, 31))


def test_map_has_the_visits_that_the_reader_may_see(scene: Scene) -> None:
    make_proposed_visit(scene)
    make_confirmed_visit(scene)
    make_completed_visit(scene)
    make_completed_visit(scene)
    found = {
        (way.guest.slug, way.host.slug, way.kind): way.count
        for way in visit_map(scene.owner).connections
    }
    assert found == {
        ("pordenone", "ljubljana", DONE): 2,
        ("pordenone", "ljubljana", PLAN): 1,
        ("pordenone", "ljubljana", CONFIRMED): 1,
    }
    assert {way.kind for way in visit_map(scene.partner).connections} == {DONE, CONFIRMED}
    assert visit_map(scene.stranger).connections == []


def test_map_is_there_as_a_list(scene: Scene) -> None:
    make_confirmed_visit(scene)
    page = client_of(scene.owner).get(reverse("visit-map")).content.decode()
    assert '<li>Pordenone <span class="soft small">confirmed</span></li>' in page
    assert '<li>Ljubljana <span class="soft small">confirmed</span></li>' in page
    assert reverse("exchanges:visit-list") + "?city=ljubljana" in page


def test_co_hosts_are_on_the_list_but_have_no_arc_of_their_own(scene: Scene) -> None:
    visit = make_confirmed_visit(scene)
    trieste = make_city("trieste")
    VisitCity.objects.create(visit=visit, city=trieste, role=CityRole.CO_HOST)
    found = visit_map(scene.owner)
    assert {(way.host.slug, way.is_leg) for way in found.connections} == {
        ("ljubljana", False),
        ("trieste", True),
    }
    assert [len(row.receives) for row in found.by_city() if row.city == trieste] == [1]
    assert len(home.drawing(found).arcs) == 1


def test_exchanges_are_told_in_words(scene: Scene) -> None:
    count = ExchangeCount(used=3, agreed=1, most=8)
    scene.programme.coordinator.acronym = "ETUC"
    words = home.exchanges_words(count, scene.programme)
    assert words == "Confirmed: 3. Agreed and waiting for ETUC: 1. Free: 4."
    assert home.exchanges_words(ExchangeCount(0, 0, 8), scene.programme) == "Confirmed: 0. Free: 8."


def test_first_steps_are_ticked_off(scene: Scene) -> None:
    authority = scene.guest_authority
    CityProfile.objects.update(is_sample=True)
    steps = first_steps(authority)
    assert (steps.has_profile, steps.has_second_contact, steps.has_proposed) == (False,) * 3
    CityProfile.objects.update(is_sample=False)
    make_contact(authority)
    make_draft(scene)
    steps = first_steps(authority)
    assert (steps.has_profile, steps.has_second_contact, steps.has_proposed) == (True, True, False)
    make_proposed_visit(scene)
    assert first_steps(authority).is_finished


def test_first_steps_can_be_dismissed(scene: Scene) -> None:
    client = client_of(scene.owner)
    assert "First steps" in client.get(reverse("home")).content.decode()
    answer = client.post(reverse("first-steps-dismiss"), follow=True)
    assert answer.redirect_chain == [(reverse("home"), 302)]
    assert "First steps" not in answer.content.decode()
    assert client.get(reverse("first-steps-dismiss")).status_code == 405


def test_first_steps_are_for_contacts(scene: Scene) -> None:
    assert context_of(scene.owner)["steps"].organisation == scene.guest_authority
    assert context_of(scene.colleague)["steps"] is None


def test_office_sees_how_many_visits_are_stuck(scene: Scene, clock: Clock) -> None:
    make_proposed_visit(scene)
    make_agreed_visit(scene)
    make_confirmed_visit(scene)
    make_completed_visit(scene)
    make_draft(scene)
    for days in (0, 15, 21, 60, 130, 200):
        at = AT + timedelta(days=days)
        listed = [
            each for each in waiting_visits(scene.programme, scene.office, at) if each.is_stuck
        ]
        assert stuck_count(scene.office, at) == len(listed), days
    clock.move_to(AT + timedelta(days=60))
    assert "of your programme wait" in page_of(scene.office)
    assert "of your programme wait" not in page_of(scene.owner)


def test_public_home_tells_of_programmes_and_closed_visits(scene: Scene, client: Client) -> None:
    sample = make_programme(is_sample=True)
    make_partner(sample, scene.guest_authority)
    make_closed(scene, report="We learnt a lot.")
    make_confirmed_visit(scene)
    StudyVisit.objects.filter(state="confirmed").update(title="Not for the public")
    page = client.get(reverse("home")).content.decode()
    assert "We learnt a lot." in page
    assert "Not for the public" not in page
    assert page.count('class="sample"') == 1
    assert "1 held, at most 8" in page
    assert [
        way.kind for way in visit_map(client.get(reverse("home")).wsgi_request.user).connections
    ] == [DONE]


@pytest.mark.parametrize("name", ["home", "visit-map", "privacy"])
def test_public_pages_refuse_posts(client: Client, name: str) -> None:
    assert client.get(reverse(name)).status_code == 200
    assert client.post(reverse(name)).status_code == 405


@pytest.mark.parametrize("language", ["fr", "it", "el", "sl", "bg"])
def test_home_speaks_every_language(scene: Scene, language: str) -> None:
    make_confirmed_visit(scene)
    scene.owner.language = language
    scene.owner.save()
    assert f'<html lang="{language}">' in page_of(scene.owner)


def make_closed(scene: Scene, report: str = "") -> StudyVisit:
    visit = make_completed_visit(scene)
    StudyVisit.objects.filter(pk=visit.pk).update(state="closed", report=report)
    visit.refresh_from_db()
    return visit


def test_privacy_page_says_how_long_sign_ins_are_stored(client: Client) -> None:
    page = client.get(reverse("privacy")).content.decode()
    for words in ("for 90 days", "after 12 hours without use", "after 14 days"):
        assert words in page
