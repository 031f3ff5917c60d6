"""A visit's agenda, as the pages, the problems and the calendar read it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from exchanges.domain.agenda.problems import Problem, Session, problems
from exchanges.models import AgendaItem, StudyVisit
from exchanges.words.formats import clock


@dataclass(frozen=True, slots=True)
class SessionRow:
    """`own_times` is what the reader's clocks show, empty when they show the same."""

    item: AgendaItem
    own_times: str
    is_flagged: bool


@dataclass(frozen=True, slots=True)
class AgendaDay:
    day: date
    rows: list[SessionRow]


def agenda_items(visit: StudyVisit) -> QuerySet[AgendaItem]:
    """Return the items with venue, lead and speakers, in three queries."""
    items = visit.agenda_items.select_related("venue", "lead__city")
    return items.prefetch_related("speakers").order_by("day", "start_time", "end_time", "pk")


def as_session(item: AgendaItem) -> Session:
    """Return an item, whose speakers are prefetched, as a session."""
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


def by_day(
    visit: StudyVisit, items: Iterable[AgendaItem], *, own_zone: str, flagged: Collection[int]
) -> list[AgendaDay]:
    """Every day of the visit, also the empty ones. `flagged` are the ids with a problem."""
    days: dict[date, list[SessionRow]] = {day: [] for day in visit.days()}
    for item in items:
        row = SessionRow(item, own_times(item, own_zone), item.pk in flagged)
        days.setdefault(item.day, []).append(row)
    return [AgendaDay(day, rows) for day, rows in sorted(days.items())]


def own_times(item: AgendaItem, zone: str) -> str:
    if not zone or zone == item.time_zone:
        return ""
    start, end = (_local(item, at, zone) for at in (item.start_time, item.end_time))
    if start.time() == item.start_time:
        return ""
    return f"{clock(start)}\N{EN DASH}{clock(end)}"


def _local(item: AgendaItem, at: time, zone: str) -> datetime:
    moment = datetime.combine(item.day, at, ZoneInfo(item.time_zone))
    return moment.astimezone(ZoneInfo(zone))
