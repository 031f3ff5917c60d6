"""Each link of an error summary leads to where the fault can be mended."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.error_summary import links_of, lost_links
from tests.matrix.asking import address, ask, filled
from tests.matrix.case import Case
from tests.matrix.cases import CASES
from tests.matrix.world import World

pytestmark = pytest.mark.django_db
FORMS = [case for case in CASES if case.method == "POST" and case.allowed]
ASKED_BY_ADDRESS = [
    case
    for case in CASES
    if case.url_name in ("agreements:verify", "plans:plan-pair") and case.method == "GET"
]


def rubbish(data: dict[str, Any] | None) -> list[dict[str, Any]]:
    """Nothing at all, and nonsense in every field of the form."""
    known = data or {}
    return [{}, dict.fromkeys(known, ""), dict.fromkeys(known, "no\x07such")]


@pytest.mark.parametrize("case", FORMS, ids=str)
def test_links_of_the_error_summary_lead_to_fields(
    case: Case, world: World, clients: dict[str, Client]
) -> None:
    client, url = clients[case.allowed[0]], address(case, world)
    known = (filled(client, url, case.form) or {}) | case.data(world)
    for data in rubbish(known):
        answer = ask(client, "POST", url, data)
        if answer.status != 200 or "html" not in answer.response["Content-Type"]:
            continue
        assert lost_links(answer.response.content.decode()) == [], data


@pytest.mark.parametrize("case", ASKED_BY_ADDRESS, ids=str)
def test_so_do_those_of_forms_in_an_address(
    case: Case, world: World, clients: dict[str, Client]
) -> None:
    nonsense = dict.fromkeys(("reference", "sha256", "guest", "host"), "no such")
    url = reverse(case.url_name, kwargs=case.kwargs(world))
    shown = ask(clients[case.allowed[-1]], "GET", url, nonsense).response.content.decode()
    assert links_of(shown)
    assert lost_links(shown) == []
