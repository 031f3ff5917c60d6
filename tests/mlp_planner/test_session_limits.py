from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from mlp_planner.session_limits import forget_ended_sessions
from tests.factories import make_user
from tests.moment import AT, Clock

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def client(client: Client) -> Client:
    client.force_login(make_user())
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("exchanges:account")).status_code == 200


def test_session_ends_after_twelve_hours_without_use(client: Client, clock: Clock) -> None:
    clock.move_to(AT + 11 * HOUR)
    assert is_in(client)
    clock.move_to(AT + 22 * HOUR)
    assert is_in(client)
    clock.move_to(AT + 34 * HOUR)
    assert not is_in(client)
    assert not Session.objects.exists()


def test_session_ends_after_fourteen_days_of_use(
    client: Client, clock: Clock, settings: object
) -> None:
    settings.SESSION_IDLE_SECONDS = 10 * 86400  # type: ignore[attr-defined]
    for days in (7, 13):
        clock.move_to(AT + days * DAY)
        assert is_in(client), days
    clock.move_to(AT + 14 * DAY)
    assert not is_in(client)


def test_limits_are_settings(client: Client, clock: Clock, settings: object) -> None:
    settings.SESSION_IDLE_SECONDS = 600  # type: ignore[attr-defined]
    clock.move_to(AT + timedelta(seconds=599))
    assert is_in(client)
    clock.move_to(AT + timedelta(seconds=1199))
    assert not is_in(client)


def test_session_without_times_is_over(client: Client) -> None:
    session = client.session
    del session["seen_at"]
    session.save()
    assert not is_in(client)


def test_page_within_the_next_minutes_writes_nothing(client: Client, clock: Clock) -> None:
    before = Session.objects.get().session_data
    clock.move_to(AT + timedelta(minutes=5))
    assert is_in(client)
    assert Session.objects.get().session_data == before


def test_what_ended_is_forgotten(clock: Clock) -> None:
    make_user("giulia@example.org", password="correct horse")
    asked = {"login": "giulia@example.org", "password": "correct horse"}
    Client().post(reverse("account_login"), asked)
    forget_ended_sessions(at=AT)
    assert Session.objects.count() == UserSession.objects.count() == 1
    clock.move_to(AT + 15 * DAY)
    forget_ended_sessions(at=AT)
    assert Session.objects.count() == UserSession.objects.count() == 0
