"""The Django admin is the operator's; it gives no right in a programme."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from tests.matrix.asking import ask
from tests.matrix.case import LOGIN
from tests.matrix.world import PERSONS, World

pytestmark = pytest.mark.django_db
PAGES = ["index", "exchanges_user_changelist", "exchanges_studyvisit_changelist", "jsi18n"]


@pytest.mark.parametrize("name", PAGES)
def test_admin_opens_to_the_operator_only(
    name: str, world: World, clients: dict[str, Client]
) -> None:
    url = reverse(f"admin:{name}")
    found = {person: ask(clients[person], "GET", url).status for person in PERSONS}
    others = set(found) - {"operator", "anonymous"}
    assert found["operator"] == 200
    assert {found[person] for person in others} <= {302, 403}
    assert found["anonymous"] in (302, LOGIN)


@pytest.mark.parametrize(
    "name", ["event", "studyvisit", "invitation", "agendaitem", "exchange", "outboxmessage"]
)
def test_operator_does_not_change_what_operations_write(
    name: str, world: World, clients: dict[str, Client]
) -> None:
    model = next(each for each in admin.site._registry if each._meta.model_name == name)
    row = model._default_manager.first()
    assert row is not None
    for url in (
        reverse(f"admin:exchanges_{name}_change", args=[row.pk]),
        reverse(f"admin:exchanges_{name}_delete", args=[row.pk]),
        reverse(f"admin:exchanges_{name}_add"),
    ):
        answer = ask(clients["operator"], "POST", url, {"post": "yes"})
        assert (answer.status, answer.written) == (403, set())
