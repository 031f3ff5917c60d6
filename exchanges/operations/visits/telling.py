"""Mails about a visit: to the contacts whom it concerns, and to delegates, who need no account."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal

from django.conf import settings

from exchanges.enums import Message
from exchanges.models import Delegate, StudyVisit, User
from exchanges.operations.mail.outbox import tell, tell_address
from exchanges.queries.people.contacts import contacts_of
from exchanges.queries.visits.audience import audience

CALM = timedelta(minutes=15)
"""What is done bit by bit is told a little later, so that a morning's work is one mail."""

News = Literal["confirmed", "agenda", "cancelled"]


def tell_of(kind: Message, visit: StudyVisit, *, at: datetime, **about: Any) -> None:
    """Of what is told once more before the first mail was sent, only the newest is sent."""
    delay = CALM if kind == Message.AGENDA_CHANGED else timedelta()
    topic = f"{kind.value}:{visit.pk}"
    tell(audience(kind, visit), kind, at=at, topic=topic, delay=delay, visit=visit.pk, **about)


def tell_delegates(visit: StudyVisit, news: News, *, at: datetime) -> None:
    for delegate in visit.delegates.select_related("organisation__city"):
        tell_delegate(delegate, news, at=at)


def tell_delegate(delegate: Delegate, news: News, *, at: datetime) -> None:
    """The newest of what waits for a delegate is sent: each mail says where the visit stands."""
    tell_address(
        delegate.email,
        Message.DELEGATE,
        at=at,
        language=_language_of(delegate),
        topic=f"delegate:{delegate.pk}",
        delay=CALM if news != "cancelled" else timedelta(),
        delegate=delegate.pk,
        news=news,
    )


def _language_of(delegate: Delegate) -> str:
    """The first language in which we write that the delegate speaks, else that of a contact."""
    ours = dict(settings.LANGUAGES)
    spoken = next((code for code in delegate.languages if code in ours), "")
    contact: User | None = contacts_of([delegate.organisation_id]).order_by("pk").first()
    return spoken or (contact.language if contact else "")
