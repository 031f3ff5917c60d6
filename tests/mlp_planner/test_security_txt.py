"""RFC 9116: whom to tell, and a date that is never over."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.moment import AT, Clock

pytestmark = pytest.mark.django_db
URL = "/.well-known/security.txt"


def fields(client: Client) -> dict[str, str]:
    response = client.get(URL)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    return dict(line.split(": ", 1) for line in response.content.decode().splitlines())


@pytest.mark.parametrize("years", [0, 3, 30])
def test_it_is_never_expired_and_never_good_for_a_year(
    client: Client, clock: Clock, years: int
) -> None:
    now = AT + timedelta(days=365 * years)
    clock.move_to(now)
    expires = datetime.strptime(fields(client)["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert now + timedelta(days=30) < expires < now + timedelta(days=365)


def test_it_names_the_contact_of_the_settings(client: Client, settings: Any) -> None:
    settings.SECURITY_CONTACT = "https://example.org/security"
    settings.BASE_URL = "https://planner.example.org"
    found = fields(client)
    assert found["Contact"] == "https://example.org/security"
    assert found["Canonical"] == f"https://planner.example.org{URL}"
    assert found["Preferred-Languages"] == "en, fr, it, el, sl, bg"


def test_it_is_only_read(client: Client) -> None:
    assert client.post(URL).status_code == 405
