"""Validity of agreements as bars on a line of years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from agreements.domain.agreement_states import IN_FORCE, WAS_IN_FORCE
from agreements.enums import AgreementState
from agreements.models import Agreement
from exchanges.domain.pictures.timeline import Bar, Span, bars, percent, position
from exchanges.words.formats import day

MOST_YEARS_BACK = 3
MOST_YEARS_AHEAD = 10
WIDEST_LABEL_END = 70
NARROWEST_LABELLED = 35
NEVER_IN_FORCE = (AgreementState.DECLINED, AgreementState.WITHDRAWN, AgreementState.VOID)


@dataclass(frozen=True)
class Year:
    x: str
    year: int


@dataclass(frozen=True)
class ValidityRow:
    agreement: Agreement
    state: str
    bars: list[Bar]


@dataclass(frozen=True)
class ValidityBars:
    years: list[Year]
    today: str
    rows: list[ValidityRow]


def validity_bars(agreements: Sequence[Agreement], today: date) -> ValidityBars:
    first, last = _range(agreements, today)
    years = [
        Year(percent(position(date(year, 1, 1), first, last)), year)
        for year in range(first.year, last.year + 1)
    ]
    rows = [
        ValidityRow(
            each,
            each.shown_state_name,
            [_label_within(bar) for bar in bars([_span(each)], first, last)],
        )
        for each in agreements
        if each.state not in NEVER_IN_FORCE
    ]
    return ValidityBars(years, percent(position(today, first, last)), rows)


def _label_within(bar: Bar) -> Bar:
    """Its label inside the bar when there is no place beside it."""
    start, width = float(bar.x.rstrip("%")), float(bar.width.rstrip("%"))
    if start + width < WIDEST_LABEL_END or width < NARROWEST_LABELLED:
        return bar
    return replace(bar, text_x=percent(start + width - 1.5), anchor="end")


def _range(agreements: Sequence[Agreement], today: date) -> tuple[date, date]:
    first = min((each.valid_from.year for each in agreements), default=today.year)
    last = max((each.valid_until.year for each in agreements), default=today.year)
    first = max(min(first, today.year), today.year - MOST_YEARS_BACK)
    last = min(max(last, today.year), today.year + MOST_YEARS_AHEAD)
    return date(first, 1, 1), date(last, 12, 31)


def _span(agreement: Agreement) -> Span:
    state = AgreementState(agreement.shown_state)
    kind = "plan"
    if state in IN_FORCE:
        kind = "done" if state == AgreementState.ACTIVE else "warn"
    elif state in WAS_IN_FORCE:
        kind = "over"
    return Span(
        agreement.valid_from, agreement.valid_until, day(agreement.valid_until, "long"), kind
    )
