"""The demo's mails, as `mail_folder` wrote them: to be read, and their links followed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mlp_planner.demo.page import demo_page

NAME = re.compile(r"[0-9]{20}-[0-9]+-[0-9]{6}\Z")
A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Mail:
    key: str
    to: str
    subject: str
    sent_at: datetime | None
    text: str
    attachments: tuple[str, ...]


@demo_page
@require_GET
def mail_list(request: HttpRequest) -> HttpResponse:
    """Show the mail, newest first; `to` narrows it to one address."""
    wanted = request.GET.get("to", "").strip().lower()
    keys = _keys()
    if wanted:
        keys = [key for key in keys if wanted in _read(key).get("To", "").lower()]
    page = Paginator(keys, A_PAGE).get_page(request.GET.get("page"))
    mails = [_mail(key) for key in page.object_list]
    return render(request, "demo/mail_list.html", {"mails": mails, "page": page, "to": wanted})


@demo_page
@require_GET
def mail_detail(request: HttpRequest, key: str) -> HttpResponse:
    return render(request, "demo/mail_detail.html", {"mail": _mail(_known(key))})


@demo_page
@require_GET
def mail_attachment(request: HttpRequest, key: str, number: int) -> HttpResponse:
    parts = list(_read(_known(key)).iter_attachments())
    if number >= len(parts):
        raise Http404
    content = parts[number].get_payload(decode=True)
    response = HttpResponse(content, content_type="application/octet-stream")
    name = parts[number].get_filename() or "attachment"
    response.headers["Content-Disposition"] = _disposition(name)
    return response


def _keys() -> list[str]:
    """The names of the files sort by time."""
    names = (path.stem for path in Path(settings.MAIL_DIR).glob("*.eml"))
    return sorted((name for name in names if NAME.match(name)), reverse=True)


def _known(key: str) -> str:
    if not NAME.match(key) or not (Path(settings.MAIL_DIR) / f"{key}.eml").is_file():
        raise Http404
    return key


def _read(key: str) -> EmailMessage:
    content = (Path(settings.MAIL_DIR) / f"{key}.eml").read_bytes()
    return message_from_bytes(content, policy=policy.default)


def _mail(key: str) -> Mail:
    parsed = _read(key)
    body = parsed.get_body(preferencelist=("plain",))
    return Mail(
        key=key,
        to=str(parsed.get("To", "")),
        subject=str(parsed.get("Subject", "")),
        sent_at=parsedate_to_datetime(parsed["Date"]) if parsed["Date"] else None,
        text=body.get_content() if body else "",
        attachments=tuple(part.get_filename() or "" for part in parsed.iter_attachments()),
    )


def _disposition(name: str) -> str:
    plain = "".join(sign for sign in name if sign.isascii() and (sign.isalnum() or sign in "._-"))
    return f'attachment; filename="{plain or "attachment"}"'
