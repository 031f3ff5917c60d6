"""Who signed in and who failed is written down: with the network, without any secret."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse

from exchanges.models import OutboxMessage, SignIn
from exchanges.operations.people.sign_ins import forget_old_sign_ins
from exchanges.sealing import unseal
from tests.factories import make_user
from tests.moment import AT

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
EMAIL = "giulia@example.org"
ELSEWHERE = "203.0.113.9"


def log() -> list[tuple[Any, ...]]:
    rows = SignIn.objects.order_by("pk")
    return list(rows.values_list("user__email", "succeeded", "method", "network"))


def try_password(client: Client, password: str, email: str = EMAIL, ip: str = ELSEWHERE) -> bool:
    asked = {"login": email, "password": password}
    return client.post(reverse("account_login"), asked, REMOTE_ADDR=ip).status_code == 302


def ask(
    client: Client, ip: str, email: str = EMAIL, name: str = "account_request_login_code"
) -> bool:
    return client.post(reverse(name), {"email": email}, REMOTE_ADDR=ip).status_code == 302


def code_in_mail() -> str:
    text = unseal(bytes(OutboxMessage.objects.latest("pk").secret or b"")).text
    found = re.search(r"^\w{4}-\w{4}$", text, re.MULTILINE)
    assert found
    return found[0]


def test_sign_ins_and_failures_are_written_with_the_network_only() -> None:
    make_user(EMAIL, password=PASSWORD)
    try_password(Client(), "wrong")
    try_password(Client(), "wrong", "Nobody@Example.org")
    try_password(Client(), PASSWORD)
    client = Client()
    ask(client, ELSEWHERE)
    url = reverse("account_confirm_login_code")
    client.post(url, {"code": "XXXX-XXXX"}, REMOTE_ADDR="2001:db8:1:2::3")
    client.post(url, {"code": code_in_mail()}, REMOTE_ADDR="2001:db8:1:2::3")
    assert log() == [
        (EMAIL, False, "password", "203.0.113.0/24"),
        (None, False, "password", "203.0.113.0/24"),
        (EMAIL, True, "password", "203.0.113.0/24"),
        (EMAIL, False, "code", "2001:db8:1::/48"),
        (EMAIL, True, "code", "2001:db8:1::/48"),
    ]
    held = str(list(SignIn.objects.values())).lower()
    for secret in ("nobody", "wrong", PASSWORD, ELSEWHERE):
        assert secret not in held


def test_second_factor_that_fails_is_written() -> None:
    TOTP.activate(make_user(EMAIL, password=PASSWORD), "JBSWY3DPEHPK3PXP")
    client = Client()
    try_password(client, PASSWORD)
    client.post(reverse("mfa_authenticate"), {"code": "000000"}, REMOTE_ADDR=ELSEWHERE)
    assert log() == [(EMAIL, False, "app", "203.0.113.0/24")]


def test_page_shows_the_persons_own_lines_only(client: Client) -> None:
    person, other = make_user(EMAIL, password=PASSWORD), make_user(password=PASSWORD)
    client.force_login(person)
    url = reverse("exchanges:sign-ins")
    assert "No sign-in yet" in client.get(url).content.decode()
    try_password(Client(), "wrong")
    try_password(Client(), "wrong", other.email, "198.51.100.1")
    page = client.get(url).content.decode()
    assert "203.0.113.0/24" in page
    assert "Refused" in page
    assert "198.51.100" not in page


def test_lines_are_kept_for_90_days() -> None:
    make_user(EMAIL, password=PASSWORD)
    try_password(Client(), PASSWORD)
    assert forget_old_sign_ins(at=AT + timedelta(days=90, seconds=-1)) == 0
    assert forget_old_sign_ins(at=AT + timedelta(days=90)) == 1


@pytest.mark.parametrize("name", ["account_request_login_code", "account_reset_password"])
def test_strangers_asking_takes_nothing_from_a_person_elsewhere(name: str) -> None:
    make_user(EMAIL, password=PASSWORD)
    asked = [ask(Client(), ELSEWHERE, name=name) for _ in range(5)]
    assert asked == [True, True, True, False, False]
    assert ask(Client(), "198.51.100.1", name=name)


def test_strangers_together_have_a_limit_and_the_person_still_gets_a_code(settings: Any) -> None:
    assert settings.ACCOUNT_RATE_LIMITS["code_by_strangers"] == "20/h/key"
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "code_by_strangers": "4/h/key"}
    make_user(EMAIL, password=PASSWORD)
    assert try_password(Client(), PASSWORD, ip="192.0.2.1")  # known from here
    asked = [ask(Client(), f"203.0.113.{number}") for number in range(6)]
    assert asked == [True] * 4 + [False] * 2
    assert not ask(Client(), "198.51.100.1")
    assert ask(Client(), "192.0.2.200")


def test_strangers_wrong_passwords_do_not_lock_the_person_out() -> None:
    make_user(EMAIL, password=PASSWORD)
    assert try_password(Client(), PASSWORD, ip="192.0.2.1")
    for _ in range(6):
        assert not try_password(Client(), "wrong")
    assert not try_password(Client(), PASSWORD)
    assert try_password(Client(), PASSWORD, ip="192.0.2.1")


def test_unknown_address_is_limited_as_a_known_one() -> None:
    make_user(EMAIL)
    for email in (EMAIL, "nobody@example.org"):
        asked = [ask(Client(), ELSEWHERE, email) for _ in range(4)]
        assert asked == [True, True, True, False]
