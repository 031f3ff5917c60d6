"""Whoever changes how somebody signs in is noticed: by a mail to each address, and an event."""

import json
import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters
from allauth.mfa.utils import decrypt
from django.test import Client
from django.urls import reverse

from exchanges.models import Event, OutboxMessage, User
from exchanges.sealing import unseal
from tests.factories import make_user

pytestmark = pytest.mark.django_db
OLD, NEW, PASSWORD = "old@example.org", "new@example.org", "correct horse battery"
CODE = re.compile(r"^[0-9A-Z]{4}-[0-9A-Z]{4}$", re.MULTILINE)


@pytest.fixture
def person(client: Client) -> User:
    person = make_user(OLD, language="fr")
    client.force_login(person)
    return person


def mails() -> dict[str, str]:
    """The last mail to each address, and forget them."""
    rows = OutboxMessage.objects.order_by("pk")
    sent = {row.address: unseal(bytes(row.secret or b"")).text for row in rows}
    rows.delete()
    return sent


def verbs(person: User) -> list[str]:
    events = Event.objects.filter(subject_type="user", subject_id=person.pk).order_by("number")
    assert {event.actor for event in events} <= {f"user:{person.pk}"}
    assert "@" not in json.dumps([event.data for event in events])
    return [event.verb for event in events]


def add_address(client: Client) -> None:
    client.post(reverse("account_email"), {"email": NEW, "action_add": ""})
    found = CODE.search(mails()[NEW])
    assert found
    client.post(reverse("account_email_verification_sent"), {"code": found[0]})


def test_added_address_is_told_to_the_old_one(client: Client, person: User) -> None:
    add_address(client)
    sent = mails()
    assert set(sent) == {OLD, NEW}
    assert "Vous recevez" in sent[OLD]
    assert NEW in sent[OLD]
    assert "127.0.0.1" in sent[OLD]
    assert verbs(person) == ["address_added", "address_confirmed"]


def test_address_that_became_the_first_one_is_told_to_both(client: Client, person: User) -> None:
    EmailAddress.objects.create(user=person, email=NEW, verified=True)
    client.post(reverse("account_email"), {"email": NEW, "action_primary": ""})
    person.refresh_from_db()
    assert person.email == NEW
    assert set(mails()) == {OLD, NEW}
    assert verbs(person) == ["address_changed"]


def test_removed_address_is_told_to_itself_and_to_the_others(client: Client, person: User) -> None:
    EmailAddress.objects.create(user=person, email=NEW, verified=True)
    client.post(reverse("account_email"), {"email": NEW, "action_primary": ""})
    mails()
    client.post(reverse("account_email"), {"email": OLD, "action_remove": ""})
    sent = mails()
    assert set(sent) == {OLD, NEW}
    assert "Vous recevez" in sent[OLD]  # in the person's language, though the row is gone
    assert OLD in sent[OLD]
    assert verbs(person) == ["address_changed", "address_removed"]


def test_unconfirmed_address_may_be_a_strangers_and_gets_nothing(
    client: Client, person: User
) -> None:
    EmailAddress.objects.create(user=person, email=NEW, verified=False)
    client.post(reverse("account_email"), {"email": NEW, "action_remove": ""})
    assert set(mails()) == {OLD}
    assert verbs(person) == ["address_removed"]


def test_password_set_and_changed_are_told_to_every_address(client: Client, person: User) -> None:
    EmailAddress.objects.create(user=person, email=NEW, verified=True)
    asked = {"password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("account_set_password"), asked)
    assert set(mails()) == {OLD, NEW}
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    other = {"oldpassword": PASSWORD, "password1": f"{PASSWORD}!", "password2": f"{PASSWORD}!"}
    client.post(reverse("account_change_password"), other)
    assert set(mails()) == {OLD, NEW}
    assert verbs(person) == ["password_set", "password_changed"]


def test_forgotten_password_replaced_is_told_to_every_address(client: Client) -> None:
    person = make_user(OLD, password=PASSWORD)
    EmailAddress.objects.create(user=person, email=NEW, verified=True)
    client.post(reverse("account_reset_password"), {"email": NEW})
    found = CODE.search(mails()[NEW])
    assert found
    client.post(reverse("account_confirm_password_reset_code"), {"code": found[0]})
    asked = {"password1": f"{PASSWORD}!", "password2": f"{PASSWORD}!"}
    client.post(reverse("account_complete_password_reset"), asked)
    assert set(mails()) == {OLD, NEW}
    assert verbs(person) == ["password_reset"]


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(counters())))


def totp_code(person: User) -> str:
    stored = Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP)
    return code_of(decrypt(stored.data["secret"]))


def activate_totp(client: Client) -> None:
    page = client.get(reverse("mfa_activate_totp"))
    code = code_of(page.context["form"].secret)
    client.post(reverse("mfa_activate_totp"), {"code": code})


@pytest.mark.django_db(transaction=True)
def test_second_factor_added_and_removed_is_told_to_every_address(client: Client) -> None:
    person = make_user(OLD)
    client.force_login(person)
    EmailAddress.objects.create(user=person, email=NEW, verified=True)
    activate_totp(client)
    assert set(mails()) == {OLD, NEW}
    assert verbs(person) == ["factor_added", "factor_added"]
    factors = [event.data["factor"] for event in Event.objects.order_by("number")]
    assert sorted(factors) == ["recovery_codes", "totp"]
    client.post(reverse("mfa_reauthenticate"), {"code": totp_code(person)})
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()
    assert set(mails()) == {OLD, NEW}
    assert verbs(person)[2:] == ["factor_removed", "factor_removed"]
