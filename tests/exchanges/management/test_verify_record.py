"""The record in the database: guarded, and every way of tampering named."""

import time

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from exchanges.domain.record import RecordEntry, entry_hash
from exchanges.models import Event, EventHead
from exchanges.models.record_triggers import missing_record_triggers, remove_record_triggers
from exchanges.operations.record import record
from tests.factories import AT, make_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def events():
    """Five events; afterwards the guard is up again, as the test's transaction is undone."""
    city = make_city()
    for number in range(5):
        record("edit", city, by=None, at=AT, number=number, words="Λιέγη \U0001f3db")
    return Event.objects.order_by("number")


@pytest.fixture
def unguarded(events):
    remove_record_triggers()
    return events


def verified(capsys):
    """The exit code and what was said."""
    code = 0
    try:
        call_command("verify_record")
    except SystemExit as end:
        code = end.code
    return code, capsys.readouterr().out.splitlines()


def update(event, **fields):
    assert Event.objects.filter(number=event).update(**fields) == 1


def test_a_whole_record_is_said_to_be_so(events, capsys):
    assert verified(capsys) == (0, ["The record is whole: 5 events."])


def test_an_empty_record_without_programmes_is_whole(capsys):
    assert verified(capsys) == (0, ["The record is whole: 0 events."])


def test_a_record_that_was_emptied_beside_programmes_is_a_fault(scene, capsys):
    assert Event.objects.count() == EventHead.objects.count() == 0
    said = ["emptied: The record is empty, but there are programmes."]
    assert verified(capsys) == (1, said)


def test_a_changed_event_is_named(unguarded, capsys):
    update(3, actor="user:99")
    assert verified(capsys) == (1, ["changed: Event 3 was changed."])


def test_changed_data_are_named(unguarded, capsys):
    update(2, data={"number": 1, "words": "Liège"})
    assert verified(capsys) == (1, ["changed: Event 2 was changed."])


def test_a_missing_event_is_named(unguarded, capsys):
    Event.objects.filter(number=2).delete()
    assert verified(capsys) == (1, ["missing: Event 2 is missing."])


def test_an_added_event_is_named(unguarded, capsys):
    last = Event.objects.get(number=5)
    entry = RecordEntry(6, AT, "platform", "confirm", "studyvisit", 1, {}, last.hash)
    fields = {name: getattr(entry, name) for name in RecordEntry.__slots__}
    Event.objects.create(**{**fields, "hash": entry_hash(entry)})
    assert verified(capsys) == (
        1,
        ["added: Event 6 was added: the record holds the events 1 to 5."],
    )


def test_reordered_events_are_named(unguarded, capsys):
    update(2, number=20)
    update(4, number=2)
    update(20, number=4)
    assert verified(capsys) == (
        1,
        [
            "reordered: Event 2 was moved: it was event 4.",
            "reordered: Event 4 was moved: it was event 2.",
        ],
    )


def test_a_cut_tail_is_named(unguarded, capsys):
    Event.objects.filter(number__gt=3).delete()
    assert verified(capsys) == (
        1,
        ["cut: The end of the record was cut: the events 4 to 5 are missing."],
    )


def test_a_record_cut_to_nothing_is_named(unguarded, capsys):
    Event.objects.all().delete()
    assert verified(capsys) == (
        1,
        ["cut: The end of the record was cut: the events 1 to 5 are missing."],
    )


def test_a_changed_head_is_named(unguarded, capsys):
    EventHead.objects.update(hash="1" * 64)
    assert verified(capsys) == (1, ["head: The head of the record does not match the last event."])


def test_a_lost_head_leaves_every_event_unaccounted_for(unguarded, capsys):
    EventHead.objects.all().delete()
    code, lines = verified(capsys)
    assert code == 1
    assert len([line for line in lines if line.startswith("added: ")]) == 5


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE exchanges_event SET actor = 'x' WHERE number = 1",
        "UPDATE exchanges_event SET number = number + 100",
        "DELETE FROM exchanges_event WHERE number = 5",
        "DELETE FROM exchanges_event",
    ],
)
def test_the_database_refuses_to_change_the_record(events, statement):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)
    assert events.count() == 5


@pytest.mark.postgres
def test_postgresql_refuses_to_empty_the_record(events):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute("TRUNCATE exchanges_event")
    assert events.count() == 5


def test_a_taken_off_guard_is_reported(unguarded):
    assert missing_record_triggers() != []


def test_a_long_record_is_verified_as_a_stream(capsys):
    head = EventHead(id=1, count=0, hash="0" * 64)
    rows = []
    for number in range(1, 5001):
        entry = RecordEntry(number, AT, "platform", "edit", "city", 1, {}, head.hash)
        fields = {name: getattr(entry, name) for name in RecordEntry.__slots__}
        head.count, head.hash = number, entry_hash(entry)
        rows.append(Event(**{**fields, "hash": head.hash}))
    Event.objects.bulk_create(rows, batch_size=1000)
    head.save()
    started = time.perf_counter()
    assert verified(capsys) == (0, ["The record is whole: 5000 events."])
    assert time.perf_counter() - started < 10
