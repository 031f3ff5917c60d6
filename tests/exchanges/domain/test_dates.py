from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchanges.domain.dates import (
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


def answers(*values: tuple[int, str]) -> list[OptionAnswer]:
    return [OptionAnswer(option_id, value, is_accepted=True) for option_id, value in values]


def ids(options: list[OfferedDates], given_answers: list[OptionAnswer]) -> list[int]:
    return [tally.option.id for tally in count_answers(options, given_answers) if tally.is_pickable]


def test_option_with_a_no_of_an_accepted_organisation_is_not_pickable() -> None:
    assert ids(OPTIONS, answers((1, "yes"), (1, "no"))) == [2, 3]


def test_no_of_an_organisation_that_did_not_accept_does_not_count() -> None:
    assert ids(OPTIONS, [OptionAnswer(1, "no", is_accepted=False)]) == [1, 2, 3]


def test_options_are_ranked_by_yes_then_if_need_be_then_date() -> None:
    found = answers((3, "yes"), (3, "yes"), (1, "yes"), (1, "if_need_be"), (2, "yes"))
    assert ids(OPTIONS[::-1], found) == [3, 2, 1]
    assert ids(OPTIONS[::-1], []) == [1, 2, 3]


def test_tallies_keep_options_that_nobody_can_pick_last() -> None:
    found = count_answers(OPTIONS, answers((1, "no"), (1, "yes"), (2, "if_need_be")))
    assert [(t.option.id, t.yes, t.if_need_be, t.no) for t in found] == [
        (3, 0, 0, 0),
        (2, 0, 1, 0),
        (1, 1, 0, 1),
    ]


def test_unknown_answer_is_refused() -> None:
    with pytest.raises(ValueError, match="perhaps"):
        count_answers(OPTIONS, answers((1, "perhaps")))
