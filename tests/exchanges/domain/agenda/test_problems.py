import time as stopwatch
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchanges.domain.agenda.problems import (
    Level,
    Problem,
    ProblemKind,
    Session,
    problems,
    refusals,
)

FIRST, LAST = date(2026, 3, 28), date(2026, 3, 30)


def session(number: int, start: str = "09:00", end: str = "10:00", **fields: Any) -> Session:
    defaults: dict[str, Any] = {"day": FIRST, "zone": "Europe/Ljubljana", "title": "Talk"}
    return Session(
        id=number,
        start=time.fromisoformat(start),
        end=time.fromisoformat(end),
        **{**defaults, **fields},
    )


def found(*sessions: Session) -> list[tuple[ProblemKind, tuple[int, ...]]]:
    return [(p.kind, p.session_ids) for p in problems(sessions, FIRST, LAST)]


def test_agenda_without_clash_has_no_problems() -> None:
    assert (
        found(
            session(1, venue="Hall", people=frozenset({"Ana"})),
            session(2, "10:00", "11:00", venue="Hall", people=frozenset({"Ana"})),
            session(3, venue="Room 2", people=frozenset({"Bor"})),
            session(4),
        )
        == []
    )


@pytest.mark.parametrize("end", ["08:59", "09:00"])
def test_session_that_does_not_end_after_its_start_is_refused(end: str) -> None:
    bad = session(7, "09:00", end)
    expected = Problem(
        Level.BLOCK,
        ProblemKind.END_BEFORE_START,
        (7,),
        {"start": time(9), "end": time.fromisoformat(end)},
    )
    assert refusals(bad, FIRST, LAST) == (expected,)
    assert problems([bad], FIRST, LAST) == (expected,)


@pytest.mark.parametrize("day", [date(2026, 3, 27), date(2026, 3, 31), date.min, date.max])
def test_session_outside_the_visit_is_refused(day: date) -> None:
    (problem,) = refusals(session(1, day=day), FIRST, LAST)
    assert problem.kind is ProblemKind.OUTSIDE_VISIT
    assert problem.facts == {"day": day, "first_day": FIRST, "last_day": LAST}


def test_time_that_does_not_exist_is_refused_and_the_clock_change_noted() -> None:
    lost = session(1, "02:30", "04:00", day=date(2026, 3, 29))
    after = session(2, day=date(2026, 3, 29))
    (problem,) = refusals(lost, FIRST, LAST)
    assert problem.kind is ProblemKind.TIME_DOES_NOT_EXIST
    assert problem.facts["time"] == time(2, 30)
    assert [(p.level, p.kind, p.session_ids) for p in problems([after, lost], FIRST, LAST)] == [
        (Level.BLOCK, ProblemKind.TIME_DOES_NOT_EXIST, (1,)),
        (Level.NOTE, ProblemKind.CLOCK_CHANGE, (1, 2)),
    ]


def test_clash_does_not_refuse_saving() -> None:
    assert refusals(session(1, venue="Hall"), FIRST, LAST) == ()


def test_same_venue_at_overlapping_times_blocks_whatever_its_spelling() -> None:
    assert found(
        session(1, venue="Δημαρχείο  αθηναίων"),
        session(2, "09:59", "11:00", venue=" ΔΗΜΑΡΧΕΊΟ ΑΘΗΝΑΊΩΝ"),
    ) == [(ProblemKind.VENUE_TWICE, (1, 2))]


def test_no_venue_is_no_clash() -> None:
    assert found(session(1, venue=None), session(2, venue=" "), session(3, venue=" ")) == []


def test_same_people_at_overlapping_times_are_named_in_one_problem() -> None:
    problem, *others = problems(
        [
            session(1, people=frozenset({"Zoë Čop", "Ana"})),
            session(2, "09:30", "11:00", people=frozenset({"Zoe\u0308  c\u030cop", "ana", "Bor"})),
        ],
        FIRST,
        LAST,
    )
    assert not others
    assert problem == Problem(
        Level.BLOCK,
        ProblemKind.PERSON_TWICE,
        (1, 2),
        {"people": ("Ana", "Zoë Čop"), "day": FIRST, "start": time(9, 30)},
    )


def test_person_spelt_twice_in_one_session_does_not_clash_with_itself() -> None:
    assert found(session(1, people=frozenset({"Ana", "ANA"}))) == []


def test_cancelled_session_has_no_problems_and_clashes_with_nobody() -> None:
    assert (
        found(
            session(1, "11:00", "10:00", venue="Hall", is_cancelled=True),
            session(2, venue="Hall", is_cancelled=True),
            session(3, venue="Hall"),
        )
        == []
    )


def test_sessions_in_two_zones_clash_by_the_moment_and_not_by_the_clock() -> None:
    ana = frozenset({"Ana"})
    athens = session(1, "10:00", "11:00", zone="Europe/Athens", people=ana)
    assert found(athens, session(2, "09:30", "10:30", people=ana)) == [
        (ProblemKind.PERSON_TWICE, (1, 2))
    ]
    assert found(athens, session(2, "10:00", "11:00", people=ana)) == []


def test_problems_come_in_the_order_of_level_and_time() -> None:
    sunday = date(2026, 3, 29)
    sessions = [
        session(1, "12:00", "11:00", day=sunday),
        session(2, "09:00", "10:00", day=sunday, venue="Hall"),
        session(3, "09:30", "10:30", day=sunday, venue="Hall"),
        session(4, "09:00", "08:00"),
    ]
    expected = [
        (ProblemKind.END_BEFORE_START, (4,)),
        (ProblemKind.VENUE_TWICE, (2, 3)),
        (ProblemKind.END_BEFORE_START, (1,)),
        (ProblemKind.CLOCK_CHANGE, (2, 3, 1)),
    ]
    assert found(*sessions) == expected
    assert found(*reversed(sessions)) == expected


@st.composite
def agendas(draw: st.DrawFn) -> list[Session]:
    quarter = st.integers(0, 16).map(lambda n: time(8 + n // 4, n % 4 * 15))
    names = st.frozensets(st.sampled_from(["Ana", "ANA", "Bor", "Zoë"]), max_size=3)
    return [
        Session(
            id=number,
            day=draw(st.dates(FIRST - timedelta(days=1), LAST + timedelta(days=1))),
            start=draw(quarter),
            end=draw(quarter),
            zone=draw(st.sampled_from(["Europe/Rome", "Europe/Sofia"])),
            title="Talk",
            venue=draw(st.sampled_from([None, "Hall", "hall ", "Room 2"])),
            people=draw(names),
            is_cancelled=draw(st.integers(0, 9)) == 0,
        )
        for number in range(draw(st.integers(0, 12)))
    ]


def naive_clashes(sessions: list[Session]) -> dict[ProblemKind, set[frozenset[int]]]:
    """Every pair, compared with every other."""

    def span(item: Session) -> tuple[datetime, datetime]:
        zone = ZoneInfo(item.zone)
        start = datetime.combine(item.day, item.start, zone).astimezone(UTC)
        return start, datetime.combine(item.day, item.end, zone).astimezone(UTC)

    clashes: dict[ProblemKind, set[frozenset[int]]] = {
        ProblemKind.VENUE_TWICE: set(),
        ProblemKind.PERSON_TWICE: set(),
    }
    for one, two in combinations([s for s in sessions if not s.is_cancelled], 2):
        (start, end), (other_start, other_end) = span(one), span(two)
        if (
            start >= end
            or other_start >= other_end
            or max(start, other_start) >= min(end, other_end)
        ):
            continue
        pair = frozenset({one.id, two.id})
        if one.venue and two.venue and one.venue.strip().lower() == two.venue.strip().lower():
            clashes[ProblemKind.VENUE_TWICE].add(pair)
        if {p.lower() for p in one.people} & {p.lower() for p in two.people}:
            clashes[ProblemKind.PERSON_TWICE].add(pair)
    return clashes


@given(agendas())
def test_clashes_are_true_and_name_every_session_concerned(sessions: list[Session]) -> None:
    for kind, expected in naive_clashes(sessions).items():
        reported = [p.session_ids for p in problems(sessions, FIRST, LAST) if p.kind is kind]
        pairs = {frozenset(ids) for ids in reported}
        assert len(pairs) == len(reported)
        assert pairs <= expected
        assert frozenset().union(*pairs) == frozenset().union(*expected)


@given(agendas(), st.randoms(use_true_random=False))
def test_problems_do_not_depend_on_the_order_given(sessions: list[Session], random: Any) -> None:
    shuffled = random.sample(sessions, len(sessions))
    assert problems(shuffled, FIRST, LAST) == problems(sessions, FIRST, LAST)


@given(agendas())
def test_refusals_are_the_problems_of_a_single_session(sessions: list[Session]) -> None:
    for item in sessions:
        alone = problems([item], FIRST, LAST)
        blocks = tuple(p for p in alone if p.level is Level.BLOCK)
        assert item.is_cancelled or refusals(item, FIRST, LAST) == blocks


def test_thousand_sessions_that_all_clash_take_linear_time() -> None:
    people = frozenset({"Ana", "Bor", "Zoë"})
    crowd = [session(n, "09:00", "17:00", venue="Hall", people=people) for n in range(1000)]
    before = stopwatch.process_time()
    count = len(problems(crowd, FIRST, LAST))
    assert count == 2 * 999
    assert stopwatch.process_time() - before < 1
