"""How long an agreement applies."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

from exchanges.domain.dates import EARLIEST, LATEST

Fault = Literal["", "years", "order", "past", "long"]

USUAL_YEARS = 3
MOST_YEARS = 10
USUAL_NOTICE_MONTHS = 6
MOST_NOTICE_MONTHS = 36
WARNING_DAYS = 90
REMINDER_DAYS = (180, 90, 30)


@dataclass(frozen=True)
class Validity:
    first: date
    last: date
    notice_months: int


class WrongValidity(ValueError):
    """`fault` is what `validity_fault` says."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


def validity_fault(first: date, last: date, today: date) -> Fault:
    """Return what is wrong with an agreement that begins to be written today.

    `years` outside of those that any day here can have, `order` when the end is not after the
    start, `past` when it is before today, `long` beyond ten years.
    """
    if first < EARLIEST or last > LATEST:
        return "years"
    if last <= first:
        return "order"
    if last < today:
        return "past"
    return "long" if last > add_months(first, 12 * MOST_YEARS) else ""


def require_validity(first: date, last: date, today: date) -> None:
    fault = validity_fault(first, last, today)
    if fault:
        raise WrongValidity(fault)


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or that month's last: 31 January, 28 February."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def usual_end(first: date) -> date:
    return add_months(first, 12 * USUAL_YEARS)


def end_after_notice(today: date, months: int, valid_from: date, valid_until: date) -> date:
    """Return when an agreement ends of which notice is given today; never before it starts."""
    return max(min(add_months(today, months), valid_until), valid_from)


def reminder_due(today: date, last: date) -> int | None:
    """Return the nearest of 180, 90 and 30 days that is reached, None before and after."""
    left = (last - today).days
    return min((days for days in REMINDER_DAYS if 0 <= left <= days), default=None)
