"""How allauth works here: accounts open by invitation only, and its mail goes by the outbox."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils import translation

from exchanges import clock
from exchanges.enums import Message
from exchanges.models import User
from exchanges.operations.mail.outbox import tell_address
from exchanges.sealing import SealedText, seal


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never by this page: an invitation's own link opens an account."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Rendered now, because a code exists only now, and kept sealed until it is sent."""
        language = _language_of(email)
        with translation.override(language):
            mail = self.render_mail(template_prefix, email, {"email": email, **context})
        sealed = seal(SealedText(subject=mail.subject, text=str(mail.body)))
        tell_address(email, Message.ACCOUNT, at=clock.now(), language=language, secret=sealed)


def _language_of(email: str) -> str:
    """The person's language, else the one of the page."""
    known = User.objects.filter(email__iexact=email).exclude(language="").first()
    return known.language if known else translation.get_language() or "en"
