"""Each step of a proposal as people use and misuse it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from exchanges.enums import VisitState
from exchanges.models import (
    Membership,
    Organisation,
    OutboxMessage,
    Practice,
    StudyVisit,
    TopicLevel,
)
from exchanges.operations.proposals import proposals
from exchanges.words import formats
from tests.error_summary import links_of, lost_links
from tests.factories import (
    AT,
    Scene,
    make_city,
    make_contact,
    make_draft,
    make_organisation,
    make_partner,
    make_proposed_visit,
    make_scene,
)
from tests.factories.visits import FIRST_DAYS
from tests.moment import USUAL, Clock, posted

pytestmark = pytest.mark.django_db
STEPS = ["learn", "cities", "dates", "invited", "details"]
HOSTILE = {
    "nul": "One\0stop",
    "control": "One\x07stop",
    "rlo": "One \u202estop",
}


@pytest.fixture
def scene() -> Scene:
    scene = make_scene(slug="umn")
    TopicLevel.objects.create(city=scene.host_city, topic=scene.topic, level=3)
    return scene


@pytest.fixture
def draft(scene: Scene) -> StudyVisit:
    return make_draft(scene)


@pytest.fixture
def owner(client: Client, scene: Scene) -> Client:
    client.force_login(scene.owner)
    return client


def text(response: Any) -> str:
    return str(response.content.decode())


def address(visit: StudyVisit, step: str = "") -> str:
    return f"/proposals/{visit.reference}/" + (f"{step}/" if step else "")


def save(client: Client, visit: StudyVisit, step: str, **data: Any) -> Any:
    visit.refresh_from_db()
    return client.post(address(visit, step), {"revision": visit.revision, "then": "next", **data})


def start(client: Client, organisation: Organisation, link: str, side: str, **data: Any) -> Any:
    """As the page's form does, which names for whom."""
    return client.post(link, {"organisation": organisation.slug, "side": side, **data})


LEARN = {"title": "One-stop shops", "purpose": "See it."}


# start


def test_start_says_that_planning_is_closed(owner: Client, scene: Scene, clock: Clock) -> None:
    clock.move_to(AT + timedelta(days=3000))
    owner.force_login(scene.owner)
    page = owner.get("/programmes/umn/visits/propose/")
    assert page.status_code == 200
    assert "Planning is closed" in text(page)
    assert formats.day(scene.programme.end_date, "long") in text(page)


def test_start_says_why_a_member_cannot_propose(client: Client, scene: Scene) -> None:
    client.force_login(scene.colleague)
    page = client.get("/programmes/umn/visits/propose/")
    assert page.status_code == 403
    assert "Its contact persons propose visits" in text(page)
    sent = start(client, scene.guest_authority, "/programmes/umn/visits/propose/", "guest")
    assert sent.status_code == 403
    assert not StudyVisit.objects.exists()


def test_start_says_why_a_stranger_cannot_propose(client: Client, scene: Scene) -> None:
    client.force_login(scene.stranger)
    page = client.get("/visits/propose/")
    assert page.status_code == 403
    assert "is not a partner of a programme that is running or planned" in text(page)
    assert client.get("/programmes/umn/visits/propose/").status_code == 404


def test_start_asks_for_the_city_where_there_are_several(owner: Client, scene: Scene) -> None:
    trieste = make_city("trieste", country="IT")
    scene.guest_authority.active_in.add(trieste)
    assert "For which city?" in text(owner.get("/programmes/umn/visits/propose/"))
    assert "There is a problem" in text(
        start(owner, scene.guest_authority, "/programmes/umn/visits/propose/", "guest")
    )
    other = scene.host_city.pk
    wrong = start(
        owner, scene.guest_authority, "/programmes/umn/visits/propose/", "guest", city=other
    )
    assert wrong.status_code == 200
    start(owner, scene.guest_authority, "/programmes/umn/visits/propose/", "host", city=trieste.pk)
    assert StudyVisit.objects.get().host_city == trieste


def test_start_from_a_practice_fills_in_topics_and_host(owner: Client, scene: Scene) -> None:
    practice = Practice.objects.create(slug="desk", title="Desk")
    practice.topics.add(scene.topic)
    practice.organisations.add(scene.host_authority)
    link = "/programmes/umn/visits/propose/?practice=desk"
    page = text(owner.get(link))
    assert "<dd>One stop shop</dd>" in page
    assert "<dd>Ljubljana, Slovenia</dd>" in page
    assert not StudyVisit.objects.exists()
    start(owner, scene.guest_authority, link, "guest")
    visit = StudyVisit.objects.get()
    assert (list(visit.topics.all()), visit.host_city) == ([scene.topic], scene.host_city)


@pytest.mark.moment(USUAL)
def test_start_from_a_match_offers_the_first_common_windows(owner: Client, scene: Scene) -> None:
    link = "/programmes/umn/visits/propose/?host=ljubljana&topic=one-stop-shop"
    assert "22–24 December 2026" in text(owner.get(link))
    start(owner, scene.guest_authority, link, "guest")
    visit = StudyVisit.objects.get()
    assert [(each.start_date.isoformat(), each.end_date.isoformat())
            for each in visit.date_options.all()] == [
        ("2026-12-22", "2026-12-24"), ("2026-12-29", "2026-12-31"), ("2027-01-12", "2027-01-14"),
    ]  # fmt: skip


@pytest.mark.moment(USUAL)
def test_start_from_a_match_in_a_month_offers_dates_in_it(owner: Client, scene: Scene) -> None:
    link = "/programmes/umn/visits/propose/?host=ljubljana&topic=one-stop-shop&month=2027-05"
    start(owner, scene.guest_authority, link, "guest")
    starts = [each.start_date for each in StudyVisit.objects.get().date_options.all()]
    assert len(starts) == 3
    assert {(start.year, start.month) for start in starts} == {(2027, 5)}


def test_start_as_host_fills_in_the_guest(client: Client, scene: Scene) -> None:
    client.force_login(scene.host)
    link = "/programmes/umn/visits/propose/?side=host&guest=pordenone&topic=one-stop-shop"
    assert "<dd>Pordenone, Italy</dd>" in text(client.get(link))
    start(client, scene.host_authority, link, "host")
    visit = StudyVisit.objects.get()
    assert (visit.host_city, visit.guest_cities()) == (scene.host_city, [scene.guest_city])
    assert visit.date_options.count() == 3


def test_start_fills_in_no_city_for_who_changes_sides(owner: Client, scene: Scene) -> None:
    link = "/programmes/umn/visits/propose/?host=ljubljana&topic=one-stop-shop"
    start(owner, scene.guest_authority, link, "host")
    visit = StudyVisit.objects.get()
    assert (visit.host_city, visit.guest_cities()) == (scene.guest_city, [])
    assert not visit.date_options.exists()


def test_start_does_not_fill_in_a_city_that_is_ruled_out(owner: Client, scene: Scene) -> None:
    link = "/programmes/umn/visits/propose/?host=athens&topic=one-stop-shop"
    page = text(owner.get(link))
    assert "Athens is not filled in" in page
    assert "<li>Is not ahead of you on this topic</li>" in page
    start(owner, scene.guest_authority, link, "guest")
    visit = StudyVisit.objects.get()
    assert (list(visit.topics.all()), visit.host_city) == ([scene.topic], None)


@pytest.mark.parametrize(
    "query", ["practice=nothing", "host=nothing&topic=x", "host=%00&topic=%00&practice=%00"]
)
def test_start_ignores_what_it_does_not_know(owner: Client, scene: Scene, query: str) -> None:
    assert owner.get(f"/programmes/umn/visits/propose/?{query}").status_code == 200
    assert (
        start(
            owner, scene.guest_authority, f"/programmes/umn/visits/propose/?{query}", "guest"
        ).status_code
        == 302
    )


# who


PAGES = ["", *STEPS, "check", "sent", "discard"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("who", "status"),
    [("colleague", 403), ("stranger", 404), ("office", 404), ("host", 404), ("partner", 404)],
)
def test_draft_is_for_contacts_of_the_proposer(
    client: Client, scene: Scene, draft: StudyVisit, page: str, who: str, status: int
) -> None:
    client.force_login(getattr(scene, who))
    assert client.get(address(draft, page)).status_code == status
    if page not in ("", "sent"):
        assert client.post(address(draft, page), {"then": "next"}).status_code == status


@pytest.mark.parametrize("page", PAGES)
def test_draft_asks_the_anonymous_to_sign_in(client: Client, draft: StudyVisit, page: str) -> None:
    answer = client.get(address(draft, page))
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]


@pytest.mark.parametrize("page", ["", *STEPS, "check", "discard"])
def test_owner_sees_every_page_of_a_draft(owner: Client, draft: StudyVisit, page: str) -> None:
    assert owner.get(address(draft, page)).status_code == 200
    assert owner.head(address(draft, page)).status_code == 200


@pytest.mark.parametrize("page", ["", *STEPS, "check", "discard"])
def test_pages_of_a_sent_proposal_lead_onward(owner: Client, scene: Scene, page: str) -> None:
    visit = make_proposed_visit(scene)
    assert owner.get(address(visit, page)).status_code == 302
    if page:
        assert owner.post(address(visit, page), {"then": "next"}).status_code == 302
    visit.refresh_from_db()
    assert visit.state == VisitState.PROPOSED


def test_step_that_does_not_exist_is_not_found(owner: Client, draft: StudyVisit) -> None:
    assert owner.get(address(draft, "nonsense")).status_code == 404


def test_put_is_not_allowed(owner: Client, draft: StudyVisit) -> None:
    assert owner.put(address(draft, "learn")).status_code == 405


# task list


def test_task_list_says_what_is_complete(owner: Client, scene: Scene) -> None:
    visit = proposals.start(
        programme=scene.programme, organisation=scene.guest_authority, city=scene.guest_city,
        side="guest", by=scene.owner, at=AT,
    )  # fmt: skip
    page = text(owner.get(address(visit)))
    assert (page.count("To do"), page.count("Cannot start yet")) == (4, 2)
    save(owner, visit, "learn", **LEARN, topics=[scene.topic.pk])
    page = text(owner.get(address(visit)))
    assert "1 of 5 steps is complete" in page
    assert "One-stop shops; See it." in page


def test_save_and_come_back_later_leads_to_the_task_list(
    owner: Client, scene: Scene, draft: StudyVisit
) -> None:
    answer = save(owner, draft, "learn", **LEARN, topics=[scene.topic.pk], then="later")
    assert answer["Location"] == address(draft)


# bad input


@pytest.mark.parametrize("name", HOSTILE)
def test_text_with_hidden_characters_is_refused_and_kept(
    owner: Client, scene: Scene, draft: StudyVisit, name: str
) -> None:
    answer = save(
        owner, draft, "learn", title=HOSTILE[name], purpose="Kept words", topics=[scene.topic.pk]
    )
    assert answer.status_code == 200
    assert "There is a problem" in text(answer)
    assert "Kept words" in text(answer)
    draft.refresh_from_db()
    assert draft.title == "One-stop shops"


def test_hundred_thousand_characters_are_refused(
    owner: Client, scene: Scene, draft: StudyVisit
) -> None:
    long = "x" * 100_000
    for data in ({"title": long, "purpose": "p"}, {"title": "t", "purpose": long}):
        answer = save(owner, draft, "learn", **data, topics=[scene.topic.pk])
        assert answer.status_code == 200
        assert "There is a problem" in text(answer)
    answer = save(owner, draft, "details", group_size=5, languages=["en"],
                  answer_by=posted("2026-12-12"), message=long)  # fmt: skip
    assert "There is a problem" in text(answer)


def test_markup_is_shown_as_text(owner: Client, scene: Scene, draft: StudyVisit) -> None:
    bad = "<script>alert(1)</script>"
    save(owner, draft, "learn", title=bad, purpose=bad, topics=[scene.topic.pk])
    for page in ("", "learn", "check", "discard"):
        body = text(owner.get(address(draft, page)))
        assert bad not in body
        assert "&lt;script&gt;" in body


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"host": "nowhere"},
        {"host": "athens"},
        {"host": "pordenone"},
        {"host": "ljubljana", "guests": ["ljubljana"]},
        {"host": "ljubljana", "guests": ["athens"], "co_hosts": ["athens"]},
        {"host": "ljubljana", "guests": ["nowhere"]},
    ],
    ids=["none", "unknown", "ruled out", "own", "host as guest", "both", "unknown guest"],
)
def test_cities_that_cannot_be_are_refused(
    owner: Client, draft: StudyVisit, data: dict[str, Any]
) -> None:
    answer = save(owner, draft, "cities", **data)
    assert answer.status_code == 200
    assert "There is a problem" in text(answer)
    assert links_of(text(answer))
    assert lost_links(text(answer)) == []


def test_cities_page_ranks_with_reasons_and_says_why_not(owner: Client, draft: StudyVisit) -> None:
    page = " ".join(text(owner.get(address(draft, "cities"))).split())
    assert "Three levels ahead of you on one stop shop" in page
    assert "of 1000 points" in page
    assert "<strong>Athens</strong>: Is not ahead of you on this topic." in page


def test_host_chooses_guests(client: Client, scene: Scene) -> None:
    client.force_login(scene.host)
    start(client, scene.host_authority, "/programmes/umn/visits/propose/", "host")
    visit = StudyVisit.objects.get()
    save(client, visit, "learn", **LEARN, topics=[scene.topic.pk])
    page = text(client.get(address(visit, "cities")))
    assert "You are three levels ahead on one stop shop" in page
    refused = text(save(client, visit, "cities"))
    assert "Choose at least one guest city." in refused
    assert (links_of(refused), lost_links(refused)) == (["id_guests_0"], [])
    assert save(client, visit, "cities", guests=["pordenone", "athens"]).status_code == 302
    visit.refresh_from_db()
    guests = [row.city.slug for row in visit.visit_cities.all()]
    assert (visit.host_city, guests) == (scene.host_city, ["pordenone", "athens"])


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ((posted("2027-03-11"), posted("2027-03-09")), "The last day is before the first day."),
        ((posted("2027-03-01"), posted("2027-03-31")), "A visit lasts at most 30 days."),
        ((posted("2026-11-01"), posted("2026-11-02")), "The first day is in the past."),
        ((posted("2029-12-30"), posted("2029-12-31")), "These days are after the programme ends."),
        ((posted("2027-03-09"), ""), "Give both days"),
        (("", posted("2027-03-09")), "Give both days"),
        (("soon", posted("2027-03-09")), "Enter a valid date."),
        (("", ""), "Offer at least one date."),
    ],
)
def test_dates_are_refused_at_their_row_and_stay(
    owner: Client, draft: StudyVisit, row: tuple[str, str], sentence: str
) -> None:
    kept = {"start_1": posted("2027-04-06"), "end_1": posted("2027-04-08")} if any(row) else {}
    answer = save(owner, draft, "dates", rows=2, start_0=row[0], end_0=row[1], **kept)
    body = text(answer)
    assert answer.status_code == 200
    assert sentence in body
    assert all(f'value="{typed}"' in body for typed in row if typed and typed != "soon")
    assert not kept or kept["start_1"] in body
    assert draft.date_options.count() == 2


def test_one_row_more_keeps_what_was_typed_and_saves_nothing(
    owner: Client, draft: StudyVisit
) -> None:
    typed = {"start_0": posted("2027-03-01"), "end_0": "", "start_1": "nonsense", "end_1": ""}
    body = text(save(owner, draft, "dates", rows=2, then="add", **typed))
    assert body.count('class="date-row"') == 3
    assert f'value="{typed["start_0"]}"' in body
    assert 'value="nonsense"' in body
    assert "There is a problem" not in body
    assert draft.date_options.count() == 2


@pytest.mark.parametrize("rows", ["8", "99", "100000000", "-1", "x", ""])
def test_rows_are_at_most_eight(owner: Client, draft: StudyVisit, rows: str) -> None:
    body = text(save(owner, draft, "dates", rows=rows, then="add"))
    assert 2 <= body.count('class="date-row"') <= 8


def test_one_row_more_by_htmx_is_the_same_part_of_the_page(
    owner: Client, draft: StudyVisit
) -> None:
    data = {"rows": "2", "then": "add", "start_0": posted("2027-03-01")}
    page = text(owner.post(address(draft, "dates"), data))
    part = text(owner.post(address(draft, "dates"), data, headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert " ".join(part.split()) in " ".join(page.split())


def test_invited_presets_all_who_can_be_reached(owner: Client, scene: Scene) -> None:
    visit = make_draft(scene)
    visit.invitations.filter(is_proposer=False).delete()
    lonely = make_organisation("Lonely", city=scene.host_city)
    make_partner(scene.programme, lonely, role="umn_member")
    body = " ".join(text(owner.get(address(visit, "invited"))).split())
    assert body.count("checked") == 2
    assert "has no contact person yet" in body
    answer = save(owner, visit, "invited", organisations=[lonely.pk, scene.host_authority.pk])
    assert answer.status_code == 200
    assert "There is a problem" in text(answer)
    assert (links_of(text(answer)), lost_links(text(answer))) == (["id_organisations_0"], [])


def test_summary_leads_to_the_cities_and_partners_also_where_there_are_none(
    owner: Client, scene: Scene, draft: StudyVisit
) -> None:
    draft.invitations.filter(is_proposer=False).delete()
    scene.programme.partners.exclude(organisation=scene.guest_authority).delete()
    for step, link in (("cities", "id_host"), ("invited", "id_organisations")):
        refused = text(save(owner, draft, step))
        assert set(links_of(refused)) == {link}
        assert lost_links(refused) == []


def test_invited_says_who_has_to_be_asked(owner: Client, scene: Scene, draft: StudyVisit) -> None:
    answer = save(owner, draft, "invited", organisations=[scene.host_authority.pk])
    assert "A UnionMigrantNet member on the host side has to accept." in text(answer)
    later = save(owner, draft, "invited", organisations=[scene.host_authority.pk], then="later")
    assert later.status_code == 302
    assert "To do" in text(owner.get(address(draft)))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"group_size": "0"}, "greater than or equal to 1"),
        ({"group_size": "201"}, "less than or equal to 200"),
        ({"group_size": "many"}, "Enter a whole number."),
        ({"languages": []}, "This field is required."),
        ({"languages": ["xx"]}, "Select a valid choice."),
        ({"answer_by": posted("2026-11-21")}, "This day is in the past."),
        ({"answer_by": posted("2027-04-06")}, "the visit would have begun"),
        ({"answer_by": "9999-99-99"}, "Enter a valid date."),
    ],
)
def test_details_are_checked(
    owner: Client, draft: StudyVisit, data: dict[str, Any], sentence: str
) -> None:
    good = {
        "group_size": "6",
        "languages": ["en"],
        "answer_by": posted("2026-12-12"),
        "message": "Kept",
    }
    answer = save(owner, draft, "details", **{**good, **data})
    assert answer.status_code == 200
    assert sentence in text(answer)
    assert "Kept" in text(answer)


# two tabs


def test_second_tab_keeps_its_words_and_sees_what_is_saved(
    owner: Client, scene: Scene, draft: StudyVisit
) -> None:
    opened_with = draft.revision
    save(owner, draft, "learn", title="First tab", purpose="p", topics=[scene.topic.pk])
    second = {
        "revision": opened_with, "then": "next", "title": "Second tab", "purpose": "p",
        "topics": [scene.topic.pk],
    }  # fmt: skip
    answer = owner.post(address(draft, "learn"), second)
    body = text(answer)
    assert answer.status_code == 409
    assert "Somebody else saved this while you were typing." in body
    assert 'value="Second tab"' in body
    assert "What is saved now" in body
    assert "First tab" in body
    draft.refresh_from_db()
    assert draft.title == "First tab"
    assert f'name="revision" value="{draft.revision}"' in body
    again = owner.post(address(draft, "learn"), {**second, "revision": draft.revision})
    assert again.status_code == 302
    draft.refresh_from_db()
    assert draft.title == "Second tab"


@pytest.mark.parametrize("step", STEPS)
def test_same_form_sent_twice_goes_on(
    owner: Client, scene: Scene, draft: StudyVisit, step: str
) -> None:
    asked = [scene.host_authority.pk, scene.host_union.pk]
    data: dict[str, dict[str, Any]] = {
        "learn": {**LEARN, "topics": [scene.topic.pk]},
        "cities": {"host": "ljubljana"},
        "dates": {"rows": 2, "start_0": posted("2027-03-09"), "end_0": posted("2027-03-11")},
        "invited": {"organisations": asked},
        "details": {"group_size": 4, "languages": ["en"], "answer_by": posted("2026-12-12")},
    }
    sent = {"revision": draft.revision, "then": "next", **data[step]}
    first = owner.post(address(draft, step), sent)
    second = owner.post(address(draft, step), sent)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]


# check and send


def test_check_shows_words_recipients_and_the_mail(owner: Client, draft: StudyVisit) -> None:
    body = " ".join(text(owner.get(address(draft, "check"))).split())
    for words in (
        formats.day_range(FIRST_DAYS.start, FIRST_DAYS.end),
        "2 persons get a mail",
        "Invitation to a study visit: One-stop shops",
        "City of Pordenone asks City of Ljubljana to host a study visit in Ljubljana.",
        "Here stands the personal link",
    ):
        assert words in body
    assert body.count("Send the invitations</button>") == 1


def test_check_of_an_unfinished_draft_has_no_button(owner: Client, scene: Scene) -> None:
    start(owner, scene.guest_authority, "/programmes/umn/visits/propose/", "guest")
    visit = StudyVisit.objects.get()
    assert "Send the invitations</button>" not in text(owner.get(address(visit, "check")))
    answer = owner.post(address(visit, "check"), {"revision": visit.revision})
    assert answer.status_code == 409
    assert "Some steps are not complete yet." in text(answer)


def test_send_twice_is_harmless(owner: Client, draft: StudyVisit) -> None:
    sent = {"revision": draft.revision}
    answers = [owner.post(address(draft, "check"), sent) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [address(draft, "sent")] * 2
    assert OutboxMessage.objects.count() == 2
    assert draft.reference in text(owner.get(address(draft, "sent")))


def test_send_of_an_older_state_is_refused(owner: Client, scene: Scene, draft: StudyVisit) -> None:
    opened_with = draft.revision
    save(owner, draft, "learn", title="Changed", purpose="p", topics=[scene.topic.pk])
    answer = owner.post(address(draft, "check"), {"revision": opened_with})
    assert answer.status_code == 409
    assert "Changed" in text(answer)
    assert not OutboxMessage.objects.exists()


def test_send_names_an_organisation_that_lost_its_contact(
    owner: Client, scene: Scene, draft: StudyVisit
) -> None:
    Membership.objects.filter(user=scene.union).delete()
    answer = owner.post(address(draft, "check"), {"revision": draft.revision})
    assert answer.status_code == 409
    assert "NSDS has no contact person yet." in text(answer)


def test_discard_asks_once(owner: Client, draft: StudyVisit) -> None:
    assert "Discard this draft?" in text(owner.get(address(draft, "discard")))
    assert StudyVisit.objects.exists()
    assert owner.post(address(draft, "discard")).status_code == 302
    assert not StudyVisit.objects.exists()


# queries


@pytest.mark.parametrize("page", ["", *STEPS, "check"])
def test_number_of_queries_does_not_grow(
    owner: Client, scene: Scene, django_assert_max_num_queries: DjangoAssertNumQueries, page: str
) -> None:
    visit = make_draft(scene)
    owner.get(address(visit, page))
    with django_assert_max_num_queries(1000) as few:
        owner.get(address(visit, page))
    for number in range(3):
        city = make_city(f"more-{number}", country="GR")
        TopicLevel.objects.create(city=city, topic=scene.topic, level=number)
        union = make_organisation(city=scene.host_city, active_in=[scene.host_city, city])
        make_partner(scene.programme, union, role="umn_member")
        make_contact(union)
        asked = {each.organisation for each in visit.invitations.filter(is_proposer=False)}
        proposals.save_invited(
            visit=visit, by=scene.owner, at=AT, revision=None, organisations=[*asked, union]
        )
    with django_assert_max_num_queries(len(few)):
        owner.get(address(visit, page))
