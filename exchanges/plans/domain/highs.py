"""HiGHS behind the interface of solver.py; nothing else of the code sees it."""

import highspy
import numpy as np

from exchanges.plans.domain.arrays import Floats
from exchanges.plans.domain.solver import (
    INFINITE,
    IntegerProgramme,
    Listener,
    Rows,
    SolverAnswer,
)

SEED = 1
WHOLE_POINT = 0.99
"""All points are whole numbers, so a bound less than one above a plan proves it."""


class Highs:
    name = f"HiGHS {highspy.Highs().version()}"  # type: ignore[no-untyped-call]

    def integer(
        self, programme: IntegerProgramme, start: Floats | None, seconds: float, listener: Listener
    ) -> SolverAnswer:
        """One thread: on two processors a second one gains nothing here, and the same question
        gets the same answer."""
        if not len(programme.gains):
            return SolverAnswer(np.zeros(0), 0.0)
        highs = _highs()
        count = len(programme.gains)
        _add_columns(highs, programme)
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


def _highs() -> highspy.Highs:
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("random_seed", SEED)
    return highs


def _add_columns(highs: highspy.Highs, programme: IntegerProgramme) -> None:
    """HiGHS minimises."""
    count = len(programme.gains)
    nothing, starts = np.zeros(0, dtype=np.int32), np.zeros(count, dtype=np.int32)
    lower, upper = np.zeros(count), programme.upper
    highs.addCols(count, -programme.gains, lower, upper, 0, starts, nothing, np.zeros(0))


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


def _answer(highs: highspy.Highs) -> SolverAnswer:
    info = highs.getInfo()
    status = highs.getModelStatus()
    bound = -float(info.mip_dual_bound)
    if status == highspy.HighsModelStatus.kInfeasible:
        return SolverAnswer(None, -INFINITE)
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return SolverAnswer(None, bound)
    return SolverAnswer(np.array(highs.getSolution().col_value), bound)
