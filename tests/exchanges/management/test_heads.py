"""The file outside the database: one line a day, and it says when the record was written anew."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from exchanges.domain.record import FIRST_HASH, entry_hash
from exchanges.domain.record_heads import HeadLine
from exchanges.management.heads import append_line, keep_head
from exchanges.management.jobs import hourly
from exchanges.models import Event, EventHead, RecordHead
from exchanges.models.record_triggers import remove_record_triggers
from exchanges.operations.record import record
from exchanges.queries.record import entry_of
from tests.factories import AT, make_city
from tests.races import at_once

TODAY = AT.date()


@pytest.fixture
def file(tmp_path, settings):
    settings.RECORD_HEADS_FILE = tmp_path / "heads.txt"
    return settings.RECORD_HEADS_FILE


def write(*numbers, at=AT):
    city = make_city()
    with transaction.atomic():
        for number in numbers:
            record("edit", city, by=None, at=at, number=number)


def line(day, count):
    return f"{day.isoformat()} {count} {Event.objects.get(number=count).hash}"


def compared(file, capsys):
    """The exit code of `verify_record --heads`, and what it said."""
    code = 0
    try:
        call_command("verify_record", "--heads", str(file))
    except SystemExit as end:
        code = end.code
    return code, capsys.readouterr().out.splitlines()


@pytest.mark.django_db
def test_each_day_gets_one_line_and_a_missed_day_none(file):
    morning = AT.replace(hour=9)
    write(1, 2)
    keep_head(at=morning)
    write(3)
    keep_head(at=morning + timedelta(hours=1))
    later = morning + timedelta(days=3)
    keep_head(at=later)
    assert file.read_text().splitlines() == [line(TODAY, 2), line(later.date(), 3)]


@pytest.mark.django_db
def test_nothing_is_written_of_an_empty_record_or_without_a_file(file, settings):
    keep_head(at=AT)
    assert not file.exists()
    write(1)
    settings.RECORD_HEADS_FILE = None
    keep_head(at=AT)
    assert not file.exists()
    assert RecordHead.objects.get().count == 1


@pytest.mark.django_db
def test_the_worker_does_it_every_hour(file):
    write(1)
    dict(hourly.items())["head-of-the-record"](at=AT)
    assert file.read_text() == f"{line(TODAY, 1)}\n"


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_write_one_line(file):
    write(1)
    assert at_once(*[lambda: keep_head(at=AT)] * 8) == {"done": 8}
    assert file.read_text() == f"{line(TODAY, 1)}\n"


def test_processes_that_append_at_once_write_a_day_once(tmp_path):
    file = tmp_path / "heads.txt"
    lines = [HeadLine(date(2026, 12, day), day, FIRST_HASH) for day in range(1, 20)]

    def append_all(_worker):
        return sum(append_line(file, each) for each in lines)

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(append_all, range(6))) == len(lines)
    assert file.read_text().splitlines() == [str(each) for each in lines]


def test_a_line_that_was_torn_by_a_crash_does_not_swallow_the_next(tmp_path):
    file = tmp_path / "heads.txt"
    file.write_text("2026-12-01 12")
    append_line(file, HeadLine(date(2026, 12, 2), 13, FIRST_HASH))
    assert file.read_text() == f"2026-12-01 12\n2026-12-02 13 {FIRST_HASH}\n"


def test_a_day_before_the_last_line_is_not_appended(tmp_path):
    file = tmp_path / "heads.txt"
    assert append_line(file, HeadLine(date(2026, 12, 2), 13, FIRST_HASH))
    assert not append_line(file, HeadLine(date(2026, 12, 1), 12, FIRST_HASH))


@pytest.mark.django_db
def test_a_record_with_its_heads_is_whole(file, capsys):
    write(1, 2)
    keep_head(at=AT)
    assert compared(file, capsys) == (
        0,
        ["All heads match the record: 1 days.", "The record is whole: 2 events."],
    )


def rewrite_from(number):
    """Who owns the database writes the chain anew from an event on, with its head."""
    previous = Event.objects.get(number=number - 1).hash if number > 1 else FIRST_HASH
    for event in Event.objects.filter(number__gte=number).order_by("number"):
        event.previous_hash, event.data = previous, {"forged": True}
        event.hash = previous = entry_hash(entry_of(event))
        event.save()
    EventHead.objects.update(hash=previous)


@pytest.mark.django_db
def test_a_chain_that_was_written_anew_differs_from_the_day_on(file, capsys):
    write(1, 2)
    keep_head(at=AT)
    write(3, 4)
    second = AT + timedelta(days=1)
    keep_head(at=second)
    remove_record_triggers()
    rewrite_from(3)
    call_command("verify_record")
    assert capsys.readouterr().out == "The record is whole: 4 events.\n"
    day = second.date().isoformat()
    said = f"heads: {day}: the record had 4 events on that day, and the last one was another."
    assert compared(file, capsys) == (1, [said])


@pytest.mark.django_db
def test_a_record_that_was_cut_with_its_head_is_too_short(file, capsys):
    write(1, 2, 3)
    keep_head(at=AT)
    remove_record_triggers()
    Event.objects.filter(number=3).delete()
    EventHead.objects.update(count=2, hash=Event.objects.get(number=2).hash)
    day = TODAY.isoformat()
    said = f"heads: {day}: the record had 3 events on that day, and has only 2 now."
    assert compared(file, capsys) == (1, [said])


@pytest.mark.django_db
def test_a_line_that_was_spoilt_is_named(file, capsys):
    write(1)
    keep_head(at=AT)
    file.write_text(file.read_text() + "nonsense\n")
    assert compared(file, capsys) == (1, ["heads: Line 2 is not a head of the record."])


@pytest.mark.django_db
@pytest.mark.parametrize("content", [None, "", "# nothing\n\n"])
def test_a_file_that_says_nothing_is_refused(file, content):
    write(1)
    if content is not None:
        file.write_text(content)
    with pytest.raises(CommandError):
        call_command("verify_record", "--heads", str(file))


@pytest.mark.django_db
def test_the_day_is_the_one_in_utc(file):
    write(1)
    keep_head(at=datetime(2026, 12, 31, 23, 59, tzinfo=UTC))
    assert file.read_text().startswith("2026-12-31 ")
