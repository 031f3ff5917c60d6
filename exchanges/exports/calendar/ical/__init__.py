"""Calendar files that every reader understands (iCalendar, RFC 5545)."""

from exchanges.exports.calendar.ical.events import Calendar, CalendarEvent, EventStatus, Person
from exchanges.exports.calendar.ical.writer import (
    CONTENT_TYPE,
    GENERATOR_VERSION,
    calendar_bytes,
    etag,
)
from exchanges.exports.calendar.ical.zones import NonexistentTime, vtimezone

__all__ = [
    "CONTENT_TYPE",
    "GENERATOR_VERSION",
    "Calendar",
    "CalendarEvent",
    "EventStatus",
    "NonexistentTime",
    "Person",
    "calendar_bytes",
    "etag",
    "vtimezone",
]
