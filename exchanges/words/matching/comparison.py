"""Two or three matches side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exchanges.domain.dates import DateRange
from exchanges.domain.matching import COMPONENTS
from exchanges.models import City
from exchanges.words.matching.components import LABELS
from exchanges.words.matching.matches import Match, Part

FEWEST, MOST = 2, 3


@dataclass(frozen=True, slots=True)
class Cell:
    """`is_best`: no other city has more points here, and not all have the same."""

    match: Match
    part: Part | None
    is_best: bool


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`all_free`: the windows in which these cities and the own one are free together."""

    lines: tuple[Line, ...]
    all_free: tuple[DateRange, ...]


def comparison_of(matches: Sequence[Match], own: City) -> Comparison:
    return Comparison(
        lines=tuple(_line(number, matches) for number in range(len(COMPONENTS))),
        all_free=_all_free(matches, own),
    )


def _line(number: int, matches: Sequence[Match]) -> Line:
    parts = [match.parts[number] if match.parts else None for match in matches]
    points = [part.points for part in parts if part]
    best = max(points, default=0) if len(set(points)) > 1 else -1
    return Line(
        str(LABELS[COMPONENTS[number]]),
        tuple(
            Cell(match, part, part is not None and part.points == best)
            for match, part in zip(matches, parts, strict=True)
        ),
    )


def _all_free(matches: Sequence[Match], own: City) -> tuple[DateRange, ...]:
    matching = matches[0].matching
    common = matching.facts[own.slug].windows
    for match in matches:
        common &= matching.facts[match.city.slug].windows
    return tuple(window for index, window in enumerate(matching.windows) if common >> index & 1)
