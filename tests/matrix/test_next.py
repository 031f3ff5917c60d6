"""`next` leads on to a page of this site, or home."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from tests.matrix.asking import ask
from tests.matrix.world import World

pytestmark = pytest.mark.django_db
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "http:///evil.example/",
    "javascript:alert(1)",
    "https:evil.example",
    "\thttps://evil.example",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
]


def stays(location: str) -> bool:
    return location.startswith("/") and not location.startswith(("//", "/\\"))


@pytest.mark.parametrize("onward", ELSEWHERE)
def test_switching_organisation_leads_nowhere_else(
    onward: str, world: World, clients: dict[str, Client]
) -> None:
    data = {"organisation": world.scene.guest_authority.pk, "next": onward}
    url = reverse("exchanges:organisation-switch")
    assert stays(ask(clients["owner"], "POST", url, data).response["Location"])


@pytest.mark.parametrize("onward", ELSEWHERE)
def test_changing_the_language_leads_nowhere_else(onward: str, clients: dict[str, Client]) -> None:
    data = {"language": "it", "next": onward}
    assert stays(ask(clients["owner"], "POST", reverse("set_language"), data).response["Location"])


@pytest.mark.parametrize("onward", ELSEWHERE)
@pytest.mark.parametrize("name", ["account_login", "account_request_login_code", "account_signup"])
def test_entrance_leads_nobody_elsewhere(
    name: str, onward: str, clients: dict[str, Client]
) -> None:
    answer = ask(clients["owner"], "GET", f"{reverse(name)}?next={quote(onward)}")
    assert stays(answer.response["Location"])


@pytest.mark.parametrize("onward", ELSEWHERE)
def test_signing_out_leads_nowhere_else(onward: str, clients: dict[str, Client]) -> None:
    answer = ask(clients["owner"], "POST", reverse("account_logout"), {"next": onward})
    assert stays(answer.response["Location"])


def test_switching_organisation_leads_back_to_the_page(
    world: World, clients: dict[str, Client]
) -> None:
    data = {"organisation": world.scene.guest_authority.pk, "next": "/visits/?mine=on"}
    answer = ask(clients["owner"], "POST", reverse("exchanges:organisation-switch"), data)
    assert answer.response["Location"] == "/visits/?mine=on"
