"""Writing down who signed in and who failed, as Django and allauth tell it; and showing it."""

from __future__ import annotations

from typing import Any

from allauth.account import signals
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as mfa_signals
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exchanges import clock
from exchanges.enums import SignInMethod
from exchanges.models import User
from exchanges.operations.people.sign_ins import note_sign_in
from exchanges.queries.people.people import account_with
from exchanges.queries.people.sign_ins import MOST_SHOWN, sign_ins_of
from exchanges.views.active import signed_in

METHODS = {
    "password": SignInMethod.PASSWORD,
    "code": SignInMethod.CODE,
    "webauthn": SignInMethod.PASSKEY,
    "totp": SignInMethod.APP,
    "recovery_codes": SignInMethod.RECOVERY_CODE,
}
"""By what allauth calls a method, or the type of a second factor."""


@require_safe
def sign_in_list(request: HttpRequest) -> HttpResponse:
    """Show the person's own sign-ins and failures."""
    context = {"sign_ins": sign_ins_of(signed_in(request)), "most": MOST_SHOWN}
    return render(request, "exchanges/people/sign_in_list.html", context)


def connect() -> None:
    """Listen to Django and allauth; called once, when the app is ready."""
    signals.user_logged_in.connect(_signed_in)
    user_login_failed.connect(_password_failed)
    signals.login_code_rejected.connect(_code_failed)
    signals.password_reset_code_rejected.connect(_code_failed)
    mfa_signals.authentication_failed.connect(_factor_failed)


def method_of(record: dict[str, Any]) -> SignInMethod | None:
    """Return what an entry of allauth's list of proofs was; None when it is none of ours."""
    return METHODS.get(record.get("type", "") or record["method"])


def note_failure(request: HttpRequest, person: User, method: SignInMethod) -> None:
    _note(request, person, method, succeeded=False)


def _signed_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """The last proof counts. There is none when a link opened the account."""
    records = get_authentication_records(request, user)
    method = method_of(records[-1]) if records else None
    _note(request, user, method or SignInMethod.LINK, succeeded=True)


def _password_failed(
    credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    if request is not None:
        person = account_with(str(credentials.get("email", "")))
        _note(request, person, SignInMethod.PASSWORD, succeeded=False)


def _code_failed(request: HttpRequest, user: User, **kwargs: Any) -> None:
    note_failure(request, user, SignInMethod.CODE)


def _factor_failed(
    request: HttpRequest, user: User, authenticator: Authenticator | None = None, **kwargs: Any
) -> None:
    method = METHODS.get(str(authenticator.type)) if authenticator else None
    _note(request, user, method or SignInMethod.APP, succeeded=False)


def _note(
    request: HttpRequest, person: User | None, method: SignInMethod, *, succeeded: bool
) -> None:
    address = get_adapter(request).get_client_ip(request)
    note_sign_in(person=person, succeeded=succeeded, method=method, address=address, at=clock.now())
