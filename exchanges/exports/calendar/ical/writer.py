"""Calendars as bytes: the same calendar always gives the same ones.

The lines are written here and not by the icalendar library, which takes 19 times as long as a
plain string writer for 1,000 events; this takes twice as long as one. The library and vobject are
the oracles of the tests, which read back all that is written. Because a cold build is that quick,
no bytes are cached but each zone's VTIMEZONE; who asks again is served by the ETag.
"""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import chain

from exchanges.exports.calendar.ical.content_lines import encoded, escaped, quoted, safe_text, uri
from exchanges.exports.calendar.ical.events import Calendar, CalendarEvent, EventStatus, Person
from exchanges.exports.calendar.ical.zones import ZoneWriter, utc, vtimezone

# Raise it with every change of the bytes, or readers keep what they have.
GENERATOR_VERSION = 1

CONTENT_TYPE = "text/calendar; charset=utf-8"

_HEAD = (
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//MLP Planner//Calendar//EN",
    "CALSCALE:GREGORIAN",
)


def calendar_bytes(calendar: Calendar) -> bytes:
    """Return the file to publish. Raises NonexistentTime."""
    name, description = escaped(calendar.name), escaped(calendar.description)
    refresh = f"PT{calendar.refresh // timedelta(minutes=1)}M"
    head = (
        "METHOD:PUBLISH",
        f"NAME:{name}",
        f"X-WR-CALNAME:{name}",
        *((f"DESCRIPTION:{description}", f"X-WR-CALDESC:{description}") if description else ()),
        f"REFRESH-INTERVAL;VALUE=DURATION:{refresh}",
    )
    return _document(head, calendar.events, cancelled_word=calendar.cancelled_word)


def etag(highest_revision: int | datetime, count: int, language: str, *more: str) -> str:
    """A strong ETag, in its quotes, from what decides the bytes and without building them."""
    if isinstance(highest_revision, datetime):
        revision = highest_revision.timestamp().hex()
    else:
        revision = str(highest_revision)
    parts = (str(GENERATOR_VERSION), revision, str(count), language, *more)
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "backslashreplace"))
    return f'"{digest.hexdigest()[:32]}"'


def _document(
    head: Iterable[str], events: Iterable[CalendarEvent], *, cancelled_word: str
) -> bytes:
    zones: dict[str, ZoneWriter] = {}
    prefix = escaped(f"[{cancelled_word}] ")
    written = [part for event in events for part in (*_event(event, zones, prefix), "END:VEVENT")]
    used = sorted(zone for zone, writer in zones.items() if writer.is_used)
    return b"".join(
        chain(
            [encoded([*_HEAD, *head])],
            [vtimezone(zone) for zone in used],
            [encoded([*written, "END:VCALENDAR"])],
        )
    )


def _event(event: CalendarEvent, zones: dict[str, ZoneWriter], prefix: str) -> list[str]:
    revised = utc(event.revised_at)
    is_cancelled = event.status is EventStatus.CANCELLED
    lines = [
        f"BEGIN:VEVENT\r\nUID:{escaped(event.uid)}\r\nSEQUENCE:{event.sequence}\r\n"
        f"DTSTAMP:{revised}\r\nLAST-MODIFIED:{revised}",
        *_times(event, zones),
        f"SUMMARY:{prefix if is_cancelled else ''}{escaped(event.summary)}",
        f"STATUS:{event.status}\r\nTRANSP:{'TRANSPARENT' if event.is_transparent else 'OPAQUE'}",
    ]
    if description := _description(event):
        lines.append(f"DESCRIPTION:{escaped(description)}")
    if event.location:
        lines.append(f"LOCATION:{escaped(event.location)}")
    if event.url:
        lines.append(f"URL:{uri(event.url)}")
    if categories := ",".join(filter(None, map(_category, event.categories))):
        lines.append(f"CATEGORIES:{categories}")
    if event.organizer:
        lines.append(_address("ORGANIZER", event.organizer))
    return lines


def _times(event: CalendarEvent, zones: dict[str, ZoneWriter]) -> tuple[str, str]:
    start, end = event.start, event.end
    if isinstance(start, datetime) and isinstance(end, datetime):
        zone = zones.get(event.zone)
        if zone is None:
            zone = zones[event.zone] = ZoneWriter(event.zone)
        return f"DTSTART{zone.value(start)}", f"DTEND{zone.value(end)}"
    if isinstance(start, datetime) or isinstance(end, datetime):
        raise ValueError(f"{event.uid} has a time at one end only")
    after = end + timedelta(days=1)
    return f"DTSTART;VALUE=DATE:{_day(start)}", f"DTEND;VALUE=DATE:{_day(after)}"


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def _description(event: CalendarEvent) -> str:
    """With the link: many readers show no URL property."""
    if not event.url or event.url in event.description:
        return event.description
    return f"{event.description}\n\n{event.url}" if event.description else event.url


def _category(name: str) -> str:
    """Readers part the values at every comma, also at an escaped one."""
    return escaped(" ".join(safe_text(name).replace(",", " ").split()))


def _address(name: str, person: Person) -> str:
    return f"{name};CN={quoted(person.name)}:mailto:{uri(person.email)}"
