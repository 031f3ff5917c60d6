"""What every page carries, and what no page tells to outsiders."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from agreements.queries.parties import current_version
from exchanges.models import User
from tests.matrix.asking import address, ask
from tests.matrix.case import Case
from tests.matrix.cases import CASES
from tests.matrix.world import OUTSIDERS, World

pytestmark = pytest.mark.django_db
PAGES = {
    case.url_name: case for case in reversed(CASES) if case.method == "GET" and case.allowed
}.values()
BY_LINK = (
    "exchanges:invitation-answer",
    "exchanges:account-join",
    "exchanges:signatory-object",
    "exchanges:roles-object",
)
OPEN = [
    case
    for case in CASES
    if case.method == "GET"
    and case.url_name not in BY_LINK
    and any(case.expected[person] == 200 for person in ("anonymous", *OUTSIDERS))
]


@pytest.mark.parametrize("case", PAGES, ids=str)
def test_page_of_who_is_signed_in_carries_its_headers_and_no_cache_keeps_it(
    case: Case, world: World, clients: dict[str, Client]
) -> None:
    person = next(each for each in case.allowed if each != "anonymous")
    response = ask(clients[person], "GET", address(case, world)).response
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "camera=()" in response["Permissions-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    # Forms of a page with "no-referrer" are refused: browsers send them with "Origin: null".
    is_file = case.url_name == "exchanges:visit-ics"  # asked for again and again, with an ETag
    assert response["Referrer-Policy"] == ("no-referrer" if is_file else "same-origin")

    kept = {part.strip() for part in response["Cache-Control"].split(",")}
    assert ("private" if is_file else "no-store") in kept
    assert "public" not in kept


def test_pages_that_are_not_found_or_refused_are_kept_by_no_cache(
    clients: dict[str, Client],
) -> None:
    for url in ("/no/such/page/", reverse("exchanges:office")):
        response = ask(clients["owner"], "GET", url).response
        assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("case", OPEN, ids=str)
def test_page_names_no_person_to_outsiders(
    case: Case, world: World, clients: dict[str, Client]
) -> None:
    for person in ("anonymous", *OUTSIDERS):
        if case.expected[person] != 200:
            continue
        text = ask(clients[person], "GET", address(case, world)).response.content.decode()
        own = world.persons[person] if person != "anonymous" else None
        if own is not None:
            text = text.replace(own.name, "").replace(own.email, "")
        assert "Secretname" not in text, person
        assert "secret.example" not in text, person
        emails = User.objects.values_list("email", flat=True)
        assert [email for email in emails if email in text] == [], person


def test_verification_tells_the_parties_and_no_person(
    world: World, clients: dict[str, Client]
) -> None:
    agreement = world.agreement_active
    version = current_version(agreement)
    url = reverse("agreements:verify-version", args=[agreement.reference, version.hash16])
    text = ask(clients["anonymous"], "GET", url).response.content.decode()
    assert world.scene.guest_authority.name in text
    for private in ("Jana Novak", "Mayor", "Secretname", "@example.org"):
        assert private not in text


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(clients: dict[str, Client]) -> None:
    client = clients["owner"]
    dismissed = ask(client, "POST", reverse("first-steps-dismiss")).response
    session = dismissed.cookies["sessionid"]
    assert (session["httponly"], session["samesite"]) == (True, "Lax")
    page = ask(client, "GET", reverse("exchanges:account")).response
    assert page.cookies["csrftoken"]["samesite"] == "Lax"
