"""How often somebody may ask for a code, or try a password, for somebody else's address.

A limit per person alone lets a stranger use it up, and the person gets no code any more. So each
computer that asks has its own limit, and all unknown computers together have one for a person,
against floods of mail. A computer in a network from which the person signed in during the last
90 days does not count as unknown: there a stranger's asking takes nothing away.

What is left: who is in a new place while strangers ask from many computers waits up to an hour, or
uses a password or passkey. People behind one shared address share its limit.
"""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.forms import RequestLoginCodeForm, ResetPasswordForm
from allauth.core import context, ratelimit
from allauth.core.internal.ratelimit import get_ip
from django.http import HttpRequest

from exchanges.queries.people.people import account_with
from exchanges.queries.people.sign_ins import is_known_from


def known_computer(request: HttpRequest, email: str) -> str:
    """Return the address of who asks when the person is known there, else nothing."""
    person = account_with(email)
    address = get_adapter(request).get_client_ip(request)
    return get_ip(request) if person and is_known_from(person, address) else ""


def may_ask_for_code(request: HttpRequest, email: str) -> bool:
    person = email.lower()
    own = ratelimit.consume(request, action="code_by_computer", key=f"{person}|{get_ip(request)}")
    if not own or known_computer(request, person):
        return bool(own)
    return bool(ratelimit.consume(request, action="code_by_strangers", key=person))


class AskForCodeForm(RequestLoginCodeForm):  # type: ignore[misc]
    def clean_email(self) -> str:
        return _email_that_may_ask(super().clean_email())


class ForgottenPasswordForm(ResetPasswordForm):  # type: ignore[misc]
    def clean_email(self) -> str:
        return _email_that_may_ask(super().clean_email())


def _email_that_may_ask(email: str) -> str:
    if not may_ask_for_code(context.request, email):
        raise get_adapter().validation_error("too_many_login_attempts")
    return email
