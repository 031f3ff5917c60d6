"""Ranges of days for a visit, and which proposed one everybody can make."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from exchanges.enums import Answer

EARLIEST = date(1990, 1, 1)
LATEST = date(2099, 12, 31)
"""Other years are slips of the hand: a browser makes 0027 of a year that is typed as 27."""


class RangeProblem(StrEnum):
    END_BEFORE_START = "end_before_start"
    TOO_LONG = "too_long"
    BEFORE_PROGRAMME = "before_programme"
    AFTER_PROGRAMME = "after_programme"


@dataclass(frozen=True, order=True)
class DateRange:
    """From `start` to `end`, both included. Raises ValueError when they are in wrong order."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"{self.end} is before {self.start}")

    @property
    def length(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.start + timedelta(days=number) for number in range(self.length))

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def shifted_to(self, start: date) -> "DateRange":
        return DateRange(start, start + (self.end - self.start))


def validate_range(
    start: date,
    end: date,
    *,
    programme_start: date,
    programme_end: date,
    max_days: int = 30,
) -> tuple[RangeProblem, ...]:
    """Return why these days cannot be proposed, in the order in which a person would fix it."""
    if end < start:
        return (RangeProblem.END_BEFORE_START,)
    found = {
        RangeProblem.TOO_LONG: DateRange(start, end).length > max_days,
        RangeProblem.BEFORE_PROGRAMME: start < programme_start,
        RangeProblem.AFTER_PROGRAMME: end > programme_end,
    }
    return tuple(problem for problem, is_found in found.items() if is_found)


@dataclass(frozen=True)
class OfferedDates:
    id: int
    dates: DateRange


@dataclass(frozen=True)
class OptionAnswer:
    """One organisation's word on one option. Only organisations that accepted the visit count."""

    option_id: int
    value: str
    is_accepted: bool


@dataclass(frozen=True)
class AnswerCount:
    option: OfferedDates
    yes: int
    if_need_be: int
    no: int

    @property
    def is_pickable(self) -> bool:
        return self.no == 0


def count_answers(
    options: Sequence[OfferedDates], answers: Iterable[OptionAnswer]
) -> tuple[AnswerCount, ...]:
    """Count every option, best first: pickable, most yes, fewest if need be, earliest.

    Raises ValueError for an answer that is not a value of Answer.
    """
    counts = {option.id: dict.fromkeys(Answer, 0) for option in options}
    for answer in answers:
        if answer.is_accepted and answer.option_id in counts:
            counts[answer.option_id][Answer(answer.value)] += 1
    found = [
        AnswerCount(
            option=option,
            yes=counts[option.id][Answer.YES],
            if_need_be=counts[option.id][Answer.IF_NEED_BE],
            no=counts[option.id][Answer.NO],
        )
        for option in options
    ]
    return tuple(sorted(found, key=_rank))


def _rank(tally: AnswerCount) -> tuple[bool, int, int, DateRange, int]:
    dates = tally.option.dates
    return (not tally.is_pickable, -tally.yes, tally.if_need_be, dates, tally.option.id)
