"""What the table of sessions holds opens nothing, and sessions can still be listed and ended."""

import json

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse

from exchanges.models import User
from mlp_planner.sessions import SessionStore, stored_key
from tests.factories import make_user

pytestmark = pytest.mark.django_db
COOKIE = settings.SESSION_COOKIE_NAME
PASSWORD = "correct horse battery"


@pytest.fixture
def person() -> User:
    return make_user("giulia@example.org", password=PASSWORD)


def signed_in(browser: str) -> Client:
    client = Client(headers={"user-agent": browser})
    client.post(reverse("account_login"), {"login": "giulia@example.org", "password": PASSWORD})
    assert is_in(client)
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("exchanges:account")).status_code == 200


def tables() -> str:
    """All that the tables of sessions hold, as the database gives it."""
    with connection.cursor() as cursor:
        rows = []
        for table in ("django_session", "usersessions_usersession"):
            cursor.execute(f"SELECT * FROM {table}")
            rows += cursor.fetchall()
    return json.dumps(rows, default=str)


def test_neither_key_nor_content_of_a_session_lies_readable(person: User) -> None:
    key = signed_in("Firefox").cookies[COOKIE].value
    assert Session.objects.count() == UserSession.objects.count() == 1
    held = tables()
    assert "Firefox" in held
    for secret in (key, "_auth_user_hash", "account_authentication_methods", person.email):
        assert secret not in held
    assert Session.objects.get().session_key == UserSession.objects.get().session_key


def test_what_the_table_holds_is_no_cookie(person: User) -> None:
    signed_in("Firefox")
    thief = Client()
    for stolen in (Session.objects.get().pk, UserSession.objects.get().session_key):
        thief.cookies[COOKIE] = str(stolen)
        assert not is_in(thief)


def test_sessions_are_listed_and_the_others_ended(person: User) -> None:
    here, there = signed_in("Firefox"), signed_in("Chrome")
    url = reverse("usersessions_list")
    rows = here.get(url).content.decode().split("<tr>")
    assert [("Chrome" in row, "This one" in row) for row in rows[2:]] == [
        (False, True),
        (True, False),
    ]
    assert here.post(url).status_code == 302
    assert (is_in(here), is_in(there)) == (True, False)
    assert [each.user_agent for each in here.get(url).context["sessions"]] == ["Firefox"]


def test_signing_out_ends_the_session(person: User) -> None:
    client = signed_in("Firefox")
    before = Session.objects.get()
    client.post(reverse("account_logout"))
    assert not Session.objects.filter(pk=before.pk).exists()
    again = signed_in("Firefox")
    assert len(again.get(reverse("usersessions_list")).context["sessions"]) == 1


def test_changed_password_ends_the_sessions_elsewhere(person: User) -> None:
    here, there = signed_in("Firefox"), signed_in("Chrome")
    other = f"{PASSWORD}!"
    asked = {"oldpassword": PASSWORD, "password1": other, "password2": other}
    assert here.post(reverse("account_change_password"), asked).status_code == 302
    assert (is_in(here), is_in(there)) == (True, False)
    assert len(here.get(reverse("usersessions_list")).context["sessions"]) == 1


def test_stored_key_is_hashed_once() -> None:
    assert stored_key(stored_key("abc")) == stored_key("abc") != "abc"


def test_content_that_another_key_sealed_is_no_session() -> None:
    assert SessionStore().decode("gAAAA-nonsense") == {}
