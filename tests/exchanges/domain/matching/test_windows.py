from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchanges.domain.dates import DateRange
from exchanges.domain.matching.windows import (
    Closure,
    ClosureKind,
    closed_days,
    free_windows,
    indices_of,
    lost_windows,
    mask_of,
    planning_days,
    windows_between,
)
from exchanges.domain.public_holidays import is_orthodox_feast, orthodox_easter, public_holidays

YEAR = windows_between(date(2027, 1, 1), date(2027, 12, 31))


def blackout(first, last, about=""):
    return Closure(DateRange(first, last), ClosureKind.BLACKOUT, about)


def test_windows_are_tuesday_to_thursday_whole_inside_the_days():
    found = windows_between(date(2027, 3, 9), date(2027, 3, 24))
    assert found == (
        DateRange(date(2027, 3, 9), date(2027, 3, 11)),
        DateRange(date(2027, 3, 16), date(2027, 3, 18)),
    )
    assert windows_between(date(2027, 3, 10), date(2027, 3, 16)) == ()
    assert windows_between(date(2027, 3, 10), date(2027, 3, 9)) == ()


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(-10, 4000))
def test_there_are_never_more_windows_than_bits(first, days):
    found = windows_between(first, first + timedelta(days=days))
    assert len(found) <= 63
    assert all(
        each.start.weekday() == 1 and each.length == 3 and each.start >= first for each in found
    )
    assert all(later.start - each.start == timedelta(weeks=1) for each, later in pairwise(found))


def test_planning_days_keep_notice_horizon_and_programme():
    programme = DateRange(date(2026, 1, 1), date(2029, 1, 1))
    days = planning_days(date(2026, 11, 22), programme)
    assert days == DateRange(date(2026, 12, 20), date(2027, 11, 22))
    assert planning_days(date(2028, 12, 20), programme) is None
    assert planning_days(date(2024, 1, 1), programme) is None


def test_a_closed_day_takes_its_window_and_gives_each_reason_once():
    reasons = [blackout(date(2027, 3, 11), date(2027, 3, 16), "Elections"),
               blackout(date(2027, 3, 10), date(2027, 3, 10))]  # fmt: skip
    lost = lost_windows(YEAR, reasons)
    found = {each.dates.start: each.reasons for each in lost.values()}
    assert found == {
        date(2027, 3, 9): (reasons[1], reasons[0]),
        date(2027, 3, 16): (reasons[0],),
    }


def test_weekend_mondays_and_fridays_take_nothing():
    assert lost_windows(YEAR, [blackout(date(2027, 3, 12), date(2027, 3, 15))]) == {}


def test_closure_of_centuries_is_only_looked_at_inside():
    closure = blackout(date.min, date.max)
    within = DateRange(date(2027, 1, 1), date(2027, 1, 3))
    assert list(closed_days([closure], within)) == list(within.days)
    assert free_windows(len(YEAR), lost_windows(YEAR, [closure])) == 0


def test_no_windows_no_loss():
    assert lost_windows((), [blackout(date.min, date.max)]) == {}


@given(st.sets(st.integers(0, 62)))
def test_bits_and_indices_say_the_same(indices):
    assert list(indices_of(mask_of(indices))) == sorted(indices)


@given(st.sets(st.integers(0, len(YEAR) - 1)))
def test_windows_are_free_or_lost(indices):
    lost = lost_windows(YEAR, [blackout(YEAR[each].end, YEAR[each].end) for each in indices])
    free = free_windows(len(YEAR), lost)
    assert set(indices_of(free)) == set(range(len(YEAR))) - indices == set(range(52)) - set(lost)


def test_easter_is_orthodox_where_the_country_keeps_it():
    assert public_holidays("GR", "", 2027, "en")[date(2027, 4, 30)] == "Good Friday"
    assert public_holidays("BG", "", 2027, "bg")[date(2027, 4, 30)] == "Велики петък"
    assert date(2027, 4, 30) not in public_holidays("IT", "", 2027, "en")
    assert is_orthodox_feast("GR", date(2027, 4, 30))
    assert not is_orthodox_feast("BE", date(2027, 4, 30))
    assert is_orthodox_feast("GR", date(2025, 4, 18)), "one Easter for all in 2025"
    assert not is_orthodox_feast("GR", date(2027, 3, 25))


@pytest.mark.parametrize(
    "sunday",
    [
        date(1923, 4, 8),
        date(1983, 5, 8),
        date(2010, 4, 4),
        date(2024, 5, 5),
        date(2025, 4, 20),
        date(2026, 4, 12),
        date(2027, 5, 2),
        date(2100, 5, 2),
    ],
)
def test_orthodox_easter_is_on_the_sunday_that_the_church_lists(sunday):
    assert orthodox_easter(sunday.year) == sunday


@pytest.mark.parametrize("year", range(1975, 2100))
def test_orthodox_easter_is_that_of_the_greek_calendar(year):
    monday = orthodox_easter(year) + timedelta(days=1)
    assert "Easter Monday" in public_holidays("GR", "", year, "en")[monday]


@pytest.mark.parametrize("country", ["", "XX", "EL", "gr", "List", "GR\0", "ΕΛ", "GRC"])
def test_country_that_nobody_knows_has_no_holidays(country):
    assert public_holidays(country, "", 2027, "en") == {}


def test_region_by_code_or_by_name_else_the_country():
    pordenone = public_holidays("IT", "PN", 2027, "it")
    assert date(2027, 9, 8) in pordenone
    assert public_holidays("IT", "Pordenone", 2027, "it") == pordenone
    assert date(2027, 9, 8) not in public_holidays("IT", "nowhere", 2027, "it")
    assert date(2027, 6, 2) in public_holidays("IT", "nowhere", 2027, "it")


def test_names_fall_back_to_english():
    assert public_holidays("BE", "", 2027, "fr")[date(2027, 7, 21)] == "Fête nationale"
    assert public_holidays("BE", "", 2027, "el")[date(2027, 7, 21)] == "National Day"
