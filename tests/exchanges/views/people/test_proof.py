"""What counts as fresh proof of who is signed in, whatever the step that asks for it."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client, RequestFactory

from exchanges.domain.proof import Proof
from exchanges.enums import SignInMethod
from exchanges.models import User
from exchanges.views.people.proof import proof_of, second_factor_of
from tests.factories import make_user
from tests.moment import AT

pytestmark = pytest.mark.django_db


def request_after(person: User, *records: tuple[str, int]) -> Any:
    """A request in a session that has seen these methods, each so many seconds ago."""
    client = Client()
    client.force_login(person)
    request = RequestFactory().get("/")
    request.user, request.session = person, client.session
    request.session["account_authentication_methods_user"] = str(person.pk)
    request.session["account_authentication_methods"] = [
        {
            "method": "mfa" if kind in ("totp", "webauthn", "recovery_codes") else kind,
            "type": kind,
            "at": (AT - timedelta(seconds=seconds)).timestamp(),
        }
        for kind, seconds in records
    ]
    return request


@pytest.mark.parametrize(
    ("records", "method"),
    [
        ((), None),
        ((("code", 0),), None),
        ((("demo", 0),), None),
        ((("password_reset", 0),), None),
        ((("password", 300),), SignInMethod.PASSWORD),
        ((("password", 301),), None),
        ((("password", -1),), None),
        ((("webauthn", 200), ("password", 10)), SignInMethod.PASSKEY),
        ((("totp", 400), ("password", 10)), SignInMethod.PASSWORD),
        ((("totp", 20), ("recovery_codes", 10)), SignInMethod.RECOVERY_CODE),
    ],
)
def test_best_proof_of_five_minutes_counts(records: Any, method: SignInMethod | None) -> None:
    proof = proof_of(request_after(make_user(), *records))
    assert (proof.method if proof else None) == method


def test_proof_names_account_address_and_time() -> None:
    person = make_user()
    proof = proof_of(request_after(person, ("totp", 60)))
    moment = AT - timedelta(seconds=60)
    assert proof == Proof(person.pk, person.email, SignInMethod.APP, moment)
    assert proof.is_second_factor


def test_session_remembers_that_it_saw_a_second_factor() -> None:
    person = make_user()
    Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data={})
    proof = second_factor_of(request_after(person, ("webauthn", 9999)), at=AT)
    assert proof is not None
    assert proof.method == SignInMethod.PASSKEY
    assert second_factor_of(request_after(person, ("password", 0)), at=AT) is None


def test_second_factor_that_was_removed_counts_no_longer() -> None:
    assert second_factor_of(request_after(make_user(), ("totp", 0)), at=AT) is None


def test_who_was_chosen_in_the_demo_has_proven_it(settings: Any) -> None:
    person = make_user()
    assert second_factor_of(request_after(person, ("demo", 0)), at=AT) is None
    settings.DEMO = True
    proof = second_factor_of(request_after(person, ("demo", 0)), at=AT)
    assert proof is not None
    assert proof.holds(person.pk, at=AT)
