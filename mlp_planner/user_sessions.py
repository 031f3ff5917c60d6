"""allauth's list of where a person is signed in, without the keys of the sessions.

`UserSession.session_key` holds the hash that the table of sessions holds. allauth has no setting
for that, so three of its places are changed here, when the program starts.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.usersessions.models import UserSession, UserSessionManager
from django.db.models.signals import post_init
from django.http import HttpRequest

from exchanges import clock
from mlp_planner.sessions import KEY_LENGTH, StoredKey, stored_key


def keep_no_keys() -> None:
    """Let allauth write, compare and end sessions by the hash of their key."""
    post_init.connect(_mark_as_stored, sender=UserSession)
    UserSessionManager.create_from_request = _create_from_request
    UserSession.is_current = _is_current


def _mark_as_stored(instance: UserSession, **kwargs: Any) -> None:
    """So that the session store takes it for what it is, and does not hash it again."""
    key = instance.__dict__.get("session_key", "")
    instance.session_key = StoredKey(key) if len(key) == KEY_LENGTH else stored_key(key)


def _create_from_request(manager: UserSessionManager, request: HttpRequest) -> None:
    if not request.session.session_key:
        request.session.save()
    longest = UserSession._meta.get_field("user_agent").max_length
    manager.update_or_create(
        session_key=stored_key(request.session.session_key or ""),
        defaults={
            "user": request.user,
            "ip": get_adapter().get_client_ip(request),
            "user_agent": request.META.get("HTTP_USER_AGENT", "")[:longest],
            "last_seen_at": clock.real_now(),
        },
    )


def _is_current(session: UserSession) -> bool:
    key = context.request.session.session_key
    return bool(key) and session.session_key == stored_key(key)
