"""What the plan asks of a solver of integer programmes: the only door to one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from exchanges.plans.domain.arrays import Flags, Floats

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
class IntegerProgramme:
    """Maximise Σ gains · x over the rows, 0 <= x <= upper, x whole where it is marked."""

    gains: Floats
    upper: Floats
    is_whole: Flags
    rows: Rows


@dataclass(frozen=True, slots=True)
class SolverAnswer:
    """Values of an integer programme, when there are any; no solution is worth more than
    `bound`."""

    values: Floats | None
    bound: float


@dataclass(frozen=True, slots=True)
class Listener:
    """What a solver asks and tells while it is busy."""

    is_over: Callable[[], bool]
    hear_bound: Callable[[float], None] = lambda bound: None
    hear_values: Callable[[Floats], None] = lambda values: None


class Solver(Protocol):
    name: str

    def integer(
        self, programme: IntegerProgramme, start: Floats | None, seconds: float, listener: Listener
    ) -> SolverAnswer: ...
