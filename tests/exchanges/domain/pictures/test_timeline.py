from datetime import date

from exchanges.domain.pictures import timeline

FIRST, LAST = date(2026, 12, 1), date(2027, 5, 31)


def test_months_cross_the_new_year() -> None:
    assert timeline.months(date(2026, 11, 20), date(2027, 2, 1)) == [
        date(2026, 11, 1),
        date(2026, 12, 1),
        date(2027, 1, 1),
        date(2027, 2, 1),
    ]


def test_ticks_leave_out_a_month_that_began_before_the_line() -> None:
    assert [tick.first.month for tick in timeline.ticks(date(2026, 11, 20), LAST)][:2] == [12, 1]


def test_position_is_in_percent_and_stays_on_the_line() -> None:
    assert timeline.position(FIRST, FIRST, LAST) == 0
    assert timeline.position(date(2020, 1, 1), FIRST, LAST) == 0
    assert timeline.position(date(2030, 1, 1), FIRST, LAST) == 100


def test_bar_of_the_whole_line_fills_it() -> None:
    (bar,) = timeline.bars([timeline.Span(FIRST, LAST, "all")], FIRST, LAST)
    assert (bar.x, bar.width) == ("0.00%", "100.00%")


def test_late_bar_has_its_label_before_it() -> None:
    early, late = timeline.bars(
        [
            timeline.Span(date(2026, 12, 2), date(2026, 12, 3), "early"),
            timeline.Span(date(2027, 5, 2), date(2027, 5, 3), "late"),
        ],
        FIRST,
        LAST,
    )
    assert (early.anchor, late.anchor) == ("start", "end")


def test_span_beside_the_line_has_no_bar() -> None:
    past = timeline.Span(date(2025, 1, 1), date(2025, 2, 1), "past")
    assert timeline.bars([past], FIRST, LAST) == []
