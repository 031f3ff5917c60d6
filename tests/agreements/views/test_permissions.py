"""Every page of agreements for every person, by what the page answers."""

import pytest
from django.urls import reverse

from agreements.enums import AgreementState
from agreements.queries.parties import current_version
from tests.factories.agreements import (
    bring_to,
    colleague,
    contact,
    make_held_visit,
    signatory,
    start_agreement,
)

pytestmark = pytest.mark.django_db

PEOPLE = (
    "anonymous",
    "stranger",
    "partner",
    "colleague",
    "drafter",
    "party",
    "signatory",
    "office",
    "auditor",
)
TO_LOGIN, MOVED, FORBIDDEN, UNKNOWN = "login", "moved", 403, 404


def expect(**answers):
    """For everybody; 404 where nothing is said."""
    return {"anonymous": TO_LOGIN} | {
        person: answers.get(person, answers.get("others", UNKNOWN)) for person in PEOPLE[1:]
    }


def seen(code):
    """By all who may see the agreement."""
    people = ("colleague", "drafter", "party", "signatory", "office", "auditor")
    return expect(**dict.fromkeys(people, code))


def only(code, *people, state_allows=True):
    """By these; the others who see the agreement may not."""
    return seen(FORBIDDEN) | dict.fromkeys(people, code)


S = AgreementState
GET = [
    ("detail", S.PROPOSED, seen(200)),
    ("detail", S.DRAFT, expect(colleague=200, drafter=200)),
    ("pdf", S.PROPOSED, seen(200)),
    ("pdf", S.ACTIVE, seen(200)),
    ("pdf", S.DRAFT, expect(colleague=200, drafter=200)),
    ("edit", S.PROPOSED, only(200, "drafter")),
    ("edit", S.ACTIVE, only(MOVED, "drafter")),
    ("approve", S.PROPOSED, only(200, "drafter", "party")),
    ("approve", S.ACTIVE, only(MOVED, "drafter", "party")),
    ("sign", S.OUT_FOR_SIGNATURE, only(200, "signatory")),
    ("sign", S.PROPOSED, only(MOVED, "signatory")),
    ("signed", S.PROPOSED, seen(MOVED)),
    ("propose", S.DRAFT, {**expect(colleague=FORBIDDEN, drafter=200)}),
    ("send-out", S.APPROVED, only(200, "drafter", "office")),
    ("recall", S.OUT_FOR_SIGNATURE, only(200, "drafter", "office")),
    ("recall", S.PROPOSED, only(MOVED, "drafter", "office")),
    ("decline", S.PROPOSED, only(200, "drafter", "party")),
    ("withdraw", S.PROPOSED, only(200, "drafter")),
    ("terminate", S.ACTIVE, only(200, "drafter", "party")),
    ("void", S.ACTIVE, only(200, "office")),
]
POST = [
    ("edit", S.PROPOSED, only(200, "drafter")),
    ("approve", S.PROPOSED, only(200, "drafter", "party")),
    ("sign", S.OUT_FOR_SIGNATURE, only(200, "signatory")),
    ("propose", S.DRAFT, {**expect(colleague=FORBIDDEN, drafter=MOVED)}),
    ("send-out", S.APPROVED, only(MOVED, "drafter") | {"office": 200}),
    ("withdraw", S.PROPOSED, only(200, "drafter")),
    ("decline", S.PROPOSED, only(200, "drafter", "party")),
    ("terminate", S.ACTIVE, only(200, "drafter", "party")),
    ("void", S.ACTIVE, only(200, "office")),
]


@pytest.fixture
def people():
    scene = make_held_visit()
    return scene, {
        "stranger": scene.stranger,
        "partner": contact(scene.hosts[1]),
        "colleague": colleague(scene.drafter),
        "drafter": contact(scene.drafter),
        "party": contact(scene.hosts[0]),
        "signatory": signatory(scene.hosts[0]),
        "office": scene.office,
        "auditor": scene.auditor,
    }


def answer_of(response):
    if response.status_code == 302:
        return TO_LOGIN if "/accounts/login/" in response["Location"] else MOVED
    return response.status_code


def answers(client, people, send):
    found = {"anonymous": answer_of(send())}
    for name, user in people.items():
        client.force_login(user)
        found[name] = answer_of(send())
    return found


@pytest.mark.parametrize(("name", "state", "expected"), GET)
def test_page_is_shown_to_whom_it_concerns(client, people, name, state, expected):
    scene, users = people
    agreement = bring_to(start_agreement(scene), state)
    url = reverse(f"agreements:agreement-{name}", args=[agreement.reference])
    assert answers(client, users, lambda: client.get(url)) == expected


@pytest.mark.parametrize(("name", "state", "expected"), POST)
def test_empty_post_changes_nothing_for_others(client, people, name, state, expected):
    scene, users = people
    agreement = bring_to(start_agreement(scene), state)
    url = reverse(f"agreements:agreement-{name}", args=[agreement.reference])
    others = [user for user in users if expected[user] in (FORBIDDEN, UNKNOWN)]
    assert answers(client, {user: users[user] for user in others}, lambda: client.post(url)) == {
        user: expected[user] for user in ("anonymous", *others)
    }
    agreement.refresh_from_db()
    assert agreement.state == state
    allowed = {user: users[user] for user in users if user not in others}
    client.logout()
    found = answers(client, allowed, lambda: client.post(url))
    assert found == {user: expected[user] for user in ("anonymous", *allowed)}


def test_draft_is_started_by_contacts_of_who_took_part(client, people):
    scene, users = people
    url = reverse("agreements:agreement-start", args=[scene.visit.reference])
    assert answers(client, users, lambda: client.get(url)) == {
        "anonymous": TO_LOGIN,
        "stranger": UNKNOWN,
        "partner": 200,
        "colleague": FORBIDDEN,
        "drafter": 200,
        "party": 200,
        "signatory": FORBIDDEN,
        "office": FORBIDDEN,
        "auditor": FORBIDDEN,
    }


def test_panel_shows_what_the_person_may_see(client, people):
    scene, users = people
    agreement = start_agreement(scene)
    url = reverse("agreements:visit-panel", args=[scene.visit.reference])
    shown, offered = set(), set()
    for name, user in users.items():
        client.force_login(user)
        page = client.get(url)
        text = page.content.decode()
        assert page.status_code == (404 if name == "stranger" else 200)
        shown |= {name} if agreement.reference in text else set()
        offered |= {name} if "/agreements/start/" in text else set()
    assert shown == {"colleague", "drafter"}
    assert offered == {"partner", "drafter", "party"}


def test_register_shows_each_their_own(client, people):
    scene, users = people
    agreement = bring_to(start_agreement(scene), S.PROPOSED)
    for url in (reverse("agreements:agreement-list"), "/agreements/register.csv"):
        client.logout()
        assert answer_of(client.get(url)) == TO_LOGIN
        shown = set()
        for person, user in users.items():
            client.force_login(user)
            page = client.get(url)
            assert page.status_code == 200
            shown |= {person} if agreement.reference in page.content.decode() else set()
        assert shown == {"colleague", "drafter", "party", "signatory", "office", "auditor"}


def test_verification_is_open_to_all(client, people):
    scene, users = people
    agreement = bring_to(start_agreement(scene), S.ACTIVE)
    address = [agreement.reference, current_version(agreement).hash16]
    for url in (reverse("agreements:verify"), reverse("agreements:verify-version", args=address)):
        client.logout()
        assert set(answers(client, users, lambda url=url: client.get(url)).values()) == {200}


@pytest.mark.parametrize("name", ["detail", "pdf", "signed"])
def test_reading_pages_refuse_posts(client, people, name):
    scene, users = people
    agreement = start_agreement(scene)
    client.force_login(users["drafter"])
    url = reverse(f"agreements:agreement-{name}", args=[agreement.reference])
    assert client.post(url).status_code == 405
