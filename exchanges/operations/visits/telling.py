"""Mails about a visit: to the contacts whom it concerns, and to delegates, who need no account."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

from django.conf import settings

from exchanges.enums import MembershipRole, Message
from exchanges.models import Delegate, Membership, OutboxMessage, StudyVisit
from exchanges.operations.mail.outbox import tell, waiting_messages, write
from exchanges.queries.visits.audience import audience

CALM = timedelta(minutes=15)
"""What is done bit by bit is told a little later, so that a morning's work is one mail."""

LONGEST_TOPIC = 120

News = Literal["confirmed", "agenda", "cancelled"]


def tell_of(kind: Message, visit: StudyVisit, *, at: datetime, **about: Any) -> None:
    """Of what is told once more before the first mail was sent, only the newest is sent."""
    delay = CALM if kind == Message.AGENDA_CHANGED else timedelta()
    topic = f"{kind.value}:{visit.pk}"
    tell(audience(kind, visit), kind, at=at, topic=topic, delay=delay, visit=visit.pk, **about)


def tell_delegates(visit: StudyVisit, news: News, *, at: datetime) -> None:
    """Each in a language of theirs. Who will hear of the visit itself hears its agenda with it."""
    delegates = list(visit.delegates.all())
    if news == "agenda":
        told = _will_hear_of_the_visit(delegates, at)
        delegates = [each for each in delegates if each.pk not in told]
    languages = _languages_of_contacts({each.organisation_id for each in delegates})
    rows = [
        _to_delegate(each, news, languages.get(each.organisation_id, ""), at) for each in delegates
    ]
    write(rows, at=at)


def tell_delegate(delegate: Delegate, news: News, *, at: datetime) -> None:
    languages = _languages_of_contacts({delegate.organisation_id})
    language = languages.get(delegate.organisation_id, "")
    write([_to_delegate(delegate, news, language, at)], at=at)


def _to_delegate(delegate: Delegate, news: News, language: str, at: datetime) -> OutboxMessage:
    """The newest of what waits for a delegate is sent: each mail says where the visit stands."""
    ours = dict(settings.LANGUAGES)
    return OutboxMessage(
        kind=Message.DELEGATE,
        address=delegate.email,
        language=next((code for code in delegate.languages if code in ours), language),
        about={"delegate": delegate.pk, "news": news},
        topic=f"delegate:{delegate.pk}:{delegate.email}"[:LONGEST_TOPIC],
        queued_at=at,
        due_at=at if news == "cancelled" else at + CALM,
    )


def _will_hear_of_the_visit(delegates: Sequence[Delegate], at: datetime) -> set[int]:
    waiting = waiting_messages(at).filter(
        kind=Message.DELEGATE,
        about__news="confirmed",
        about__delegate__in=[each.pk for each in delegates],
    )
    return set(waiting.values_list("about__delegate", flat=True))


def _languages_of_contacts(organisations: Collection[int]) -> dict[int, str]:
    """Return the language of a contact of each, for delegates who name none of ours."""
    rows = Membership.objects.filter(
        organisation__in=organisations, role=MembershipRole.CONTACT, user__is_active=True
    )
    pairs = rows.order_by("-user").values_list("organisation", "user__language")
    return dict(pairs)
