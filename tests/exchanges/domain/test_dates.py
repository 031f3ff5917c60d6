from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchanges.domain.dates import (
    AnswerCount,
    DateRange,
    OfferedDates,
    OptionAnswer,
    RangeProblem,
    count_answers,
    validate_range,
)

dates = st.dates(date(2026, 1, 1), date(2026, 3, 1))
ranges = st.tuples(dates, dates).map(lambda pair: DateRange(min(pair), max(pair)))


def march(first: int, last: int) -> DateRange:
    return DateRange(date(2026, 3, first), date(2026, 3, last))


def test_range_includes_both_ends() -> None:
    assert march(2, 4).days == (date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4))
    assert march(2, 2).length == 1


def test_range_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="before"):
        march(4, 2)


@given(ranges, dates)
def test_range_contains_its_days(dates: DateRange, day: date) -> None:
    assert (day in dates) == (day in dates.days)


def test_range_shifted_keeps_its_length() -> None:
    assert march(2, 4).shifted_to(date(2026, 3, 30)) == DateRange(
        date(2026, 3, 30), date(2026, 4, 1)
    )


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2026, 3, 2), date(2026, 3, 31), ()),
        (date(2026, 3, 2), date(2026, 4, 1), (RangeProblem.TOO_LONG,)),
        (date(2026, 3, 2), date(2026, 3, 1), (RangeProblem.END_BEFORE_START,)),
        (date(2025, 12, 31), date(2026, 1, 1), (RangeProblem.BEFORE_PROGRAMME,)),
        (date(2026, 12, 31), date(2027, 1, 1), (RangeProblem.AFTER_PROGRAMME,)),
        (
            date(2025, 12, 31),
            date(2027, 1, 1),
            (RangeProblem.TOO_LONG, RangeProblem.BEFORE_PROGRAMME, RangeProblem.AFTER_PROGRAMME),
        ),
    ],
)
def test_validate_range_names_its_problems(
    start: date, end: date, expected: tuple[RangeProblem, ...]
) -> None:
    found = validate_range(
        start, end, programme_start=date(2026, 1, 1), programme_end=date(2026, 12, 31)
    )
    assert found == expected


OPTIONS = [
    OfferedDates(1, march(2, 4)),
    OfferedDates(2, march(9, 11)),
    OfferedDates(3, march(16, 18)),
]


TODAY = date(2026, 3, 1)
A, B = 101, 102


def count(*values: tuple[int, int, str], today: date = TODAY) -> list[AnswerCount]:
    found = [OptionAnswer(option, by, value) for option, by, value in values]
    return list(count_answers(OPTIONS[::-1], found, taking_part=[A, B], today=today))


def both(option: int, first: str, second: str) -> list[tuple[int, int, str]]:
    return [(option, A, first), (option, B, second)]


def ids(tallies: list[AnswerCount], what: str) -> list[int]:
    return [tally.option.id for tally in tallies if getattr(tally, what)]


def test_silence_is_no_consent() -> None:
    found = count((1, A, "yes"), *both(2, "yes", "if_need_be"))
    assert ids(found, "is_ready") == [2]
    assert {tally.option.id: tally.missing for tally in found} == {1: (B,), 2: (), 3: (A, B)}


def test_option_with_a_no_is_not_possible() -> None:
    assert ids(count(*both(1, "yes", "no"), (2, A, "no")), "is_possible") == [3]


def test_answer_of_an_organisation_that_did_not_accept_does_not_count() -> None:
    found = count((1, 999, "no"), (1, 999, "yes"))
    assert ids(found, "is_possible") == [1, 2, 3]
    assert {tally.yes for tally in found} == {0}


@pytest.mark.parametrize(
    ("today", "possible"), [(2, [1, 2, 3]), (3, [2, 3]), (9, [2, 3]), (10, [3]), (17, [])]
)
def test_option_is_past_once_its_first_day_is_over(today: int, possible: list[int]) -> None:
    answers = [*both(1, "yes", "yes"), *both(2, "yes", "yes"), *both(3, "yes", "yes")]
    found = count(*answers, today=date(2026, 3, today))
    assert ids(found, "is_possible") == ids(found, "is_ready") == possible


def test_ready_comes_first_then_possible_then_yes_then_if_need_be_then_date() -> None:
    found = count(*both(3, "if_need_be", "if_need_be"), (2, A, "yes"), *both(1, "yes", "no"))
    assert [tally.option.id for tally in found] == [3, 2, 1]
    found = count(*both(3, "yes", "yes"), *both(1, "yes", "if_need_be"), *both(2, "yes", "yes"))
    assert [tally.option.id for tally in found] == [2, 3, 1]
    assert [tally.option.id for tally in count()] == [1, 2, 3]


def test_unknown_answer_is_refused() -> None:
    with pytest.raises(ValueError, match="perhaps"):
        count((1, A, "perhaps"))
