from datetime import date

import pytest

from agreements.domain.validity import (
    WrongValidity,
    add_months,
    end_after_notice,
    reminder_due,
    require_validity,
    usual_end,
    validity_fault,
)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 11, 22), 36, date(2029, 11, 22)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 1), 0, date(2026, 12, 1)),
    ],
)
def test_months_are_added(day, months, expected):
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("first", "last", "fault"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), "order"),
        (date(2026, 1, 2), date(2026, 1, 1), "order"),
        (date(2026, 1, 1), date(2026, 1, 2), ""),
        (date(2026, 1, 1), date(2036, 1, 1), ""),
        (date(2026, 1, 1), date(2036, 1, 2), "long"),
        (date(2025, 1, 1), date(2025, 12, 31), "past"),
        (date(2025, 1, 1), date(2026, 1, 1), ""),
        (date(27, 3, 1), date(30, 3, 1), "years"),
        (date(2027, 3, 1), date(9999, 3, 1), "years"),
        (date(9995, 1, 1), date(9999, 12, 31), "years"),
    ],
)
def test_validity_is_judged(first, last, fault):
    assert validity_fault(first, last, date(2026, 1, 1)) == fault


def test_wrong_validity_is_refused():
    with pytest.raises(WrongValidity) as refused:
        require_validity(date(2026, 1, 2), date(2026, 1, 1), date(2026, 1, 1))
    assert refused.value.fault == "order"


def test_usual_end_is_three_years_later():
    assert usual_end(date(2026, 11, 22)) == date(2029, 11, 22)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2027, 1, 1), date(2027, 7, 1)),
        (date(2029, 9, 1), date(2029, 11, 22)),
        (date(2026, 1, 1), date(2026, 11, 22)),
    ],
)
def test_notice_ends_the_agreement_within_its_validity(today, expected):
    valid = (date(2026, 11, 22), date(2029, 11, 22))
    assert end_after_notice(today, 6, *valid) == expected


@pytest.mark.parametrize(
    ("left", "due"),
    [(181, None), (180, 180), (91, 180), (90, 90), (31, 90), (30, 30), (0, 30), (-1, None)],
)
def test_nearest_reminder_is_due(left, due):
    last = date(2029, 11, 22)
    assert reminder_due(date.fromordinal(last.toordinal() - left), last) == due
