"""Signing in with allauth, as it is set up here, from door to door."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from exchanges import clock as exchanges_clock
from exchanges.enums import MessageState
from exchanges.mail.delivery import deliver_due
from exchanges.models import OutboxMessage, User
from tests.factories import make_user

pytestmark = pytest.mark.django_db
CODE = re.compile(r"^\s*([0-9A-Z]{3,4}-?[0-9A-Z]{3,4})\s*$", re.MULTILINE)


@pytest.fixture(autouse=True)
def mail_in_memory(settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]


def ask_for_code(client: Client, email: str) -> tuple[int, str]:
    answer = client.post(reverse("account_request_login_code"), {"email": email})
    return answer.status_code, answer["Location"]


def test_code_by_mail_signs_in(client: Client) -> None:
    person = make_user("giulia@example.org")
    where = ask_for_code(client, "giulia@example.org")
    assert where == (302, reverse("account_confirm_login_code"))
    deliver_due(now=exchanges_clock.now)
    (sent,) = mail.outbox
    assert sent.to == ["giulia@example.org"]
    found = CODE.search(sent.body)
    assert found, sent.body
    answer = client.post(reverse("account_confirm_login_code"), {"code": found[1]})
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_code_leads_back_to_the_page_asked_for(client: Client) -> None:
    make_user("giulia@example.org")
    asked = {"email": "giulia@example.org", "next": "/j/1-0-abc/"}
    where = client.post(reverse("account_request_login_code"), asked)["Location"]
    deliver_due(now=exchanges_clock.now)
    found = CODE.search(mail.outbox[0].body)
    assert found
    answer = client.post(where, {"code": found[1], "next": "/j/1-0-abc/"})
    assert answer["Location"] == "/j/1-0-abc/"


def test_code_is_nowhere_in_the_database_as_text(client: Client) -> None:
    make_user("giulia@example.org")
    ask_for_code(client, "giulia@example.org")
    deliver = OutboxMessage.objects.get()
    assert deliver.secret is not None
    sealed = bytes(deliver.secret)
    deliver_due(now=exchanges_clock.now)
    found = CODE.search(mail.outbox[0].body)
    assert found
    assert found[1].encode() not in sealed


def test_wrong_code_does_not_sign_in(client: Client) -> None:
    make_user("giulia@example.org")
    ask_for_code(client, "giulia@example.org")
    client.post(reverse("account_confirm_login_code"), {"code": "AAAA-AAAA"})
    assert "_auth_user_id" not in client.session


def test_unknown_address_looks_the_same_and_gets_no_mail(client: Client) -> None:
    make_user("giulia@example.org")
    known = ask_for_code(client, "giulia@example.org")
    stranger = Client()
    assert ask_for_code(stranger, "nobody@example.org") == known
    pages = [each.get(known[1]).content.decode() for each in (client, stranger)]
    hidden = re.compile(r'value="[^"]{40,}"|[a-z]+@example\.org|nonce="[^"]+"|X-CSRFToken[^}]+')
    assert hidden.sub("", pages[0]) == hidden.sub("", pages[1])
    assert list(OutboxMessage.objects.values_list("address", flat=True)) == ["giulia@example.org"]


def test_unknown_address_and_wrong_password_look_the_same(client: Client) -> None:
    make_user("giulia@example.org", password="correct horse")
    answers = [
        Client().post(reverse("account_login"), {"login": email, "password": "wrong"})
        for email in ("giulia@example.org", "nobody@example.org")
    ]
    errors = [answer.context["form"].errors for answer in answers]
    assert errors[0] == errors[1] != {}


def test_password_reset_of_an_unknown_address_looks_the_same(client: Client) -> None:
    make_user("giulia@example.org", password="correct horse")
    url = reverse("account_reset_password")
    answers = [
        Client().post(url, {"email": email})
        for email in ("giulia@example.org", "nobody@example.org")
    ]
    assert len({(answer.status_code, answer["Location"]) for answer in answers}) == 1
    assert OutboxMessage.objects.count() == 1


def test_closed_account_does_not_sign_in(client: Client) -> None:
    make_user("giulia@example.org", is_active=False)
    ask_for_code(client, "giulia@example.org")
    assert not OutboxMessage.objects.filter(state=MessageState.QUEUED).exists()
    assert "_auth_user_id" not in client.session


def test_fourth_code_in_a_minute_is_refused() -> None:
    make_user("giulia@example.org")
    url = reverse("account_request_login_code")
    for _ in range(3):
        assert Client().post(url, {"email": "giulia@example.org"}).status_code == 302
    for email in ("giulia@example.org", "GIULIA@example.org"):
        assert list(Client().post(url, {"email": email}).context["form"].errors) == ["email"]
    assert OutboxMessage.objects.count() == 3


def test_password_signs_in(client: Client) -> None:
    person = make_user("giulia@example.org", password="correct horse")
    asked = {"login": "giulia@example.org", "password": "correct horse"}
    assert client.post(reverse("account_login"), asked).status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)
    assert not OutboxMessage.objects.exists()


def test_signup_is_by_invitation_only(client: Client) -> None:
    url = reverse("account_signup")
    assert "by invitation" in client.get(url).content.decode()
    client.post(url, {"email": "me@example.org", "password1": "x9!kqpwz", "password2": "x9!kqpwz"})
    assert not User.objects.exists()


PUBLIC = (
    "account_login",
    "account_signup",
    "account_request_login_code",
    "account_reset_password",
    "account_inactive",
)
LOCKED = (
    "account_email",
    "account_change_password",
    "account_set_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
    "usersessions_list",
)


@pytest.mark.parametrize("name", PUBLIC)
def test_public_account_pages_open_without_signing_in(client: Client, name: str) -> None:
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", LOCKED)
def test_other_account_pages_ask_to_sign_in(client: Client, name: str) -> None:
    answer = client.get(reverse(name))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", LOCKED)
def test_person_without_password_opens_the_account_pages(client: Client, name: str) -> None:
    client.force_login(make_user())
    answer = client.get(reverse(name), follow=True)
    assert answer.status_code == (403 if name == "account_reauthenticate" else 200)


def test_sign_out_ends_the_session(client: Client) -> None:
    client.force_login(make_user())
    assert client.post(reverse("account_logout")).status_code == 302
    assert "_auth_user_id" not in client.session
