from datetime import timedelta

import pytest
from cryptography.fernet import InvalidToken
from django.core import mail
from django.core.management import call_command
from django.utils import timezone, translation

from exchanges.accounts import INVITATION_KEY, AccountAdapter, proven_invitation
from exchanges.enums import Message, MessageState
from exchanges.models import AccountInvitation, OutboxMessage
from exchanges.sealing import SealedText, seal, unseal
from tests.factories import make_contact, make_organisation, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation():
    organisation = make_organisation()
    now = timezone.now()
    return AccountInvitation.objects.create(
        email="new@example.org", organisation=organisation, role="contact",
        invited_by=make_contact(organisation), invited_at=now, expires_at=now + timedelta(days=14),
    )  # fmt: skip


def request_with(rf, session):
    request = rf.get("/accounts/signup/")
    request.session = session
    return request


def is_open(rf, session):
    return AccountAdapter().is_open_for_signup(request_with(rf, session))


def test_signup_is_closed_without_an_invitation(rf, invitation):
    assert not is_open(rf, {})
    assert not is_open(rf, {INVITATION_KEY: invitation.pk + 1})
    assert not is_open(rf, {INVITATION_KEY: "1 or 1=1"})


def test_signup_is_open_with_a_proven_invitation(rf, invitation):
    assert is_open(rf, {INVITATION_KEY: invitation.pk})
    assert proven_invitation(request_with(rf, {INVITATION_KEY: invitation.pk})) == invitation


@pytest.mark.parametrize("field", ["accepted_at", "revoked_at", "expires_at"])
def test_signup_is_closed_once_the_invitation_is_over(rf, invitation, field):
    setattr(invitation, field, timezone.now())
    invitation.save()
    assert not is_open(rf, {INVITATION_KEY: invitation.pk})


@pytest.mark.django_db(transaction=True)
def test_a_login_code_goes_sealed_through_the_outbox(client):
    person = make_user(language="fr")
    with translation.override("en"):
        client.post("/accounts/login/code/", {"email": person.email})
    assert mail.outbox == []
    row = OutboxMessage.objects.get()
    assert (row.kind, row.address, row.language) == (Message.ACCOUNT, person.email, "fr")
    code = [line for line in unseal(bytes(row.secret)).text.splitlines() if line.strip()][1]
    assert code.encode() not in bytes(row.secret)

    call_command("worker", "--once")

    (sent,) = mail.outbox
    assert sent.to == [person.email]
    assert code in sent.body
    row.refresh_from_db()
    assert (row.state, row.secret) == (MessageState.SENT, None)


def test_an_unknown_address_gets_no_mail(client):
    client.post("/accounts/login/code/", {"email": "nobody@example.org"})
    assert not OutboxMessage.objects.exists()


def test_what_is_sealed_can_be_opened_with_the_same_secret_only(settings):
    sealed = seal(SealedText(subject="Code", text="Ω 123"))
    assert unseal(sealed) == SealedText(subject="Code", text="Ω 123")
    settings.SECRET_KEY = "x" * 60
    with pytest.raises(InvalidToken):
        unseal(sealed)
