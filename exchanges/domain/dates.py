"""Ranges of days for a visit, and which proposed one everybody can make."""

from collections.abc import Collection, Iterable, Mapping, Sequence
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
    """One organisation's word on one option; `by` is its invitation."""

    option_id: int
    by: int
    value: str


@dataclass(frozen=True)
class AnswerCount:
    """The answers of those who take part. `missing` are the invitations of whom there is none."""

    option: OfferedDates
    yes: int
    if_need_be: int
    no: int
    missing: tuple[int, ...]
    is_past: bool

    @property
    def is_possible(self) -> bool:
        """Nobody said no, and the days are ahead. Silence is no consent: see `is_ready`."""
        return self.no == 0 and not self.is_past

    @property
    def is_ready(self) -> bool:
        return self.is_possible and not self.missing


def count_answers(
    options: Sequence[OfferedDates],
    answers: Iterable[OptionAnswer],
    *,
    taking_part: Collection[int],
    today: date,
) -> tuple[AnswerCount, ...]:
    """Count every option, best first: ready, possible, most yes, fewest if need be, earliest.

    Only answers of `taking_part` count, the invitations that were accepted. Raises ValueError for
    an answer that is not a value of Answer.
    """
    given: dict[int, dict[int, Answer]] = {option.id: {} for option in options}
    for answer in answers:
        if answer.by in taking_part and answer.option_id in given:
            given[answer.option_id][answer.by] = Answer(answer.value)
    found = [_count(option, given[option.id], taking_part, today) for option in options]
    return tuple(sorted(found, key=_rank))


def _count(
    option: OfferedDates, given: Mapping[int, Answer], taking_part: Collection[int], today: date
) -> AnswerCount:
    values = list(given.values())
    return AnswerCount(
        option=option,
        yes=values.count(Answer.YES),
        if_need_be=values.count(Answer.IF_NEED_BE),
        no=values.count(Answer.NO),
        missing=tuple(each for each in taking_part if each not in given),
        is_past=is_past(option.dates.start, today),
    )


def is_past(first_day: date, today: date) -> bool:
    """Return whether a visit that begins on this day can no longer be agreed on."""
    return first_day < today


def _rank(tally: AnswerCount) -> tuple[bool, bool, int, int, DateRange, int]:
    order = (-tally.yes, tally.if_need_be, tally.option.dates, tally.option.id)
    return (not tally.is_ready, not tally.is_possible, *order)
