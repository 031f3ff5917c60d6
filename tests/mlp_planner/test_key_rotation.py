"""A new SECRET_KEY: what the old one closed still opens, while it is in SECRET_KEY_FALLBACKS."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import decrypt
from django.core import signing
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from exchanges.links import PURPOSE_ACCOUNT, make_token, proves, read_token
from exchanges.operations.people.codes import keep_code, use_code
from exchanges.sealing import InvalidToken, SealedText, seal, unseal
from tests.factories import make_user
from tests.moment import AT

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"


def opens(call: Callable[[], Any]) -> bool:
    try:
        return bool(call())
    except (InvalidToken, signing.BadSignature):
        return False


@pytest.fixture
def closed() -> dict[str, Callable[[], bool]]:
    """What is closed now, by name; each call says whether it opens."""
    person, client = make_user(), Client()
    client.force_login(person)
    text, signed = seal(SealedText("Code", "123")), signing.dumps("x")
    TOTP.activate(person, SECRET)
    codes = RecoveryCodes.activate(person).generate_codes()
    token = read_token(make_token(PURPOSE_ACCOUNT, subject=1, person=2, generation=3))
    assert token
    keep_code("BCDF-GHJK", name="mine", until=AT + timedelta(minutes=1))

    def factor(kind: str) -> Authenticator:
        return Authenticator.objects.get(user=person, type=kind)

    return {
        "mail": lambda: opens(lambda: unseal(text)),
        "signed": lambda: opens(lambda: signing.loads(signed)),
        "app": lambda: opens(lambda: decrypt(factor("totp").data["secret"]) == SECRET),
        "codes": lambda: opens(
            lambda: RecoveryCodes(factor("recovery_codes")).generate_codes() == codes
        ),
        "link": lambda: proves(token, PURPOSE_ACCOUNT, generation=3),
        "code": lambda: use_code("BCDF-GHJK", name="mine", at=AT),
        "session": lambda: client.get(reverse("exchanges:account")).status_code == 200,
    }


def rotate(settings: Any, *, keep: bool) -> None:
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY] if keep else []
    settings.SECRET_KEY = "new" * 20


def test_all_opens_while_the_old_key_is_a_fallback(
    settings: Any, closed: dict[str, Callable[[], bool]]
) -> None:
    rotate(settings, keep=True)
    assert {name: opened() for name, opened in closed.items()} == dict.fromkeys(closed, True)


def test_nothing_opens_once_the_old_key_is_gone(
    settings: Any, closed: dict[str, Callable[[], bool]]
) -> None:
    rotate(settings, keep=False)
    assert {name: opened() for name, opened in closed.items()} == dict.fromkeys(closed, False)


def test_second_factors_are_sealed_again_before_the_old_key_goes(
    settings: Any, closed: dict[str, Callable[[], bool]]
) -> None:
    rotate(settings, keep=True)
    assert closed["session"]()  # a page that is asked for seals its session under the new key
    call_command("reseal_secrets")
    settings.SECRET_KEY_FALLBACKS = []
    assert (closed["app"](), closed["codes"](), closed["mail"]()) == (True, True, False)
