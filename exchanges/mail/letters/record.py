"""The letter that brings an auditor the head of a day."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from exchanges.domain.record_heads import HeadLine
from exchanges.enums import Message
from exchanges.mail.letters.phrases import page
from exchanges.mail.registry import Letter, Obsolete, letter
from exchanges.models import OutboxMessage, RecordHead, User
from exchanges.words.formats import day


@letter(Message.RECORD_HEAD)
def record_head(message: OutboxMessage, person: User | None, at: datetime) -> Letter:
    head = RecordHead.objects.filter(pk=message.about.get("head")).first()
    if head is None or person is None or not person.audits.filter(wants_heads=True).exists():
        raise Obsolete("the head is gone, or the person wants it no longer")
    return Letter(
        {
            "person_name": person.name,
            "day": day(head.day, "long"),
            "line": str(HeadLine(head.day, head.count, head.hash)),
            "link": page("record-heads"),
            "link_label": _("Compare heads with the record"),
        }
    )
