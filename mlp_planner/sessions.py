"""Sessions whose table opens nothing: it holds a hash of the cookie's key, and sealed data.

The setting SESSION_ENGINE names this module. The program is served by WSGI, so the asynchronous
twins of these methods are not adapted.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session

from exchanges import clock
from exchanges.sealing import InvalidToken, open_text, seal_text

KEY_LENGTH = 40
"""Of the 43 characters that SHA-256 has; the columns of Django and allauth hold no more."""
PURPOSE = "session"


class StoredKey(str):
    """A session's key as tables hold it: a hash.

    The type is the proof that it came out of a table. A cookie is plain text, so a hash that
    somebody read in the table and sends as a cookie is hashed again, and opens nothing.
    """

    __slots__ = ()


def stored_key(key: str) -> StoredKey:
    if isinstance(key, StoredKey):
        return key
    digest = urlsafe_b64encode(sha256(key.encode()).digest()).decode()
    return StoredKey(digest[:KEY_LENGTH])


class SessionStore(DatabaseStore):
    def load(self) -> dict[str, Any]:
        rows = Session.objects.filter(expire_date__gt=clock.real_now())
        row = rows.filter(session_key=stored_key(self.session_key or "")).first()
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row.session_data)

    def exists(self, session_key: str) -> bool:
        return super().exists(stored_key(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = super().create_model_instance(data)
        assert isinstance(row, Session)
        row.session_key = stored_key(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            super().delete(stored_key(key))

    def encode(self, session_dict: dict[str, Any]) -> str:
        return seal_text(self.serializer().dumps(session_dict).decode("latin-1"), purpose=PURPOSE)

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Return nothing, as for a session that is over, when the key that sealed it is gone."""
        try:
            text = open_text(str(session_data), purpose=PURPOSE)
        except InvalidToken:
            return {}
        found: dict[str, Any] = self.serializer().loads(text.encode("latin-1"))
        return found
