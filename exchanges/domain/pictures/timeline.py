"""Bars on a time line, in percent of its width: for SVG attributes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

WIDEST_LABEL_START = 55.0


@dataclass(frozen=True)
class Span:
    """First and last day of something. `kind`: empty, plan, done, warn or over."""

    first: date
    last: date
    label: str
    kind: str = ""


@dataclass(frozen=True)
class Bar:
    x: str
    width: str
    text_x: str
    anchor: str
    label: str
    kind: str


@dataclass(frozen=True)
class Tick:
    x: str
    first: date


def months(first: date, last: date) -> list[date]:
    """Return the first of each month from `first` to `last`."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [
        date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1)
        for n in range(count)
    ]


def ticks(first: date, last: date) -> list[Tick]:
    return [
        Tick(percent(position(month, first, last)), month)
        for month in months(first, last)
        if month >= first
    ]


def bars(spans: Iterable[Span], first: date, last: date) -> list[Bar]:
    """Return what of each span lies between `first` and `last`, its label beside it."""
    return [_bar(span, first, last) for span in spans if span.last >= first and span.first <= last]


def position(day: date, first: date, last: date) -> float:
    """Return where `day` begins, in percent of the line from `first` to the end of `last`."""
    days = (last - first).days + 1
    return min(max(100 * (day - first).days / days, 0.0), 100.0)


def _bar(span: Span, first: date, last: date) -> Bar:
    days = (last - first).days + 1
    start = position(span.first, first, last)
    end = min(100.0, max(100 * ((span.last - first).days + 1) / days, start + 1.2))
    is_late = start > WIDEST_LABEL_START
    text = start - 1.5 if is_late else end + 1.5
    return Bar(
        x=percent(start),
        width=percent(end - start),
        text_x=percent(text),
        anchor="end" if is_late else "start",
        label=span.label,
        kind=span.kind,
    )


def percent(value: float) -> str:
    return f"{value:.2f}%"
