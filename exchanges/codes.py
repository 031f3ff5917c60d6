"""The hash of a code that people type. Without SECRET_KEY nobody finds the code by trying all."""

from __future__ import annotations

import hmac

from exchanges.keys import secret_keys


def code_hash(code: str, *, name: str) -> str:
    """Hash under the present key. `name` is what tells this code from others."""
    return _digest(secret_keys()[0], code, name)


def is_code(typed: str, *, name: str, digest: str) -> bool:
    """Say whether `digest` is of this code, under the present key or an older one."""
    found = [hmac.compare_digest(_digest(key, typed, name), digest) for key in secret_keys()]
    return any(found)


def _digest(key: str, code: str, name: str) -> str:
    """Dashes, spaces and small letters make no difference to who types."""
    signs = "".join(sign for sign in code.upper() if sign.isalnum())
    return hmac.new(key.encode(), f"mlp-planner|code|{name}|{signs}".encode(), "sha256").hexdigest()
