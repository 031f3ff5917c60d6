"""What changes in how a person signs in: recorded, and told by mail where allauth does not.

allauth sends a mail of most changes by `AccountAdapter.send_notification_mail`. It has none for an
address that was added, nor for the address that was removed.
"""

from __future__ import annotations

from typing import Any

from allauth.account import signals
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.mfa import signals as mfa_signals
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from exchanges import clock
from exchanges.models import User
from exchanges.operations.people.people import note_account_change


def connect() -> None:
    """Listen to allauth; called once, when the app is ready."""
    signals.email_added.connect(_address_added)
    signals.email_confirmed.connect(_address_confirmed)
    signals.email_changed.connect(_address_changed)
    signals.email_removed.connect(_address_removed)
    signals.password_set.connect(_password_set)
    signals.password_changed.connect(_password_changed)
    signals.password_reset.connect(_password_reset)
    mfa_signals.authenticator_added.connect(_factor_added)
    mfa_signals.authenticator_removed.connect(_factor_removed)
    mfa_signals.authenticator_reset.connect(_factor_reset)


def _address_added(user: User, email_address: EmailAddress, **kwargs: Any) -> None:
    _note("address_added", user, address=email_address.pk)


def _address_confirmed(request: HttpRequest, email_address: EmailAddress, **kwargs: Any) -> None:
    """From now on the address opens the account."""
    user = email_address.user
    _note("address_confirmed", user, address=email_address.pk)
    context = {"added_email": email_address.email}
    get_adapter(request).send_notification_mail("account/email/email_added", user, context)


def _address_changed(
    user: User,
    from_email_address: EmailAddress | None,
    to_email_address: EmailAddress,
    **kwargs: Any,
) -> None:
    before = from_email_address.pk if from_email_address else None
    _note("address_changed", user, before=before, address=to_email_address.pk)


def _address_removed(
    request: HttpRequest, user: User, email_address: EmailAddress, **kwargs: Any
) -> None:
    """Tell the address itself; one that nobody confirmed may be a stranger's."""
    _note("address_removed", user)
    if email_address.verified:
        get_adapter(request).send_notification_mail(
            "account/email/email_deleted",
            user,
            {"deleted_email": email_address.email},
            email=email_address.email,
            only=True,
        )


def _password_set(user: User, **kwargs: Any) -> None:
    _note("password_set", user)


def _password_changed(user: User, **kwargs: Any) -> None:
    _note("password_changed", user)


def _password_reset(user: User, **kwargs: Any) -> None:
    _note("password_reset", user)


def _factor_added(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    _note("factor_added", user, factor=str(authenticator.type))


def _factor_removed(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    _note("factor_removed", user, factor=str(authenticator.type))


def _factor_reset(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    _note("factor_reset", user, factor=str(authenticator.type))


def _note(verb: str, user: User, **data: Any) -> None:
    note_account_change(verb, person=user, at=clock.now(), **data)
