import pytest
from cryptography.fernet import InvalidToken
from django.core import mail
from django.core.management import call_command
from django.utils import translation

from exchanges.enums import Message, MessageState
from exchanges.models import OutboxMessage
from exchanges.sealing import SealedText, seal, unseal
from tests.factories import make_user

pytestmark = pytest.mark.django_db


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
