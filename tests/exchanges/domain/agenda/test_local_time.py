from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from exchanges.domain.agenda.local_time import Occurrence, has_clock_change, instant, occurrence

BRUSSELS = ZoneInfo("Europe/Brussels")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-29T01:59", Occurrence.ONCE),
        ("2026-03-29T02:00", Occurrence.NEVER),
        ("2026-03-29T02:59", Occurrence.NEVER),
        ("2026-03-29T03:00", Occurrence.ONCE),
        ("2026-10-25T01:59", Occurrence.ONCE),
        ("2026-10-25T02:00", Occurrence.TWICE),
        ("2026-10-25T02:59", Occurrence.TWICE),
        ("2026-10-25T03:00", Occurrence.ONCE),
    ],
)
def test_occurrence_on_the_days_of_clock_change(text: str, expected: Occurrence) -> None:
    assert occurrence(local(text), BRUSSELS) is expected


def test_occurrence_does_not_depend_on_the_fold_given() -> None:
    assert occurrence(local("2026-10-25T02:30").replace(fold=1), BRUSSELS) is Occurrence.TWICE


def test_instant_of_an_ambiguous_time_follows_the_fold() -> None:
    ambiguous = local("2026-10-25T02:30")
    assert instant(ambiguous, BRUSSELS) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert instant(ambiguous.replace(fold=1), BRUSSELS) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "days"),
    [
        ("Europe/Brussels", {date(2026, 3, 29), date(2026, 10, 25)}),
        ("Africa/Cairo", {date(2026, 4, 24), date(2026, 10, 29)}),  # both at midnight
        ("America/Santiago", {date(2026, 4, 4), date(2026, 9, 6)}),
        ("Asia/Kolkata", set()),
    ],
)
def test_clock_changes_fall_on_their_days(zone: str, days: set[date]) -> None:
    year = [date.fromordinal(date(2026, 1, 1).toordinal() + n) for n in range(365)]
    assert {day for day in year if has_clock_change(day, ZoneInfo(zone))} == days


@pytest.mark.parametrize("day", [date.min, date.max])
def test_clock_change_is_known_for_the_ends_of_time(day: date) -> None:
    assert not has_clock_change(day, BRUSSELS)
