"""The plan that the sample's office asked for, solved as the worker does it."""

from __future__ import annotations

import time

from exchanges.operations import plan_solving, plans
from exchanges.operations.plan_solving import Watch
from exchanges.queries.plan_requests import usual_options
from mlp_planner.demo.sample.play import Script
from mlp_planner.demo.sample.stage import Stage

NOTE = "First draft for the meeting of the partners."


def planned(stage: Stage) -> Script:
    """Of all cities and all exchanges that are left, once everything else has happened."""
    at = yield stage.days.ago(2, 16)
    options = usual_options(stage.programme, at)
    plan = plans.start_plan(
        programme=stage.programme, options=options, by=stage.cast.office, at=at, note=NOTE
    )
    claimed = plan_solving.claim(at=at, plan=plan.pk)
    assert claimed is not None
    watch = Watch(now=lambda: at, clock=time.monotonic)
    plan_solving.solve_claimed(claimed, watch)
