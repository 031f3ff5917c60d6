"""Every URL, asked by every person."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.matrix.asking import address, ask, filled
from tests.matrix.case import DONE, Case
from tests.matrix.cases import CASES
from tests.matrix.world import PERSONS, World

pytestmark = pytest.mark.django_db
POSTS = [case for case in CASES if case.method == "POST"]


def test_every_case_names_every_person() -> None:
    assert [str(case) for case in CASES if set(case.expected) != set(PERSONS)] == []


@pytest.mark.parametrize("case", CASES, ids=str)
def test_url_answers_each_person_as_it_should(
    case: Case, world: World, clients: dict[str, Client]
) -> None:
    url, found, wrote, idle = address(case, world), {}, {}, []
    data: dict[str, Any] = {}
    for person in sorted(PERSONS, key=lambda each: each not in case.allowed):
        if case.method == "POST" and (person in case.allowed or not data):
            data = (filled(clients[person], url, case.form) or {}) | case.data(world)
        answered = ask(clients[person], case.method, url, data)
        found[person] = answered.status
        may_write = case.method == "POST" and answered.status == DONE
        if answered.written and not may_write:
            wrote[person] = answered.written
        if case.writes and may_write and not answered.written:
            idle.append(person)
    assert found == case.expected
    assert (wrote, idle) == ({}, [])


@pytest.mark.parametrize("case", POSTS, ids=str)
def test_who_may_not_is_refused_before_the_form_is_read(
    case: Case, world: World, clients: dict[str, Client]
) -> None:
    url = address(case, world)
    knowing = [person for person, status in case.expected.items() if status == 403]
    found = {person: ask(clients[person], "POST", url).status for person in knowing}
    assert found == dict.fromkeys(knowing, 403)
