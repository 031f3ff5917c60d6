"""What our calendar file costs, against a writer that neither escapes nor folds."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from statistics import median

from exchanges.exports.calendar.ical import (
    Calendar,
    CalendarEvent,
    Person,
    calendar_bytes,
    posix_zone,
    zones,
)

ORGANIZER = Person("Programme office", "calendar@example.org")


def calendar_of(count: int) -> Calendar:
    start = datetime(2026, 3, 2, 9, 0)  # noqa: DTZ001
    texts = [
        ("Welcome and round of introductions", "Town hall, room 2"),
        ("Ενιαία εξυπηρέτηση μεταναστών: επίσκεψη", "Δημαρχείο Αθηναίων, αίθουσα 3"),
        ("Обслужване на едно гише: разговор с екипа", "Столична община, ул. „Московска“ 33"),
        ("Obisk točke VEM; vprašanja, odgovori", "Mestna občina Ljubljana, Mestni trg 1"),
    ]
    event = CalendarEvent(
        uid="",
        sequence=2,
        revised_at=datetime(2026, 1, 15, 10, 30, tzinfo=UTC),
        summary="",
        start=start,
        end=start,
        zone="Europe/Ljubljana",
        url="https://planner.example.org/visits/UMN-2026-003/agenda/",
        categories=("One-stop shops",),
        organizer=ORGANIZER,
    )
    events = []
    for number in range(count):
        summary, location = texts[number % len(texts)]
        begin = start + timedelta(days=number // 8, hours=number % 8)
        events.append(
            replace(
                event,
                uid=f"item-{number}@planner.example.org",
                summary=summary,
                location=location,
                description=f"{summary}\nLanguages: English, Slovene. Interpretation is offered.",
                start=begin,
                end=begin + timedelta(minutes=45),
            )
        )
    return Calendar("Study visit to Ljubljana", "One-stop shops", tuple(events), "Cancelled")


def plain_bytes(calendar: Calendar) -> bytes:
    parts = ["BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//plain//EN\r\nMETHOD:PUBLISH\r\n"]
    parts.append(f"NAME:{calendar.name}\r\nX-WR-CALNAME:{calendar.name}\r\n")
    for e in calendar.events:
        assert e.organizer
        parts.append(
            f"BEGIN:VEVENT\r\nUID:{e.uid}\r\nSEQUENCE:{e.sequence}\r\n"
            f"DTSTAMP:{e.revised_at:%Y%m%dT%H%M%SZ}\r\n"
            f"LAST-MODIFIED:{e.revised_at:%Y%m%dT%H%M%SZ}\r\n"
            f"DTSTART;TZID={e.zone}:{e.start:%Y%m%dT%H%M%S}\r\n"
            f"DTEND;TZID={e.zone}:{e.end:%Y%m%dT%H%M%S}\r\n"
            f"SUMMARY:{e.summary}\r\nSTATUS:{e.status}\r\nTRANSP:OPAQUE\r\n"
            f"DESCRIPTION:{e.description}\r\nLOCATION:{e.location}\r\nURL:{e.url}\r\n"
            f"CATEGORIES:{','.join(e.categories)}\r\n"
            f'ORGANIZER;CN="{e.organizer.name}":mailto:{e.organizer.email}\r\nEND:VEVENT\r\n'
        )
    parts.append("END:VCALENDAR\r\n")
    return "".join(parts).encode()


def forget_zones() -> None:
    zones.vtimezone.cache_clear()
    zones._expressible.cache_clear()
    posix_zone.rule_of.cache_clear()


def seconds(write: Callable[[Calendar], bytes], count: int, *, cold: bool = False) -> float:
    """The median of one write, each of a calendar that was never seen before."""
    rounds = max(9, 2000 // count)
    taken = []
    for _ in range(rounds):
        calendar = calendar_of(count)
        if cold:
            forget_zones()
        before = time.perf_counter()
        write(calendar)
        taken.append(time.perf_counter() - before)
    return median(taken)


def run() -> list[str]:
    lines = []
    for count in (10, 1000):
        plain = seconds(plain_bytes, count)
        for name, cold in (("cold", True), ("warm", False)):
            ours = seconds(calendar_bytes, count, cold=cold)
            lines.append(
                f"visit.ics, {count} items, {name}: {ours / plain:.2f} x a plain string writer"
                f" ({ours * 1000:.2f} ms)"
            )
    return lines
