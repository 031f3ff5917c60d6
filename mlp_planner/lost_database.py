"""When the connection to the database is lost: one more try for reads, else a plain 503.

A restart of PostgreSQL ends each connection, also those that wait for their next request. What
only reads can be done again; what writes is not repeated, because nobody knows how far it came.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import psycopg
import structlog
from django.core.signals import got_request_exception
from django.db import DEFAULT_DB_ALIAS, Error, InterfaceError, connections
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

SAFE = ("GET", "HEAD")
LOST_CODES = ("08", "57P0", "53300")  # broken, shutting down or starting, too many connections
RETRY_AFTER_SECONDS = 10
log = structlog.get_logger(__name__)


class LostDatabaseMiddleware:
    """Django turns an exception into an answer inside, so a signal says what it was."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond
        got_request_exception.connect(mark_lost, dispatch_uid="lost database")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        if _was_lost(request) and request.method in SAFE and not _in_transaction():
            log.warning("database_connection_lost", method=request.method, again=True)
            close_all()
            request.lost_database = False  # type: ignore[attr-defined]
            response = self.respond(request)
        if _was_lost(request):
            log.error("database_connection_lost", method=request.method, again=False)
            close_all()
            return unavailable(request)
        return response


def mark_lost(sender: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
    if request is not None and any(map(says_lost, _chain(sys.exc_info()[1]))):
        request.lost_database = True  # type: ignore[attr-defined]


def says_lost(error: BaseException) -> bool:
    """Return whether psycopg says that the server is away, or takes no connection now.

    What the server itself reports has a code; a connection that broke or was refused has none.
    SQLite has nothing to lose.
    """
    if not isinstance(error, psycopg.OperationalError):
        return isinstance(error, InterfaceError) and _is_closed()
    code = error.sqlstate
    return code is None or code.startswith(LOST_CODES)


def close_all() -> None:
    """Let the next query open connections anew."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            with suppress(Error):
                connection.close()


def unavailable(request: HttpRequest) -> HttpResponse:
    """Return a page that needs neither the database nor collected static files."""
    with translation.override(translation.get_language_from_request(request)):
        page = render_to_string("503.html")
    return HttpResponse(
        page,
        status=503,
        headers={"Retry-After": str(RETRY_AFTER_SECONDS), "Cache-Control": "no-store"},
    )


def _was_lost(request: HttpRequest) -> bool:
    return getattr(request, "lost_database", False)


def _is_closed() -> bool:
    connection = connections[DEFAULT_DB_ALIAS].connection
    return connection is not None and bool(getattr(connection, "closed", False))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield the error and what it came from."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _in_transaction() -> bool:
    return any(each.in_atomic_block for each in connections.all(initialized_only=True))
