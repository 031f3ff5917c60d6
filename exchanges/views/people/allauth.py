"""How allauth works here: accounts open by invitation only, and its mail goes by the outbox."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone, translation

from exchanges import clock
from exchanges.enums import Message
from exchanges.models import User
from exchanges.operations.mail.outbox import tell_address
from exchanges.operations.people.codes import keep_code
from exchanges.queries.people.people import account_with, addresses_of
from exchanges.sealing import SECOND_FACTOR, SealedText, open_text, seal, seal_text
from exchanges.views.people.asking import known_computer

PROOF_CODE_LASTS = timedelta(minutes=10)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never by this page: an invitation's own link opens an account."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put a mail of allauth's into the outbox, in the language of who owns the address.

        allauth knows a code by its name only; what the person types appears in the mail alone.
        """
        code = _codes_of_request().get(context.get("code", ""))
        words = {**context, "code": code} if code else context
        self._send(template_prefix, email, words, account_with(email))

    def send_proof_code(self, person: User, *, name: str, purpose: str) -> None:
        """Mail a new code for what `name` stands for; see `proof.py`."""
        code = super().generate_login_code()
        keep_code(code, name=name, until=clock.now() + PROOF_CODE_LASTS)
        context = {"code": code, "purpose": purpose}
        self._send("account/email/proof_code", person.email, context, person)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count failures of strangers apart from those where the person is known."""
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}|{known_computer(request, credentials.get('email', ''))}"

    def generate_login_code(self) -> str:
        return _issue(super().generate_login_code(), app_settings.LOGIN_BY_CODE_TIMEOUT)

    def generate_password_reset_code(self) -> str:
        code = super().generate_password_reset_code()
        return _issue(code, app_settings.PASSWORD_RESET_BY_CODE_TIMEOUT)

    def generate_email_verification_code(self) -> str:
        code = super().generate_email_verification_code()
        return _issue(code, app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
        *,
        only: bool = False,
    ) -> None:
        """Write to every address of the person, and to `email`, which may be an old one.

        Whoever takes over an account makes an own address the first one, so the others matter.
        With `only`, write to `email` alone.
        """
        if not settings.ACCOUNT_EMAIL_NOTIFICATIONS:
            return
        origin = {
            "timestamp": clock.now(),
            "ip": self.get_client_ip(self.request),
            "user_agent": self.get_http_user_agent(self.request),
        }
        addresses = set() if only else addresses_of(user)
        for address in sorted(addresses | ({email} if email else set())):
            self._send(template_prefix, address, {**origin, **(context or {})}, user)

    def _send(
        self, template_prefix: str, email: str, context: dict[str, Any], person: User | None
    ) -> None:
        """Render it now, because a code exists only now; it is kept sealed until it is sent."""
        language = (person and person.language) or translation.get_language() or "en"
        with translation.override(language), timezone.override("UTC"):
            mail = self.render_mail(template_prefix, email, {"email": email, **context})
        sealed = seal(SealedText(subject=mail.subject, text=str(mail.body)))
        tell_address(email, Message.ACCOUNT, at=clock.now(), language=language, secret=sealed)


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The secret of an authenticator app and the seed of recovery codes lie sealed in the table."""

    def encrypt(self, text: str) -> str:
        return seal_text(text, purpose=SECOND_FACTOR)

    def decrypt(self, encrypted_text: str) -> str:
        return open_text(encrypted_text, purpose=SECOND_FACTOR)


def _issue(code: str, seconds: int) -> str:
    """Keep the hash of a code, and return the name that stands for it."""
    name = secrets.token_urlsafe(16)
    keep_code(code, name=name, until=clock.now() + timedelta(seconds=seconds))
    _codes_of_request()[name] = code
    return name


def _codes_of_request() -> dict[str, str]:
    """The codes that this request made, by name; they are forgotten when it ends."""
    codes: dict[str, str] = vars(context.request).setdefault("issued_codes", {})
    return codes
