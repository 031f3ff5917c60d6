"""From an outbox row to a mail, in the recipient's language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email.encoders import encode_base64
from email.mime.base import MIMEBase
from email.utils import format_datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from exchanges.mail.registry import Attachment, write_letter
from exchanges.models import OutboxMessage, User

LONGEST_SUBJECT = 180
SOFT_HYPHEN = "\N{SOFT HYPHEN}"
JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"


@dataclass(frozen=True, slots=True)
class Rendered:
    subject: str
    text: str
    html: str


def render(message: OutboxMessage, *, at: datetime) -> EmailMultiAlternatives:
    """The mail of a message; the same Message-ID however often it is made. Raises Obsolete."""
    person = message.recipient
    with translation.override(language_for(person, message.language)):
        letter = write_letter(message, at=at)
        rendered = render_texts(message.kind, letter.context)
    mail = EmailMultiAlternatives(
        subject=rendered.subject,
        body=rendered.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[person.email if person else message.address],
        headers={
            "Message-ID": f"<{message.message_id}@{_domain()}>",
            "Date": format_datetime(at),
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(rendered.html, "text/html")
    for attachment in letter.attachments:
        mail.attach(_part(attachment))
    return mail


def _part(attachment: Attachment) -> MIMEBase:
    """In base64, so that the bytes and line ends arrive as they are."""
    kind, _slash, subtype = attachment.mime_type.partition("/")
    part = MIMEBase(kind, subtype, charset="utf-8") if kind == "text" else MIMEBase(kind, subtype)
    part.set_payload(attachment.content)
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=attachment.name)
    return part


def render_texts(kind: str, context: dict[str, Any]) -> Rendered:
    """Render in the active language: the template of the kind extends three layouts, one by one."""
    template = f"mail/{kind}.txt"
    subject = render_to_string(template, {**context, "layout": "mail/base_subject.txt"})
    words = {**context, "subject": _one_line(subject)}
    return Rendered(
        subject=words["subject"],
        text=_tidy(render_to_string(template, {**words, "layout": "mail/base.txt"})),
        html=render_to_string(template, {**words, "layout": "mail/base.html"}),
    )


def language_for(person: User | None, wanted: str = "") -> str:
    language = wanted or (person.language if person else "")
    return language if language in dict(settings.LANGUAGES) else "en"


def _one_line(text: str) -> str:
    """A header may hold no line break, whatever a name holds; joiners belong to their words."""
    kept = text.replace(SOFT_HYPHEN, "")
    printable = "".join(sign if sign.isprintable() or sign in JOINERS else " " for sign in kept)
    return " ".join(printable.split())[:LONGEST_SUBJECT]


def _tidy(text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"


def _domain() -> str:
    return str(settings.MAILBOX.address).rpartition("@")[2]
