"""Asking for a page in a savepoint, and what was written meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from unittest.mock import patch

from django import forms
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from tests.matrix.case import LOGIN, Case, Status
from tests.matrix.world import World

WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
OF_THE_SESSION = {"django_session", "usersessions_usersession", "cache"}


@dataclass(frozen=True)
class Answered:
    status: Status
    written: set[str]
    """Tables, but not those of the session."""
    response: Any


@contextmanager
def watched() -> Iterator[set[str]]:
    written: set[str] = set()

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = WRITE.match(sql)
        if found and found.group(1) not in OF_THE_SESSION:
            written.add(found.group(1))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield written


def address(case: Case, world: World) -> str:
    return reverse(case.url_name, kwargs=case.kwargs(world)) + case.query


def ask(client: Client, method: str, url: str, data: dict[str, Any] | None = None) -> Answered:
    """Undone afterwards, the session too.

    The response has no context: to copy it for each template takes a twentieth of the time.
    """
    with patch("django.test.client.store_rendered_templates", lambda *args, **kwargs: None):
        return _ask(client, method, url, data)


def _ask(client: Client, method: str, url: str, data: dict[str, Any] | None = None) -> Answered:
    cookies = SimpleCookie(client.cookies)
    with transaction.atomic(), watched() as written:
        response = getattr(client, method.lower())(url, data or {})
        transaction.set_rollback(True)
    client.cookies = cookies
    to_login = response.status_code == 302 and response["Location"].startswith("/accounts/login/?")
    to_login = to_login or b'href="/accounts/login/?next=' in response.content
    return Answered(LOGIN if to_login else response.status_code, written, response)


def filled(client: Client, url: str, key: str) -> dict[str, Any] | None:
    """What a browser would send from this page's form; None when the page does not open."""
    response = _ask(client, "GET", url).response
    if response.status_code != 200 or response.context is None:
        return None
    form = response.context.get(key)
    return dict(_values(form)) if isinstance(form, forms.BaseForm) else {}


def _values(form: forms.BaseForm) -> Iterator[tuple[str, Any]]:
    for bound in form:
        value = bound.value()
        if value is None or value is False or value == []:
            continue
        if isinstance(value, list | tuple):
            yield bound.html_name, [getattr(each, "pk", each) for each in value]
        else:
            yield bound.html_name, getattr(value, "pk", value)
