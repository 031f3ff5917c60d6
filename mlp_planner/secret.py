"""The secret key: kept in a file by the embedded default, checked in production."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

MIN_LENGTH = 50
MIN_DISTINCT = 12
WELL_KNOWN = ("django-insecure", "changeme", "change-me", "change_me", "example")


def kept_secret(path: Path) -> str:
    """Return the key in the file at `path`; made on first use, once for all processes."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()


def strong_secret(key: str, name: str = "SECRET_KEY") -> str:
    """`key` itself. Raises ImproperlyConfigured when it is missing or can be guessed."""
    weak = (
        len(key) < MIN_LENGTH
        or len(set(key)) < MIN_DISTINCT
        or any(word in key.lower() for word in WELL_KNOWN)
    )
    if weak:
        raise ImproperlyConfigured(
            f"Set {name} to at least {MIN_LENGTH} random characters, for instance from: "
            "python -c 'import secrets; print(secrets.token_urlsafe(64))'"
        )
    return key
