"""A visit as a calendar file: one event for the whole, one a session. In mails, the whole alone.

In this release the sessions of a confirmed visit count as published.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import Count, Max
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from exchanges.domain.visit_phases import PUBLISHED
from exchanges.enums import VisitState
from exchanges.exports.calendar.ical import (
    Calendar,
    CalendarEvent,
    EventStatus,
    Person,
    calendar_bytes,
    etag,
)
from exchanges.models import AgendaItem, StudyVisit
from exchanges.queries.agenda import agenda_items
from exchanges.words.formats import language_name, listed, organisation_name


def has_calendar(visit: StudyVisit) -> bool:
    return (
        visit.state in PUBLISHED and visit.start_date is not None and visit.revised_at is not None
    )


def visit_ics(visit: StudyVisit, *, url: str) -> bytes:
    """Return the file in the active language; `url` is the page of the agenda."""
    organizer, is_cancelled = _organizer(visit), _is_cancelled(visit)
    sessions = [_session(item, url, organizer, is_cancelled) for item in agenda_items(visit)]
    return _file(visit, _whole(visit, url, organizer, is_cancelled), *sessions)


def days_ics(visit: StudyVisit, *, url: str = "") -> bytes:
    """Return the days of the visit alone: of a mail, Thunderbird reads only the first event.

    Without `url` nothing in it leads to a page that needs an account.
    """
    return _file(visit, _whole(visit, url, _organizer(visit), _is_cancelled(visit)))


def _file(visit: StudyVisit, *events: CalendarEvent) -> bytes:
    calendar = Calendar(
        name=_("Study visit %(title)s") % {"title": visit.title},
        description=visit.purpose,
        events=events,
        cancelled_word=_("Cancelled"),
    )
    return calendar_bytes(calendar)


def _organizer(visit: StudyVisit) -> Person:
    return Person(str(visit.programme.title), settings.MAILBOX.address)


def _is_cancelled(visit: StudyVisit) -> bool:
    return visit.state == VisitState.CANCELLED


def visit_ics_etag(visit: StudyVisit) -> tuple[str, datetime]:
    """Strong ETag and time of the last change, in one query and without building the file."""
    found = visit.agenda_items.aggregate(
        latest=Max("revised_at"), count=Count("pk"), revision=Max("revision")
    )
    assert visit.revised_at is not None
    latest = max(filter(None, (visit.revised_at, found["latest"])))
    more = (str(visit.uid), str(visit.sequence), visit.state, str(found["revision"]))
    return etag(latest, found["count"], get_language() or "en", *more), latest


def _whole(visit: StudyVisit, url: str, organizer: Person, is_cancelled: bool) -> CalendarEvent:
    assert visit.start_date is not None
    assert visit.end_date is not None
    assert visit.host_city is not None
    assert visit.revised_at is not None
    guests = listed(str(city) for city in visit.guest_cities())
    return CalendarEvent(
        uid=str(visit.uid),
        sequence=visit.sequence,
        revised_at=visit.revised_at,
        summary=_("Study visit in %(city)s: %(title)s")
        % {"city": visit.host_city, "title": visit.title},
        start=visit.start_date,
        end=visit.end_date,
        zone=visit.host_city.time_zone,
        description=_("Guests: %(cities)s") % {"cities": guests},
        location=str(visit.host_city),
        url=url,
        status=EventStatus.CANCELLED if is_cancelled else EventStatus.CONFIRMED,
        is_transparent=True,
        organizer=organizer,
    )


def _session(
    item: AgendaItem, url: str, organizer: Person, visit_is_cancelled: bool
) -> CalendarEvent:
    is_cancelled = visit_is_cancelled or item.cancelled_at is not None
    return CalendarEvent(
        uid=str(item.uid),
        sequence=item.sequence,
        revised_at=item.revised_at,
        summary=item.title,
        start=datetime.combine(item.day, item.start_time),
        end=datetime.combine(item.day, item.end_time),
        zone=item.time_zone,
        description=_description(item),
        location=_location(item),
        url=url,
        status=EventStatus.CANCELLED if is_cancelled else EventStatus.CONFIRMED,
        categories=(str(item.get_kind_display()),),
        organizer=organizer,
    )


def _description(item: AgendaItem) -> str:
    lines = [item.description] if item.description else []
    if item.lead:
        lines.append(_("Led by %(organisation)s") % {"organisation": organisation_name(item.lead)})
    speakers = [speaker.name for speaker in item.speakers.all()]
    if speakers:
        lines.append(_("Speakers: %(names)s") % {"names": listed(speakers)})
    if item.languages:
        names = listed(language_name(code) for code in item.languages)
        lines.append(_("Languages: %(languages)s") % {"languages": names})
    return "\n".join(lines)


def _location(item: AgendaItem) -> str:
    if item.venue is None:
        return ""
    return ", ".join(filter(None, (item.venue.name, item.venue.address)))
