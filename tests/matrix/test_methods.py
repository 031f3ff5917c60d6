"""What is asked by a method that a URL does not have, and what is sent without our own form."""

from __future__ import annotations

from collections import defaultdict
from http.cookies import SimpleCookie

import pytest
from django.test import Client

from tests.matrix.asking import address, ask
from tests.matrix.case import Case
from tests.matrix.cases import CASES
from tests.matrix.world import World

pytestmark = pytest.mark.django_db


def first_cases() -> list[Case]:
    """One a URL: the first that somebody is allowed."""
    found: dict[str, Case] = {}
    for case in CASES:
        if case.url_name not in found or not found[case.url_name].allowed:
            found[case.url_name] = case
    return list(found.values())


def methods_of() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for case in CASES:
        found[case.url_name].add(case.method)
    return found


METHODS = methods_of()
URLS = first_cases()
WITHOUT_TOKEN = {"csp-report": "A browser sends it by itself, and it is only counted."}
WITH_TOKEN = [case for case in URLS if case.url_name not in WITHOUT_TOKEN]
OURS = [case for case in URLS if not case.url_name.startswith(("account_", "mfa_", "usersessions"))]


@pytest.mark.parametrize("case", OURS, ids=lambda case: case.url_name)
def test_url_refuses_a_method_that_it_does_not_have(
    case: Case, world: World, clients: dict[str, Client]
) -> None:
    client, url = clients[_asking(case)], address(case, world)
    wrong = {"GET", "POST", "PUT", "PATCH", "DELETE"} - METHODS[case.url_name]
    answers = {method: ask(client, method, url) for method in sorted(wrong)}
    assert {name: answer.status for name, answer in answers.items()} == dict.fromkeys(wrong, 405)
    assert not any(answer.written for answer in answers.values())


@pytest.mark.parametrize("case", WITH_TOKEN, ids=lambda case: case.url_name)
def test_url_refuses_what_is_sent_without_a_token(
    case: Case, world: World, clients: dict[str, Client]
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = SimpleCookie(clients[_asking(case)].cookies)
    url = address(case, world)
    found = {method: ask(client, method, url) for method in ("POST", "PUT", "PATCH", "DELETE")}
    assert {answer.status for answer in found.values()} == {403}
    assert not any(answer.written for answer in found.values())


def _asking(case: Case) -> str:
    return case.allowed[0] if case.allowed else "owner"
