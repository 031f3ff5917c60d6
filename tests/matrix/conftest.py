from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from exchanges.views.shell import Shell
from tests.factories.proofs import prove, sign_in_with_second_factor
from tests.matrix.world import World, make_world


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once, around the transactions of the tests, which are marked `django_db`."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def clients(world: World) -> dict[str, Client]:
    found = {"anonymous": Client()}
    for name, person in world.persons.items():
        found[name] = Client()
        if name == "operator":
            sign_in_with_second_factor(found[name], person)
        else:
            found[name].force_login(person)
        prove(found[name], person)
    return found


@pytest.fixture(autouse=True)
def no_badge(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page counts what waits for its reader, which takes a quarter of a small page.

    Nobody's right depends on it, and `tests/mlp_planner/test_home.py` counts it.
    """
    monkeypatch.setattr(Shell, "actions_count", 0)
