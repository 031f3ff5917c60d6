"""Links that need no account: a token is an HMAC made when a mail is rendered; no table holds one.

A token names an id and a person and proves both. Raising the generation of what it points to
revokes every token made before. Whoever holds it acts as that invitation, not as a user.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass

from exchanges.keys import secret_keys

PURPOSE_INVITATION = "invitation"
PURPOSE_ACCOUNT = "account"
PURPOSE_RECOVERY = "recovery"
PURPOSE_ROLES = "roles"
PURPOSE_SIGNATORY = "signatory"
_MAC_BYTES = 20


@dataclass(frozen=True, slots=True)
class Token:
    """Ids of what the link opens and of the person it was sent to; 0 is nobody."""

    subject: int
    person: int
    mac: str

    def __str__(self) -> str:
        return f"{self.subject}-{self.person}-{self.mac}"


def make_token(purpose: str, *, subject: int, person: int, generation: int) -> str:
    key = secret_keys()[0]
    return str(Token(subject, person, _mac(key, purpose, subject, person, generation)))


def read_token(text: str) -> Token | None:
    """Read the parts of a token, not yet proven; None when it is not one."""
    subject, _, rest = text.partition("-")
    person, _, mac = rest.partition("-")
    if not (_is_id(subject) and _is_id(person) and mac.isascii()):
        return None
    return Token(int(subject), int(person), mac)


def proves(token: Token, purpose: str, *, generation: int) -> bool:
    """Under the present key, or an older one that is still in SECRET_KEY_FALLBACKS."""
    parts = (purpose, token.subject, token.person, generation)
    return any(hmac.compare_digest(_mac(key, *parts), token.mac) for key in secret_keys())


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18


def _mac(key: str, purpose: str, subject: int, person: int, generation: int) -> str:
    message = f"mlp-planner|{purpose}|{subject}|{person}|{generation}".encode()
    digest = hmac.new(key.encode(), message, "sha256").digest()
    return urlsafe_b64encode(digest[:_MAC_BYTES]).decode().rstrip("=")
