"""Closing up the text of a mail that must not lie readable in a table: login codes."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from dataclasses import asdict, dataclass
from hashlib import sha256

from cryptography.fernet import Fernet
from django.conf import settings


@dataclass(frozen=True, slots=True)
class SealedText:
    subject: str
    text: str


def seal(text: SealedText) -> bytes:
    return _fernet().encrypt(json.dumps(asdict(text)).encode())


def unseal(sealed: bytes) -> SealedText:
    """Raises cryptography.fernet.InvalidToken when it was sealed under another SECRET_KEY."""
    return SealedText(**json.loads(_fernet().decrypt(sealed)))


def _fernet() -> Fernet:
    key = sha256(b"mlp-planner|sealed-mail|" + settings.SECRET_KEY.encode()).digest()
    return Fernet(urlsafe_b64encode(key))
