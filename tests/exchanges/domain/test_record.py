"""Every kind of fault by its name, and no fault where there is none."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from exchanges.domain.record import FIRST_HASH, RecordEntry, entry_hash, verify

AT = datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=UTC)


def signed(entry):
    return replace(entry, hash=entry_hash(entry))


def chain(length):
    entries, previous = [], FIRST_HASH
    for number in range(1, length + 1):
        entry = signed(
            RecordEntry(number, AT, "user:1", "propose", "studyvisit", 7, {"n": number}, previous)
        )
        entries.append(entry)
        previous = entry.hash
    return entries


def faults(entries, count=5, head=None):
    head = head or (chain(5)[-1].hash if count == 5 else FIRST_HASH)
    return [(fault.kind, fault.number) for fault in verify(entries, count=count, head=head)]


def test_a_whole_chain_has_no_fault():
    assert faults(chain(5)) == []
    assert faults([], count=0) == []


def test_hash_does_not_depend_on_the_zone_that_a_moment_is_written_in():
    (entry,) = chain(1)
    elsewhere = replace(entry, at=AT.astimezone(timezone(timedelta(hours=2))))
    assert entry_hash(elsewhere) == entry.hash


@pytest.mark.parametrize(
    "change",
    [
        {"at": AT + timedelta(microseconds=1)},
        {"actor": "user:2"},
        {"verb": "cancel"},
        {"subject_type": "agreement"},
        {"subject_id": 8},
        {"data": {"n": "3"}},
        {"previous_hash": "1" * 64},
        {"hash": "2" * 64},
    ],
)
def test_each_changed_field_shows(change):
    entries = chain(5)
    entries[2] = replace(entries[2], **change)
    assert faults(entries) == [("changed", 3)]


def test_a_changed_last_event_shows():
    entries = chain(5)
    entries[4] = replace(entries[4], data={})
    assert faults(entries) == [("changed", 5)]


def test_a_change_with_a_new_hash_breaks_the_chain_after_it():
    entries = chain(5)
    entries[2] = signed(replace(entries[2], data={}))
    assert faults(entries) == [("reordered", 4)]


def test_a_changed_last_event_with_a_new_hash_does_not_match_the_head():
    entries = chain(5)
    entries[4] = signed(replace(entries[4], data={}))
    assert faults(entries) == [("head", 5)]


@pytest.mark.parametrize("gone", [1, 3])
def test_a_missing_event_shows_once(gone):
    entries = [entry for entry in chain(5) if entry.number != gone]
    assert faults(entries) == [("missing", gone)]


def test_several_missing_events_are_one_fault():
    entries = [entry for entry in chain(5) if entry.number not in (2, 3)]
    (fault,) = verify(entries, count=5, head=chain(5)[-1].hash)
    assert (fault.sentence, fault.about) == ("missing_many", {"number": 2, "last": 3})


def test_a_missing_event_whose_gap_was_closed_shows():
    entries = chain(5)
    closed = [*entries[:2], *(replace(each, number=each.number - 1) for each in entries[3:])]
    assert faults(closed) == [("reordered", 3), ("reordered", 4), ("cut", 5)]


@pytest.mark.parametrize(("kept", "fault"), [(4, ("cut", 5)), (2, ("cut", 3)), (0, ("cut", 1))])
def test_a_cut_tail_shows(kept, fault):
    assert faults(chain(5)[:kept]) == [fault]


def test_a_cut_tail_with_a_lower_count_does_not_match_the_head():
    entries = chain(5)
    assert faults(entries[:4], count=4, head=entries[4].hash) == [("head", 4)]


def test_an_event_added_at_the_end_shows_even_if_it_follows():
    entries = chain(6)
    assert faults(entries) == [("added", 6)]


def test_an_event_added_beyond_a_gap_shows_as_added_only():
    entries = [*chain(5), replace(chain(1)[0], number=9)]
    assert faults(entries) == [("added", 9)]


def test_an_event_added_before_the_first_shows():
    entries = [signed(replace(chain(1)[0], number=0)), *chain(5)]
    assert faults(entries) == [("added", 0)]


def test_an_event_added_in_the_middle_by_moving_the_others_shows():
    entries = chain(5)
    moved = [replace(each, number=each.number + 1) for each in entries[2:]]
    fake = signed(replace(entries[2], data={"n": "fake"}))
    found = faults([*entries[:2], fake, *moved])
    assert found == [("reordered", 4), ("reordered", 5), ("added", 6), ("head", 5)]


def test_two_events_that_changed_places_are_reordered():
    entries = chain(5)
    entries[1], entries[3] = replace(entries[3], number=2), replace(entries[1], number=4)
    assert faults(entries) == [("reordered", 2), ("reordered", 4)]


def test_several_faults_are_all_named_in_order():
    entries = chain(5)
    entries[0] = replace(entries[0], verb="x")
    del entries[2]
    assert faults(entries[:-1]) == [("changed", 1), ("missing", 3), ("cut", 5)]
