"""What was typed into a form that cannot be taken is shown, so that the person can copy it.

The session is over, or the token of the form is gone. Nothing is sent again by itself: the form
could come from another site.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

SHORTEST = 4
LONGEST_NAME = 60
_SECRET = re.compile("passw|code|token|secret|csrf|otp|credential", re.IGNORECASE)
_NO_WORDS = re.compile("[0-9a-fA-F-]*")
SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Typed:
    """`name` is that of the field, in words as far as it has some."""

    name: str
    text: str


def typed_texts(request: HttpRequest) -> list[Typed]:
    """Return what a person may have typed; not secrets, choices and numbers of the program."""
    return [
        Typed(re.sub("[-_]+", " ", name)[:LONGEST_NAME], text)
        for name in request.POST
        for text in request.POST.getlist(name)
        if not _SECRET.search(name) and len(text) >= SHORTEST and not _NO_WORDS.fullmatch(text)
    ]


def page_before(request: HttpRequest) -> str:
    """Return the address of the page that had the button; the start page when nobody says so."""
    referer = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(referer, {request.get_host()}, request.is_secure())
    parts = urlsplit(referer)
    if not is_ours or not parts.path:
        return "/"
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


class SignInMiddleware(LoginRequiredMiddleware):
    """A page leads to the sign-in and back; a form keeps its words, and back to its own page."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: Any,
        view_kwargs: Any,
    ) -> HttpResponseBase | None:
        answer = super().process_view(request, view_func, view_args, view_kwargs)
        return answer if answer is None or request.method in SAFE else self._keep(request)

    def _keep(self, request: HttpRequest) -> HttpResponse:
        back = urlencode({self.redirect_field_name: page_before(request)})
        sign_in = f"{resolve_url(settings.LOGIN_URL)}?{back}"
        typed = typed_texts(request)
        if not typed:
            return redirect(sign_in)
        return render(request, "signed_out.html", {"typed": typed, "sign_in": sign_in}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Nothing of the database is asked, as the request may come from anywhere."""
    context = {"typed": typed_texts(request), "back": page_before(request)}
    return HttpResponse(render_to_string("403_csrf.html", context), status=403)


def explained_method(respond: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Say on a page why an address that only takes a button's press does not open."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        if response.status_code == 405 and not response.content and request.method in SAFE:
            response.content = render_to_string("405.html").encode()
        return response

    return middleware
