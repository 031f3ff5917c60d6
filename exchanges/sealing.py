"""Closing up what must not lie readable in a table: codes in mails, second factors, sessions.

What was sealed under a key in SECRET_KEY_FALLBACKS can still be opened.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from dataclasses import asdict, dataclass
from functools import lru_cache
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from exchanges.keys import secret_keys

__all__ = [
    "SECOND_FACTOR",
    "InvalidToken",
    "SealedText",
    "open_text",
    "reseal",
    "seal",
    "seal_text",
    "unseal",
]
MAIL = "sealed-mail"
SECOND_FACTOR = "second-factor"


@dataclass(frozen=True, slots=True)
class SealedText:
    subject: str
    text: str


def seal(text: SealedText) -> bytes:
    return seal_text(json.dumps(asdict(text)), purpose=MAIL).encode()


def unseal(sealed: bytes) -> SealedText:
    """Raises InvalidToken when it was sealed under another SECRET_KEY."""
    return SealedText(**json.loads(open_text(sealed.decode(), purpose=MAIL)))


def seal_text(text: str, *, purpose: str) -> str:
    """Seal under the present key. What was sealed for one purpose opens for no other."""
    return _fernet(purpose, *secret_keys()).encrypt(text.encode()).decode()


def open_text(sealed: str, *, purpose: str) -> str:
    """Raises InvalidToken when it is not sealed, or under a key that is gone."""
    return _fernet(purpose, *secret_keys()).decrypt(sealed.encode()).decode()


def reseal(sealed: str, *, purpose: str) -> str:
    """Seal under the present key what an older one sealed."""
    return _fernet(purpose, *secret_keys()).rotate(sealed.encode()).decode()


@lru_cache(maxsize=16)
def _fernet(purpose: str, *keys: str) -> MultiFernet:
    return MultiFernet(
        Fernet(urlsafe_b64encode(sha256(f"mlp-planner|{purpose}|{key}".encode()).digest()))
        for key in keys
    )
