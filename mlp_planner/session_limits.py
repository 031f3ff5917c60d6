"""Sessions end when nobody uses them, and some days after signing in in any case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse

from exchanges import clock
from exchanges.management.jobs import hourly
from mlp_planner.sessions import stored_key

SIGNED_IN_AT, SEEN_AT = "signed_in_at", "seen_at"
NOTES_AN_IDLE_TIME = 120
"""So often at most the last use is written, in one idle time: every six minutes of twelve hours."""


def connect() -> None:
    """Called once, when the program starts."""
    user_logged_in.connect(_begin)
    hourly.add("ended-sessions", forget_ended_sessions, order=14)


def session_limits(respond: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Sign out who was idle too long or signed in too long ago. A session without times is over."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            _keep_or_end(request, clock.real_now())
        return respond(request)

    return middleware


def forget_ended_sessions(*, at: datetime) -> None:
    """Delete what ended, with the addresses in allauth's list. The demo's clock does not count."""
    Session.objects.filter(expire_date__lte=clock.real_now()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


def _begin(request: HttpRequest, **kwargs: Any) -> None:
    now = clock.real_now().timestamp()
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = now


def _keep_or_end(request: HttpRequest, now: datetime) -> None:
    unused = now.timestamp() - request.session.get(SEEN_AT, 0)
    if _is_over(request.session, unused, now):
        UserSession.objects.filter(session_key=_key(request)).delete()
        logout(request)
    elif unused > settings.SESSION_IDLE_SECONDS / NOTES_AN_IDLE_TIME:
        request.session[SEEN_AT] = now.timestamp()


def _is_over(session: SessionBase, unused: float, now: datetime) -> bool:
    age = now.timestamp() - session.get(SIGNED_IN_AT, 0)
    return unused >= settings.SESSION_IDLE_SECONDS or age >= settings.SESSION_COOKIE_AGE


def _key(request: HttpRequest) -> str:
    return stored_key(request.session.session_key or "")
