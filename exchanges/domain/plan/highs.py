"""HiGHS behind the interface of solver.py; nothing else of the code sees it."""

from collections.abc import Sequence

import highspy
import numpy as np

from exchanges.domain.plan.arrays import Floats
from exchanges.domain.plan.solver import (
    INFINITE,
    Answer,
    Columns,
    LinearProgramme,
    Listener,
    Programme,
    Relaxed,
    Rows,
)

SEED = 1
WHOLE_POINT = 0.99
"""All points are whole numbers, so a bound less than one above a plan proves it."""


class Highs:
    name = f"HiGHS {highspy.Highs().version()}"

    def linear(self, rows: Rows) -> LinearProgramme:
        return _Linear(rows)

    def integer(
        self, programme: Programme, start: Floats | None, seconds: float, listener: Listener
    ) -> Answer:
        """One thread: on two processors a second one gains nothing here, and the same question
        gets the same answer."""
        if not len(programme.gains):
            return Answer(np.zeros(0), 0.0)
        highs = _highs()
        count = len(programme.gains)
        _add_columns(highs, programme.gains, np.zeros(count), programme.upper)
        _add_rows(highs, programme.rows)
        whole = np.flatnonzero(programme.is_whole).astype(np.int32)
        kinds = np.full(len(whole), int(highspy.HighsVarType.kInteger), dtype=np.uint8)
        highs.changeColsIntegrality(len(whole), whole, kinds)
        highs.setOptionValue("mip_rel_gap", 0.0)
        highs.setOptionValue("mip_abs_gap", WHOLE_POINT)
        highs.setOptionValue("time_limit", max(0.01, seconds))
        if start is not None:
            highs.setSolution(count, np.arange(count, dtype=np.int32), start)
        _listen(highs, listener)
        highs.run()
        return _answer(highs)


class _Linear:
    def __init__(self, rows: Rows) -> None:
        self.highs = _highs()
        self.listener: Listener | None = None
        self.highs.setOptionValue("solver", "simplex")
        self.highs.cbSimplexInterrupt += self._interrupt
        _add_rows(self.highs, rows)

    def add_columns(self, columns: Columns) -> None:
        if not len(columns.gains):
            return
        self.highs.addCols(
            len(columns.gains),
            -columns.gains,
            np.zeros(len(columns.gains)),
            columns.upper,
            len(columns.rows),
            columns.starts.astype(np.int32),
            columns.rows.astype(np.int32),
            columns.values,
        )

    def add_rows(self, rows: Rows) -> None:
        _add_rows(self.highs, rows)

    def force(self, columns: Sequence[int], lower: Sequence[float]) -> None:
        at = np.array(columns, dtype=np.int32)
        self.highs.changeColsBounds(
            len(at), at, np.array(lower, dtype=float), np.full(len(at), 1.0)
        )

    def solve(self, seconds: float, listener: Listener) -> Relaxed | None:
        self.listener = listener
        self.highs.setOptionValue("time_limit", self.highs.getRunTime() + max(0.01, seconds))
        self.highs.run()
        if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        found = self.highs.getSolution()
        values, duals = np.array(found.col_value), -np.array(found.row_dual)
        return Relaxed(-self.highs.getObjectiveValue(), values, duals)

    def _interrupt(self, event: highspy.highs.HighsCallbackEvent) -> None:
        if self.listener is not None and self.listener.is_over():
            event.interrupt()


def _highs() -> highspy.Highs:
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("random_seed", SEED)
    return highs


def _add_columns(highs: highspy.Highs, gains: Floats, lower: Floats, upper: Floats) -> None:
    nothing = np.zeros(0, dtype=np.int32)
    starts = np.zeros(len(gains), dtype=np.int32)
    highs.addCols(len(gains), -gains, lower, upper, 0, starts, nothing, np.zeros(0))


def _add_rows(highs: highspy.Highs, rows: Rows) -> None:
    if not len(rows):
        return
    highs.addRows(
        len(rows),
        np.array(rows.lower, dtype=float),
        np.array(rows.upper, dtype=float),
        len(rows.columns),
        np.array(rows.starts, dtype=np.int32),
        np.array(rows.columns, dtype=np.int32),
        np.array(rows.values, dtype=float),
    )


def _listen(highs: highspy.Highs, listener: Listener) -> None:
    def interrupt(event: highspy.highs.HighsCallbackEvent) -> None:
        bound = -float(event.data_out.mip_dual_bound)
        if abs(bound) < INFINITE:
            listener.hear_bound(bound)
        if listener.is_over():
            event.interrupt()

    def stop(event: highspy.highs.HighsCallbackEvent) -> None:
        if listener.is_over():
            event.interrupt()

    def improve(event: highspy.highs.HighsCallbackEvent) -> None:
        listener.hear_values(np.array(event.data_out.mip_solution))

    highs.cbMipInterrupt += interrupt
    highs.cbSimplexInterrupt += stop
    highs.cbMipImprovingSolution += improve


def _answer(highs: highspy.Highs) -> Answer:
    info = highs.getInfo()
    status = highs.getModelStatus()
    bound = -float(info.mip_dual_bound)
    if status == highspy.HighsModelStatus.kInfeasible:
        return Answer(None, -INFINITE)
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Answer(None, bound)
    return Answer(np.array(highs.getSolution().col_value), bound)
