"""A calendar file as one would write it in a hurry: f-strings, no escaping and no folding."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from exchanges.models import StudyVisit
from exchanges.queries.agenda import agenda_items
from exchanges.queries.visits.visits import with_cities


def plain_file(request: HttpRequest, reference: str) -> HttpResponse:
    visit = with_cities(StudyVisit.objects.visible_to(request.user)).get(reference=reference)
    parts = ["BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//plain//EN\r\nMETHOD:PUBLISH\r\n"]
    for item in agenda_items(visit):
        venue = f"{item.venue.name}, {item.venue.address}" if item.venue else ""
        speakers = ", ".join(speaker.name for speaker in item.speakers.all())
        parts.append(
            f"BEGIN:VEVENT\r\nUID:{item.uid}\r\nSEQUENCE:{item.sequence}\r\n"
            f"DTSTAMP:{item.revised_at:%Y%m%dT%H%M%SZ}\r\n"
            f"LAST-MODIFIED:{item.revised_at:%Y%m%dT%H%M%SZ}\r\n"
            f"DTSTART;TZID={item.time_zone}:{item.day:%Y%m%d}T{item.start_time:%H%M%S}\r\n"
            f"DTEND;TZID={item.time_zone}:{item.day:%Y%m%d}T{item.end_time:%H%M%S}\r\n"
            f"SUMMARY:{item.title}\r\nLOCATION:{venue}\r\n"
            f"DESCRIPTION:{item.description} {speakers}\r\n"
            f"CATEGORIES:{item.get_kind_display()}\r\nSTATUS:CONFIRMED\r\nEND:VEVENT\r\n"
        )
    parts.append("END:VCALENDAR\r\n")
    return HttpResponse("".join(parts), content_type="text/calendar; charset=utf-8")
