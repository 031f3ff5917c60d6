"""Reading the record: whole, to verify it, or of one subject, as sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from exchanges.domain.record import FIRST_HASH, RecordEntry
from exchanges.models import (
    City,
    Event,
    EventHead,
    Invitation,
    Organisation,
    User,
)
from exchanges.words.formats import day, organisation_name
from exchanges.words.record import QUIET, icon_of, sentence_of

CHUNK = 2000
CITIES = ("city", "guest", "host")
"""Keys of what a record holds whose numbers are those of cities."""


@dataclass(frozen=True, slots=True)
class Record:
    """`entries` are read once, as a stream."""

    count: int
    head: str
    entries: Iterator[RecordEntry]


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """As `partials/history.html` shows it. `who` is empty when it may not be told."""

    at: datetime
    words: str
    who: str
    icon: str
    verb: str
    said: str = ""


def read_record() -> Record:
    """Return the head, its events, then those beyond the head as it is by then.

    What is recorded meanwhile is neither read nor taken for added. No transaction stays open, so
    others write. Without a head row every event is one too many.
    """
    head = EventHead.objects.filter(id=1).first() or EventHead(count=0, hash=FIRST_HASH)
    rows = chain(_events_up_to(head.count), _events_beyond_head())
    return Record(head.count, head.hash, map(entry_of, rows))


def _events_up_to(count: int) -> Iterator[Event]:
    last = -1
    while True:
        rows = Event.objects.filter(number__gt=last, number__lte=count).order_by("number")
        some = list(rows[:CHUNK])
        yield from some
        if len(some) < CHUNK:
            return
        last = some[-1].number


def _events_beyond_head() -> Iterator[Event]:
    """One statement reads events and head as of one moment."""
    count = Coalesce(Subquery(EventHead.objects.filter(id=1).values("count")), 0)
    return Event.objects.filter(number__gt=count).order_by("number").iterator(chunk_size=CHUNK)


def history(subject: models.Model, *, with_names: bool = True) -> list[HistoryEntry]:
    """Return what happened to a subject, latest first; at most five queries, however long it is.

    Names are looked up now, as the record holds none; without `with_names` persons appear as
    their organisations.
    """
    events = list(_events_of(subject))
    names = _Names.of(events, with_names=with_names)
    return [
        HistoryEntry(
            at=event.at,
            words=sentence_of(event.subject_type, event.verb, names.in_words(event.data)),
            who=names.actor(event.actor),
            icon=icon_of(event.subject_type, event.verb),
            verb=event.verb,
        )
        for event in events
    ]


def entry_of(event: Event) -> RecordEntry:
    return RecordEntry(**{name: getattr(event, name) for name in RecordEntry.__slots__})


def _events_of(subject: models.Model) -> QuerySet[Event]:
    name = subject._meta.model_name
    events = Event.objects.filter(subject_type=name, subject_id=subject.pk)
    return events.exclude(verb__in=QUIET).order_by("-number")


@dataclass(frozen=True, slots=True)
class _Names:
    users: Mapping[int, str]
    invitations: Mapping[int, str]
    organisations: Mapping[int, str]
    cities: Mapping[int, str]

    @classmethod
    def of(cls, events: Iterable[Event], *, with_names: bool) -> _Names:
        ids = _ids_in(events)
        invitations = Invitation.objects.filter(pk__in=ids["invitation"])
        return cls(
            users=_users(ids["user"], with_names=with_names),
            invitations={
                row.pk: organisation_name(row.organisation)
                for row in invitations.select_related("organisation__city")
            },
            organisations={
                row.pk: organisation_name(row)
                for row in Organisation.objects.filter(pk__in=ids["organisation"]).select_related(
                    "city"
                )
            },
            cities={row.pk: str(row) for row in City.objects.filter(pk__in=ids["city"])},
        )

    def actor(self, actor: str) -> str:
        kind, _colon, number = actor.partition(":")
        if kind == "user":
            return self.users.get(int(number), _("a person whose account is gone"))
        if kind == "invitation":
            return self.invitations.get(int(number), _("an invited organisation"))
        return _("the platform")

    def in_words(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Ids become names, days become words of the reader's language."""
        words = {key: _day_in_words(value) for key, value in data.items()}
        if isinstance(data.get("organisation"), int):
            found = self.organisations.get(data["organisation"])
            words["organisation"] = found or _("an organisation")
        for key in CITIES:
            if isinstance(data.get(key), int):
                words[key] = self.cities.get(data[key], _("a city"))
        return words


def _ids_in(events: Iterable[Event]) -> dict[str, set[int]]:
    ids: dict[str, set[int]] = defaultdict(set)
    for event in events:
        kind, _colon, number = event.actor.partition(":")
        if number.isdigit():
            ids[kind].add(int(number))
        for key in ("organisation", *CITIES):
            if isinstance(event.data.get(key), int):
                ids["city" if key in CITIES else key].add(event.data[key])
    return ids


def _users(ids: set[int], *, with_names: bool) -> dict[int, str]:
    people = User.objects.filter(pk__in=ids)
    if with_names:
        return {person.pk: str(person) for person in people}
    first = Organisation.objects.filter(memberships__user=OuterRef("pk")).order_by("memberships")
    named = people.annotate(organisation=Subquery(first.values("name")[:1]))
    return {person.pk: person.organisation or _("a person") for person in named}


def _day_in_words(value: Any) -> Any:
    if isinstance(value, str) and len(value) == 10:
        try:
            return day(date.fromisoformat(value), "long")
        except ValueError:
            return value
    return value
