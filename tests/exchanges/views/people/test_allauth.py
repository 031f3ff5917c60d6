import re
from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import decrypt
from cryptography.fernet import InvalidToken
from django.apps import apps
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from exchanges.enums import Message, MessageState
from exchanges.models import IssuedCode, OutboxMessage
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


@pytest.mark.parametrize("name", ["account_request_login_code", "account_reset_password"])
def test_a_code_lies_nowhere_readable(client, name):
    person = make_user(password="correct horse battery")
    client.post(reverse(name), {"email": person.email})
    text = unseal(bytes(OutboxMessage.objects.get().secret)).text
    code = re.search(r"^\w{4}-\w{4}$", text, re.MULTILINE)[0]
    assert code not in str(dict(client.session))
    issued = IssuedCode.objects.get()
    assert code not in f"{issued.name} {issued.digest}"


def test_a_second_factor_lies_sealed(client):
    person = make_user()
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    codes = RecoveryCodes.activate(person)
    assert "JBSWY3DPEHPK3PXP" not in str(list(Authenticator.objects.values_list("data")))
    assert codes.instance.data["seed"].startswith("gAAAA")
    wrapped = Authenticator.objects.get(type="recovery_codes").wrap()
    assert wrapped.validate_code(codes.generate_codes()[0])


def test_the_migration_seals_what_lies_open():
    person, key = make_user(), make_user()
    Authenticator.objects.create(user=person, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    Authenticator.objects.create(
        user=person, type="recovery_codes", data={"migrated_codes": ["12345678"]}
    )
    Authenticator.objects.create(user=key, type="webauthn", data={"name": "Key"})
    migration = import_module("exchanges.migrations.0011_seal_secrets")
    for _ in range(2):  # a second run seals nothing twice
        migration.seal(apps, None)
    app, codes, passkey = Authenticator.objects.order_by("pk")
    assert decrypt(app.data["secret"]) == "JBSWY3DPEHPK3PXP"
    assert RecoveryCodes(codes).generate_codes() == ["12345678"]
    assert passkey.data == {"name": "Key"}
    held = str(list(Authenticator.objects.values_list("data")))
    assert "JBSWY3DP" not in held
    assert "12345678" not in held


def test_an_unknown_address_gets_no_mail(client):
    client.post("/accounts/login/code/", {"email": "nobody@example.org"})
    assert not OutboxMessage.objects.exists()


def test_what_is_sealed_can_be_opened_with_the_same_secret_only(settings):
    sealed = seal(SealedText(subject="Code", text="Ω 123"))
    assert unseal(sealed) == SealedText(subject="Code", text="Ω 123")
    settings.SECRET_KEY = "x" * 60
    with pytest.raises(InvalidToken):
        unseal(sealed)
