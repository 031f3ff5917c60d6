"""Signing asks for a fresh proof of who signs: by password, second factor, or a code by mail."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse

from agreements.enums import AgreementState
from agreements.models import Agreement, Signature
from exchanges.enums import SignInMethod
from exchanges.models import Event, OutboxMessage, SignIn, User
from exchanges.sealing import unseal
from tests.factories.agreements import (
    bring_to,
    make_held_visit,
    parties,
    signatory,
    start_agreement,
)
from tests.factories.proofs import prove
from tests.moment import AT, Clock

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
CODE = re.compile(r"^\w{4}-\w{4}$", re.MULTILINE)


@pytest.fixture
def agreement() -> Agreement:
    return bring_to(start_agreement(make_held_visit()), AgreementState.OUT_FOR_SIGNATURE)


@pytest.fixture
def person(agreement: Agreement) -> User:
    """The signatory of the first party, who has neither password nor second factor."""
    return signatory(parties(agreement)[0].organisation)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def url(agreement: Agreement, name: str = "sign") -> str:
    return reverse(f"agreements:agreement-{name}", args=[agreement.reference])


def typed(client: Client, agreement: Agreement, **fields: str) -> dict[str, Any]:
    page = client.get(url(agreement))
    return {
        "sha256": page.context["detail"].version.sha256,
        "party": page.context["party"].pk,
        "name": "Ana",
        "function": "Mayor",
        "intent": "on",
        **fields,
    }


def code_by_mail(client: Client, agreement: Agreement) -> str:
    OutboxMessage.objects.all().delete()
    client.post(url(agreement, "sign-code"))
    message = OutboxMessage.objects.get()
    found = CODE.search(unseal(bytes(message.secret or b"")).text)
    assert found
    assert found[0].encode() not in bytes(message.secret or b"")
    return found[0]


def sign(client: Client, agreement: Agreement, **fields: str) -> bool:
    return client.post(url(agreement), typed(client, agreement, **fields)).status_code == 302


def test_person_with_codes_only_signs_by_a_code_for_these_terms(
    agreement: Agreement, person: User
) -> None:
    client = signed_in(person)
    page = client.get(url(agreement)).content.decode()
    assert "Send me a code" in page
    assert "Sign for" not in page
    assert not sign(client, agreement)
    code = code_by_mail(client, agreement)
    assert "Sign for" in client.get(url(agreement)).content.decode()
    assert sign(client, agreement, code=code.lower())
    signature = Signature.objects.get()
    assert (signature.user, signature.email) == (person, person.email)
    assert (signature.proof, signature.proven_at) == (SignInMethod.CODE, AT)
    event = Event.objects.get(verb="sign")
    assert event.data["proof"] == "code"
    assert "@" not in str(event.data)


def test_code_that_signed_in_a_minute_ago_is_no_proof(agreement: Agreement, person: User) -> None:
    client = signed_in(person)
    prove(client, person, "code")
    assert not sign(client, agreement)
    assert (
        "Confirm that it is you"
        in client.post(url(agreement), typed(client, agreement)).content.decode()
    )
    assert not Signature.objects.exists()


def test_code_is_bound_to_the_session_and_the_terms(agreement: Agreement, person: User) -> None:
    client = signed_in(person)
    code = code_by_mail(client, agreement)
    elsewhere = signed_in(person)
    code_by_mail(elsewhere, agreement)
    assert not sign(elsewhere, agreement, code=code)
    assert not sign(client, agreement, code=code, sha256="0" * 64)
    assert sign(client, agreement, code=code)


def test_code_for_one_agreement_signs_no_other() -> None:
    scene = make_held_visit()
    drafts = start_agreement(scene), start_agreement(scene, scene.organisations)
    first, second = (bring_to(draft, AgreementState.OUT_FOR_SIGNATURE) for draft in drafts)
    client = signed_in(signatory(parties(first)[0].organisation))
    code = code_by_mail(client, first)
    code_by_mail(client, second)
    assert not sign(client, second, code=code)
    assert sign(client, first, code=code)


def test_three_wrong_codes_end_it_and_are_logged(agreement: Agreement, person: User) -> None:
    client = signed_in(person)
    code = code_by_mail(client, agreement)
    for _ in range(3):
        assert not sign(client, agreement, code="XXXX-XXXX")
    page = client.post(url(agreement), typed(client, agreement, code=code))
    assert list(page.context["form"].errors) == ["code"]
    assert SignIn.objects.filter(user=person, succeeded=False).count() == 4
    assert sign(client, agreement, code=code_by_mail(client, agreement))


def test_code_is_for_ten_minutes_and_once(agreement: Agreement, person: User, clock: Clock) -> None:
    client = signed_in(person)
    code = code_by_mail(client, agreement)
    clock.move_to(AT + timedelta(minutes=10))
    assert not sign(client, agreement, code=code)
    code = code_by_mail(client, agreement)
    assert sign(client, agreement, code=code)
    assert Signature.objects.count() == 1


def test_five_codes_an_hour_are_enough(agreement: Agreement, person: User) -> None:
    client = signed_in(person)
    for _ in range(5):
        code_by_mail(client, agreement)
    OutboxMessage.objects.all().delete()
    client.post(url(agreement, "sign-code"))
    assert not OutboxMessage.objects.exists()
    assert "several codes" in client.get(url(agreement)).content.decode()


def test_password_of_the_last_five_minutes_is_a_proof(
    agreement: Agreement, person: User, clock: Clock
) -> None:
    person.set_password(PASSWORD)
    person.save()
    client = signed_in(person)
    page = client.get(url(agreement)).content.decode()
    assert reverse("account_reauthenticate") in page
    assert "Send me a code" not in page
    confirm = next(way.url for way in client.get(url(agreement)).context["ways"])
    assert not sign(client, agreement)
    back = client.post(confirm, {"password": PASSWORD})["Location"]
    assert back.startswith(url(agreement))
    clock.move_to(AT + timedelta(minutes=5, seconds=1))
    assert not sign(client, agreement)
    clock.move_to(AT + timedelta(minutes=5))
    assert sign(client, agreement)
    assert Signature.objects.get().proof == SignInMethod.PASSWORD
    assert Signature.objects.get().proven_at == AT


def test_who_has_a_second_factor_gets_no_code(agreement: Agreement, person: User) -> None:
    client = signed_in(person)
    code = code_by_mail(client, agreement)
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    assert not sign(client, agreement, code=code)
    prove(client, person, "mfa")
    assert not sign(client, agreement)  # of which kind is not known
    session = client.session
    session["account_authentication_methods"] += [
        {"method": "mfa", "type": "totp", "at": AT.timestamp()}
    ]
    session.save()
    assert sign(client, agreement)
    assert Signature.objects.get().proof == SignInMethod.APP


def test_proof_of_who_was_here_before_does_not_count(agreement: Agreement, person: User) -> None:
    client = signed_in(person)
    other = signatory(parties(agreement)[1].organisation)
    prove(client, other)
    assert not sign(client, agreement)
