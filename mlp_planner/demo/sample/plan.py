"""The plan that the sample's office asked for, solved as the worker does it."""

from __future__ import annotations

import time
from datetime import datetime

from exchanges.plans.operations import asking, solving
from exchanges.plans.operations.solving import SolvingSignals
from exchanges.plans.queries.requests import usual_options
from mlp_planner.demo.sample.stage import Stage
from mlp_planner.demo.sample.steps import SampleStep

NOTE = "First draft for the meeting of the partners."


def planned(stage: Stage) -> list[SampleStep]:
    """Plan all cities and all exchanges that are left, once everything else has happened."""
    return [SampleStep(stage.days.ago(2, 16), lambda at: _solve_plan(stage, at))]


def _solve_plan(stage: Stage, at: datetime) -> None:
    options = usual_options(stage.programme, at)
    plan = asking.start_plan(
        programme=stage.programme, options=options, by=stage.cast.office, at=at, note=NOTE
    )
    claimed = solving.claim(at=at, plan=plan.pk)
    assert claimed is not None
    watch = SolvingSignals(now=lambda: at, clock=time.monotonic)
    solving.solve_claimed(claimed, watch)
