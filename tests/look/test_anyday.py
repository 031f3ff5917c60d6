from datetime import date

import pytest

from tests.anyday import moments


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (date(2026, 11, 30), ["2026-12-31", "2028-02-29", "2027-03-28", "2027-11-30"]),
        (date(2028, 2, 29), ["2028-12-31", "2028-02-29", "2028-03-26", "2029-02-28"]),
        (date(2028, 3, 26), ["2028-12-31", "2032-02-29", "2028-03-26", "2029-03-26"]),
        (date(2028, 3, 27), ["2028-12-31", "2032-02-29", "2029-03-25", "2029-03-27"]),
        (date(2028, 12, 31), ["2028-12-31", "2032-02-29", "2029-03-25", "2029-12-31"]),
    ],
)
def test_the_four_moments_lie_ahead(today: date, days: list[str]) -> None:
    assert [moment.date().isoformat() for moment in moments(today).values()] == days
