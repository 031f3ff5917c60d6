"""The demo's pages: not there where the demo is off, open to everybody where it is on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.matrix.asking import ask
from tests.matrix.world import PERSONS, World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.mlp_planner.demo_urls")]
KEY = "0" * 20 + "-1-000000"
DEMO_PAGES: dict[str, tuple[str, dict[str, Any], int]] = {
    "demo-people": ("GET", {}, 200),
    "demo-sign-in": ("POST", {"pk": 0}, 404),
    "demo-clock": ("GET", {}, 200),
    "demo-mail-list": ("GET", {}, 200),
    "demo-mail-detail": ("GET", {"key": KEY}, 404),
    "demo-mail-attachment": ("GET", {"key": KEY, "number": 0}, 404),
}


def asked(name: str, world: World, clients: dict[str, Client], method: str = "") -> set[Any]:
    usual, kwargs, _status = DEMO_PAGES[name]
    kwargs = kwargs | ({"pk": world.persons["owner"].pk} if name == "demo-sign-in" else {})
    url = reverse(name, kwargs=kwargs)
    answers = [ask(clients[person], method or usual, url) for person in PERSONS]
    assert not any(answer.written for answer in answers)
    return {answer.status for answer in answers}


@pytest.mark.parametrize("name", DEMO_PAGES)
def test_demo_page_is_not_there_where_the_demo_is_off(
    name: str, world: World, clients: dict[str, Client]
) -> None:
    assert asked(name, world, clients) == {404}


@pytest.mark.parametrize("name", DEMO_PAGES)
def test_demo_page_is_open_where_the_demo_is_on(
    name: str, world: World, clients: dict[str, Client], settings: Any, tmp_path: Path
) -> None:
    settings.DEMO, settings.MAIL_DIR, settings.CLOCK_FILE = True, tmp_path, tmp_path / "clock"
    assert asked(name, world, clients) == {DEMO_PAGES[name][2]}


@pytest.mark.parametrize("name", DEMO_PAGES)
def test_demo_page_refuses_other_methods(
    name: str, world: World, clients: dict[str, Client], settings: Any, tmp_path: Path
) -> None:
    settings.DEMO, settings.MAIL_DIR, settings.CLOCK_FILE = True, tmp_path, tmp_path / "clock"
    assert asked(name, world, clients, "PUT") == {405}
    assert asked(name, world, clients, "DELETE") == {405}
