"""What the plan asks of a solver of linear and integer programmes: the only door to one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from exchanges.domain.plan.arrays import Flags, Floats, Ints

INFINITE = float("inf")


@dataclass(slots=True)
class Rows:
    """Rows of a matrix, one after another: lower <= Σ value · column <= upper."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)

    def add(
        self,
        columns: Sequence[int],
        values: Sequence[float] | float = 1.0,
        *,
        lower: float = -INFINITE,
        upper: float = INFINITE,
    ) -> None:
        self.starts.append(len(self.columns))
        self.columns.extend(columns)
        given = [values] * len(columns) if isinstance(values, int | float) else values
        self.values.extend(given)
        self.lower.append(lower)
        self.upper.append(upper)

    def __len__(self) -> int:
        return len(self.lower)


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of a matrix that has its rows already; each from 0 to `upper`."""

    gains: Floats
    upper: Floats
    starts: Ints
    rows: Ints
    values: Floats


@dataclass(frozen=True, slots=True)
class Programme:
    """Maximise Σ gains · x over the rows, 0 <= x <= upper, x whole where it is marked."""

    gains: Floats
    upper: Floats
    is_whole: Flags
    rows: Rows


@dataclass(frozen=True, slots=True)
class Answer:
    """Values of an integer programme, when there are any; no solution is worth more than
    `bound`."""

    values: Floats | None
    bound: float


@dataclass(frozen=True, slots=True)
class Relaxed:
    """An optimum of a linear programme: what one more of each row's limit is worth."""

    objective: float
    values: Floats
    duals: Floats


@dataclass(frozen=True, slots=True)
class Listener:
    """What a solver asks and tells while it is busy."""

    is_over: Callable[[], bool]
    hear_bound: Callable[[float], None] = lambda bound: None
    hear_values: Callable[[Floats], None] = lambda values: None


class LinearProgramme(Protocol):
    """One that grows."""

    def add_columns(self, columns: Columns) -> None: ...

    def add_rows(self, rows: Rows) -> None: ...

    def force(self, columns: Sequence[int], lower: Sequence[float]) -> None:
        """Set the least values of columns."""

    def solve(self, seconds: float, listener: Listener) -> Relaxed | None:
        """None when it is not solved in time."""


class Solver(Protocol):
    name: str

    def linear(self, rows: Rows) -> LinearProgramme:
        """With these rows and no columns yet."""

    def integer(
        self, programme: Programme, start: Floats | None, seconds: float, listener: Listener
    ) -> Answer: ...


def no_columns() -> Columns:
    nothing = np.zeros(0)
    return Columns(nothing, nothing, np.zeros(0, np.int64), np.zeros(0, np.int64), nothing)
