"""What a password, a code and a session may and may not do."""

from __future__ import annotations

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth import authenticate
from django.test import Client

from exchanges.models import User
from tests.factories import make_contact, make_organisation
from tests.factories.proofs import prove

pytestmark = pytest.mark.django_db
OLD, NEW = "a long old password", "a long new password"


@pytest.fixture
def person() -> User:
    person = make_contact(make_organisation())
    person.set_password(OLD)
    person.save()
    return person


@pytest.fixture
def browser(person: User) -> Client:
    browser = Client()
    browser.force_login(person)
    prove(browser, person)
    return browser


def change(browser: Client, old: str, new: str = NEW) -> None:
    sent = {"oldpassword": old, "password1": new, "password2": new}
    browser.post("/accounts/password/change/", sent)


def test_password_is_changed_by_who_knows_the_present_one(browser: Client, person: User) -> None:
    change(browser, "something else")
    assert authenticate(email=person.email, password=OLD) == person
    change(browser, OLD)
    assert authenticate(email=person.email, password=NEW) == person
    assert authenticate(email=person.email, password=OLD) is None


def test_password_of_digits_alone_is_taken(browser: Client, person: User) -> None:
    change(browser, OLD, "730951846203")
    assert authenticate(email=person.email, password="730951846203") == person


def test_password_fields_hide_what_is_typed_and_let_it_be_pasted(browser: Client) -> None:
    page = browser.get("/accounts/password/change/").content.decode()
    fields = [part.partition(">")[0] for part in page.split("<input")[1:]]
    fields = [field for field in fields if 'name="password' in field or "oldpassword" in field]
    assert len(fields) == 3
    for field in fields:
        assert 'type="password"' in field
        assert "onpaste" not in field
        assert 'autocomplete="off"' not in field


def test_signing_in_changes_the_key_of_the_session(person: User) -> None:
    browser = Client()
    browser.get("/accounts/login/")
    session = browser.session
    session["mark"] = "1"
    session.save()
    before = browser.cookies["sessionid"].value
    browser.post("/accounts/login/", {"login": person.email, "password": OLD})
    assert browser.session["_auth_user_id"] == str(person.pk)
    assert browser.cookies["sessionid"].value != before


def test_sessions_of_a_closed_account_end(browser: Client, person: User) -> None:
    assert browser.get("/account/").status_code == 200
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert browser.get("/account/").status_code == 302


def test_code_of_the_app_opens_once(person: User) -> None:
    secret = generate_totp_secret()
    factor = TOTP.activate(person, secret)
    code = f"{hotp_value(secret, next(iter(yield_hotp_counters_from_time()))):06}"
    assert factor.validate_code(code)
    assert not factor.validate_code(code)
