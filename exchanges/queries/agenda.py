"""A visit's agenda, as the pages, the problems and the calendar read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from exchanges.domain.agenda import Problem, Session, problems
from exchanges.models import AgendaItem, StudyVisit


@dataclass(frozen=True, slots=True)
class AgendaDay:
    day: date
    items: list[AgendaItem]


def agenda_items(visit: StudyVisit) -> QuerySet[AgendaItem]:
    """With venue, lead and speakers, in three queries."""
    items = visit.agenda_items.select_related("venue", "lead")
    return items.prefetch_related("speakers").order_by("day", "start_time", "end_time", "pk")


def as_session(item: AgendaItem) -> Session:
    """For an item whose speakers are prefetched."""
    return Session(
        id=item.pk or 0,
        day=item.day,
        start=item.start_time,
        end=item.end_time,
        zone=item.time_zone,
        title=item.title,
        venue=item.venue.name if item.venue else None,
        people=frozenset(speaker.name for speaker in item.speakers.all())
        if item.pk
        else frozenset(),
        languages=frozenset(item.languages),
        is_cancelled=item.cancelled_at is not None,
    )


def agenda_problems(visit: StudyVisit, items: Iterable[AgendaItem]) -> tuple[Problem, ...]:
    if visit.start_date is None or visit.end_date is None:
        return ()
    return problems([as_session(item) for item in items], visit.start_date, visit.end_date)


def by_day(visit: StudyVisit, items: Iterable[AgendaItem]) -> list[AgendaDay]:
    """Every day of the visit, also the empty ones."""
    days: dict[date, list[AgendaItem]] = {}
    if visit.start_date and visit.end_date:
        length = (visit.end_date - visit.start_date).days + 1
        days = {visit.start_date + timedelta(days=each): [] for each in range(length)}
    for item in items:
        days.setdefault(item.day, []).append(item)
    return [AgendaDay(day, found) for day, found in sorted(days.items())]
