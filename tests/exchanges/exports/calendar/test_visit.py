from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from exchanges.exports.calendar.ical import (
    Calendar,
    CalendarEvent,
    EventStatus,
    NonexistentTime,
    Person,
    calendar_bytes,
    etag,
)
from exchanges.exports.calendar.ical.content_lines import safe_text
from exchanges.exports.calendar.ical.writer import GENERATOR_VERSION

REVISED = datetime(2026, 1, 15, 11, 30, tzinfo=ZoneInfo("Europe/Rome"))
OFFICE = Person("Programme office", "calendar@example.org")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


def an_event(**fields: Any) -> CalendarEvent:
    defaults: dict[str, Any] = {
        "uid": "item-1@planner.example.org",
        "sequence": 0,
        "revised_at": REVISED,
        "summary": "Welcome",
        "start": local("2026-03-02T09:00"),
        "end": local("2026-03-02T10:30"),
        "zone": "Europe/Ljubljana",
    }
    return CalendarEvent(**{**defaults, **fields})


def a_calendar(*events: CalendarEvent) -> Calendar:
    return Calendar("Obisk: Ljubljana", "Vse na enem mestu", events, "Odpovedano")


def read(*events: CalendarEvent) -> list[icalendar.Event]:
    parsed = icalendar.Calendar.from_ical(calendar_bytes(a_calendar(*events)))
    assert parsed.errors == []
    assert all(event.errors == [] for event in parsed.events)
    return parsed.events


GOLDEN = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//MLP Planner//Calendar//EN
CALSCALE:GREGORIAN
METHOD:PUBLISH
NAME:Obisk: Ljubljana
X-WR-CALNAME:Obisk: Ljubljana
DESCRIPTION:Vse na enem mestu
X-WR-CALDESC:Vse na enem mestu
REFRESH-INTERVAL;VALUE=DURATION:PT60M
BEGIN:VTIMEZONE
TZID:Europe/Sofia
BEGIN:STANDARD
DTSTART:19961027T040000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
TZNAME:EET
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19960331T030000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
TZNAME:EEST
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:visit-3@planner.example.org
SEQUENCE:0
DTSTAMP:20260115T103000Z
LAST-MODIFIED:20260115T103000Z
DTSTART;VALUE=DATE:20260302
DTEND;VALUE=DATE:20260305
SUMMARY:Study visit
STATUS:CONFIRMED
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
UID:item-1@planner.example.org
SEQUENCE:4
DTSTAMP:20260115T103000Z
LAST-MODIFIED:20260115T103000Z
DTSTART;TZID=Europe/Sofia:20260302T090000
DTEND;TZID=Europe/Sofia:20260302T103000
SUMMARY:[Odpovedano] Обслужване на едно гише\\, въпр
 оси\\; C:\\\\New
STATUS:CANCELLED
TRANSP:OPAQUE
DESCRIPTION:Първо\\nВторо\\n\\nhttps://planner.example.org/v/3
LOCATION:Московска 33\\, София
URL:https://planner.example.org/v/3
CATEGORIES:Housing and work,Език
ORGANIZER;CN="Programme office":mailto:calendar@example.org
END:VEVENT
END:VCALENDAR
"""


def test_calendar_is_written_byte_for_byte() -> None:
    visit = an_event(
        uid="visit-3@planner.example.org",
        summary="Study visit",
        start=date(2026, 3, 2),
        end=date(2026, 3, 4),
        is_transparent=True,
    )
    item = an_event(
        sequence=4,
        summary="Обслужване на едно гише, въпроси; C:\\New",
        description="Първо\r\nВторо",
        location="Московска 33, София",
        url="https://planner.example.org/v/3",
        zone="Europe/Sofia",
        status=EventStatus.CANCELLED,
        categories=("Housing, and work", "Език"),
        organizer=OFFICE,
    )
    written = calendar_bytes(a_calendar(visit, item))
    assert written == GOLDEN.replace("\n", "\r\n").encode()
    assert calendar_bytes(a_calendar(visit, item)) == written


def test_empty_calendar_is_valid() -> None:
    assert read() == []


@pytest.mark.parametrize(
    "zone",
    [
        *("Europe/Brussels", "Europe/Sofia", "Europe/Athens", "Europe/Rome", "Europe/Ljubljana"),
        *("America/Santiago", "Africa/Casablanca", "Africa/Cairo", "Asia/Kolkata", "UTC"),
    ],
)
@pytest.mark.parametrize("day", ["01-15", "07-15", "03-28", "03-29", "03-30", "10-24", "10-25"])
def test_two_readers_find_the_right_instants(zone: str, day: str) -> None:
    start, end = local(f"2026-{day}T08:15"), local(f"2026-{day}T17:45")
    expected = [m.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for m in (start, end)]
    written = calendar_bytes(a_calendar(an_event(start=start, end=end, zone=zone)))

    event = icalendar.Calendar.from_ical(written).events[0]
    assert [event.start.astimezone(UTC), event.end.astimezone(UTC)] == expected

    component = vobject.readOne(written.decode()).vevent
    found = [component.dtstart.value, component.dtend.value]
    assert [moment.astimezone(UTC) for moment in found] == expected


@pytest.mark.parametrize("fold", [0, 1])
def test_ambiguous_time_keeps_its_instant(fold: int) -> None:
    start = local("2026-10-25T02:30").replace(fold=fold)
    (event,) = read(an_event(start=start, end=local("2026-10-25T04:00"), zone="Europe/Rome"))
    assert event.start == datetime(2026, 10, 25, fold, 30, tzinfo=UTC)


@pytest.mark.parametrize("end", ["start", "end"])
def test_time_that_does_not_exist_is_refused(end: str) -> None:
    times = {"start": local("2026-03-29T01:00"), "end": local("2026-03-29T04:00")}
    times[end] = local("2026-03-29T02:30")
    with pytest.raises(NonexistentTime):
        calendar_bytes(a_calendar(an_event(**times)))


def test_day_and_time_do_not_mix() -> None:
    with pytest.raises(ValueError, match="one end only"):
        calendar_bytes(a_calendar(an_event(end=date(2026, 3, 2))))


def test_revision_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no zone"):
        calendar_bytes(a_calendar(an_event(revised_at=local("2026-01-15T10:30"))))


def test_published_calendar_names_no_attendee_and_has_no_uid_of_its_own() -> None:
    written = calendar_bytes(a_calendar(an_event(organizer=OFFICE)))
    assert b"ATTENDEE" not in written
    parsed = icalendar.Calendar.from_ical(written)
    assert "UID" not in parsed
    assert str(parsed.events[0]["ORGANIZER"]) == "mailto:calendar@example.org"


def test_only_zones_that_are_used_are_described_once_and_in_order() -> None:
    written = calendar_bytes(
        a_calendar(
            an_event(zone="Europe/Sofia"),
            an_event(zone="Europe/Rome"),
            an_event(zone="Europe/Sofia"),
            an_event(zone="Africa/Cairo"),
            an_event(zone="Europe/Athens", start=date(2026, 3, 2), end=date(2026, 3, 2)),
        )
    )
    zones = [line for line in written.decode().split("\r\n") if line.startswith("TZID:")]
    assert zones == ["TZID:Europe/Rome", "TZID:Europe/Sofia"]


def test_link_that_stands_in_the_description_is_not_repeated() -> None:
    link = "https://planner.example.org/v/3"
    event, other = read(
        an_event(url=link, description=f"See {link}."), an_event(url=link, description="")
    )
    assert event["DESCRIPTION"] == f"See {link}."
    assert other["DESCRIPTION"] == link


@pytest.mark.parametrize(
    "hostile",
    [
        "a\r\nATTENDEE:mailto:x@y.z",
        "a\nEND:VEVENT",
        "\x00\x0b\x0c\x85",
        "\u202egnp",
        "\ud800",
        '";X="',
    ],
)
def test_hostile_text_in_any_field_changes_no_structure(hostile: str) -> None:
    plain = calendar_bytes(a_calendar(an_event(organizer=OFFICE)))
    event = an_event(
        uid=f"1{hostile}",
        summary=hostile,
        description=f"d{hostile}",
        location=f"l{hostile}",
        url=f"https://a.example/{hostile}",
        categories=(f"c{hostile}",),
        organizer=Person(hostile, f"a{hostile}@example.org"),
    )
    calendar = Calendar(hostile, "", (event,), hostile)
    written = calendar_bytes(calendar)
    parsed = icalendar.Calendar.from_ical(written)
    added = {"DESCRIPTION", "LOCATION", "URL", "CATEGORIES"}
    expected = icalendar.Calendar.from_ical(plain).events[0]
    assert [set(found) for found in parsed.events] == [set(expected) | added]
    assert "ATTENDEE" not in parsed.events[0]
    assert "\u202e" not in written.decode()


any_text = st.text(st.characters(), max_size=200) | st.text(r"C:\Nn;,", max_size=20)


def one_category(name: str) -> str:
    return " ".join(safe_text(name).replace(",", " ").split())


@settings(max_examples=300)
@given(any_text, any_text, any_text, st.lists(any_text, max_size=3))
def test_library_reads_back_what_was_written(
    summary: str, description: str, location: str, categories: list[str]
) -> None:
    event = an_event(
        summary=summary,
        description=description,
        location=location,
        categories=tuple(categories),
        sequence=7,
    )
    (found,) = read(event)
    assert found["SUMMARY"] == safe_text(summary)
    assert found.get("DESCRIPTION", "") == safe_text(description)
    assert found.get("LOCATION", "") == safe_text(location)
    assert found.categories == [name for name in map(one_category, categories) if name]
    assert found["SEQUENCE"] == 7
    assert found["UID"] == event.uid
    assert found["DTSTAMP"].dt == found["LAST-MODIFIED"].dt == REVISED
    assert found.start == event.start.replace(tzinfo=ZoneInfo(event.zone))


@given(any_text)
def test_other_reader_reads_back_what_was_written(summary: str) -> None:
    written = calendar_bytes(a_calendar(an_event(summary=summary)))
    found = vobject.readOne(written.decode()).vevent
    assert getattr(found.summary, "value", None) == safe_text(summary)


@given(st.dates(date(1997, 1, 1), date(2099, 1, 1)), st.integers(0, 40))
def test_days_are_read_back_with_exclusive_end(start: date, more: int) -> None:
    end = start + timedelta(days=more)
    (found,) = read(an_event(start=start, end=end))
    assert (found.start, found.end) == (start, end + timedelta(days=1))


def test_etag_is_strong_quoted_and_changes_with_everything_it_is_made_of() -> None:
    tags = {
        etag(1, 2, "en"),
        etag(2, 2, "en"),
        etag(1, 3, "en"),
        etag(1, 2, "sl"),
        etag(1, 2, "en", "visit-3"),
        etag(12, 2, "en"),
        etag(REVISED, 2, "en"),
        etag(REVISED + timedelta(microseconds=1), 2, "en"),
    }
    assert len(tags) == 8
    assert all(tag[0] == tag[-1] == '"' and tag[1:-1].isalnum() for tag in tags)
    assert etag(REVISED, 2, "en") == etag(REVISED.astimezone(UTC), 2, "en")


def test_etag_changes_with_the_generator(monkeypatch: pytest.MonkeyPatch) -> None:
    before = etag(1, 2, "en")
    name = "exchanges.exports.calendar.ical.writer.GENERATOR_VERSION"
    monkeypatch.setattr(name, GENERATOR_VERSION + 1)
    assert etag(1, 2, "en") != before


def test_moved_event_differs_in_its_bytes_only_where_it_moved() -> None:
    event = an_event()
    moved = replace(event, start=local("2026-03-02T08:00"), sequence=1)
    before, after = (calendar_bytes(a_calendar(e)).split(b"\r\n") for e in (event, moved))
    changed = {line.split(b":")[0] for line in set(after) - set(before)}
    assert changed == {b"SEQUENCE", b"DTSTART;TZID=Europe/Ljubljana"}
