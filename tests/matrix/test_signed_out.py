"""What is behind the sign-in leads to it, whether it exists or not."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.matrix.asking import ask
from tests.matrix.case import LOGIN, Case, nothing
from tests.matrix.cases import CASES
from tests.matrix.world import World

pytestmark = pytest.mark.django_db
BEHIND = {
    (case.url_name, case.method): case
    for case in CASES
    if case.expected["anonymous"] == LOGIN and case.kwargs is not nothing
}.values()


def not_there(kwargs: dict[str, Any]) -> dict[str, Any]:
    """A kind of file stays: only those that there are have an address."""
    return {
        name: value if name == "kind" else 999_999 if isinstance(value, int) else "no-such-1"
        for name, value in kwargs.items()
    }


@pytest.mark.parametrize("case", BEHIND, ids=str)
def test_what_does_not_exist_leads_to_the_sign_in_too(
    case: Case, world: World, clients: dict[str, Client]
) -> None:
    kwargs = case.kwargs(world)
    if not kwargs:
        return
    url = reverse(case.url_name, kwargs=not_there(kwargs)) + case.query
    assert ask(clients["anonymous"], case.method, url).status == LOGIN
    if set(kwargs) != {"kind"}:
        assert ask(clients["stranger"], case.method, url).status in (403, 404)
