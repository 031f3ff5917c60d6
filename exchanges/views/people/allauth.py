"""How allauth works here: accounts open by invitation only, and its mail goes by the outbox."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone, translation

from exchanges import clock
from exchanges.enums import Message
from exchanges.models import User
from exchanges.operations.mail.outbox import tell_address
from exchanges.queries.people.people import account_with, addresses_of
from exchanges.sealing import SealedText, seal


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never by this page: an invitation's own link opens an account."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put a mail of allauth's into the outbox, in the language of who owns the address."""
        self._send(template_prefix, email, context, account_with(email))

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
