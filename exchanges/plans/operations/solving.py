"""The life of a plan between the question and the answer.

A worker claims a plan by a lease and solves it outside any transaction. Whatever it writes
afterwards counts only while the lease is still its own: a killed process loses nothing, and two
never solve the same plan at once.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from exchanges.enums import PlanState
from exchanges.models import ProgrammePlan
from exchanges.operations.record import record
from exchanges.plans.domain import solve
from exchanges.plans.domain.analysis import Analysis, analysis_data
from exchanges.plans.domain.facts import Budget, PlanResult, Progress
from exchanges.plans.domain.problem import problem_of
from exchanges.plans.domain.repair import keep_windows
from exchanges.plans.domain.request import PlanRequest
from exchanges.plans.domain.snapshot import from_json, result_data, result_of
from exchanges.plans.domain.trust import analyse

LEASE = timedelta(seconds=120)
MOST_ATTEMPTS = 2
TRUST_SECONDS = 120.0
"""Nobody waits for it: the plan is shown meanwhile, and plans that wait come first."""

KILLED = "killed"
OUT_OF_MEMORY = "out_of_memory"
FAULT = "fault"


@dataclass(frozen=True, slots=True)
class SolvingSignals:
    """What the solving hears from outside and tells there; `clock` counts seconds."""

    now: Callable[[], datetime]
    clock: Callable[[], float]
    is_stopped: Callable[[], bool] = lambda: False
    is_ending: Callable[[], bool] = lambda: False
    do_others_wait: Callable[[], bool] = lambda: False
    report: Callable[[Progress], None] = lambda progress: None


@dataclass(frozen=True, slots=True)
class Beat:
    """`is_ours`: the lease still holds. `is_stopped`: somebody asked to stop. `do_others_wait`:
    another plan is not begun yet."""

    is_ours: bool
    is_stopped: bool
    do_others_wait: bool = False


@transaction.atomic
def claim(*, at: datetime, plan: int | None = None) -> ProgrammePlan | None:
    """The plan that waits longest (or this one), leased to the caller; None when none waits.

    Those that are solved and only lack the words on trust come last. One whose lease is over was
    killed; after the second time it has failed.
    """
    waiting = ProgrammePlan.objects.filter(Q(state=PlanState.QUEUED) | Q(leased_until__lte=at))
    if plan is not None:
        waiting = waiting.filter(pk=plan)
    waiting = waiting.order_by(F("finished_at").asc(nulls_first=True), "created_at", "pk")
    while (row := waiting.select_for_update(skip_locked=True).first()) is not None:
        if row.attempts < MOST_ATTEMPTS:
            return _lease(row, at)
        _fail(row, KILLED, at)
    return None


def renew(plan: ProgrammePlan, *, at: datetime, progress: Progress | None = None) -> Beat:
    """Prolong the lease, and write how far the solving is."""
    fields: dict[str, Any] = {"leased_until": at + LEASE}
    if progress is not None and plan.result is None:
        fields["progress"] = progress_data(progress)
    if not _ours(plan).update(**fields):
        return Beat(is_ours=False, is_stopped=True)
    asked = ProgrammePlan.objects.values_list("stop_asked_at", flat=True).get(pk=plan.pk)
    others = ProgrammePlan.objects.filter(state=PlanState.QUEUED).exists()
    return Beat(is_ours=True, is_stopped=asked is not None, do_others_wait=others)


def release(plan: ProgrammePlan, *, at: datetime) -> None:
    """Give back what was claimed: the worker ends, and the plan is not to blame."""
    _ours(plan).filter(state=PlanState.SOLVING).update(
        state=PlanState.QUEUED, attempts=plan.attempts - 1, lease="", leased_until=None
    )
    solved = _ours(plan).filter(state=PlanState.SOLVED)
    solved.update(attempts=plan.attempts - 1, lease="", leased_until=at)


@transaction.atomic
def give_up(plan: ProgrammePlan, code: str, *, at: datetime) -> None:
    """The attempt came to nothing: try once more, else the plan has failed."""
    row = _ours(plan).select_for_update().first()
    if row is None:
        return
    if row.attempts >= MOST_ATTEMPTS:
        _fail(row, code, at)
        return
    row.lease, row.leased_until = "", at
    row.save(update_fields=["lease", "leased_until"])


def solve_claimed(
    plan: ProgrammePlan, watch: SolvingSignals, *, trust_seconds: float = TRUST_SECONDS
) -> None:
    """Solve, write the result, then ask how far it can be trusted and write that too."""
    request = from_json(plan.request)
    if plan.result is None:
        result = _solve(plan, request, watch)
        if watch.is_ending():
            release(plan, at=watch.now())
            return
        if not finish(plan, result, at=watch.now()):
            return
    analysis = _analyse(plan, request, watch, trust_seconds)
    if watch.is_ending() or watch.do_others_wait():
        release(plan, at=watch.now())
        return
    _ours(plan).update(analysis=analysis_data(analysis), lease="", leased_until=None)


@transaction.atomic
def finish(plan: ProgrammePlan, result: PlanResult, *, at: datetime) -> bool:
    """The result, once and for all. False when the lease was lost meanwhile."""
    data = result_data(result)
    fields: dict[str, Any] = {"result": data, "state": PlanState.SOLVED, "finished_at": at}
    if not _ours(plan).filter(state=PlanState.SOLVING).update(**fields):
        return False
    for name, value in fields.items():
        setattr(plan, name, value)
    facts = {"objective": result.objective, "bound": result.bound, "visits": len(result.visits)}
    record("solve_plan", plan, by=None, at=at, **facts)
    return True


def progress_data(progress: Progress) -> dict[str, Any]:
    gap = (progress.bound - progress.objective) / progress.bound if progress.bound > 0 else 0.0
    return {
        "method": progress.method.value,
        "objective": progress.objective,
        "bound": progress.bound,
        "gap": gap,
        "visits": progress.visits,
        "seconds": round(progress.seconds, 1),
    }


def _solve(plan: ProgrammePlan, request: PlanRequest, watch: SolvingSignals) -> PlanResult:
    budget = Budget(
        seconds=plan.time_limit,
        clock=watch.clock,
        is_stopped=watch.is_stopped,
        report=watch.report,
    )
    result = solve(problem_of(request), budget, start=request.previous)
    return keep_windows(request, result) if request.is_repair else result


def _analyse(
    plan: ProgrammePlan, request: PlanRequest, watch: SolvingSignals, seconds: float
) -> Analysis:
    """Nothing is searched for somebody who wanted to wait no longer."""
    budget = Budget(
        seconds=0.0 if watch.is_stopped() else seconds,
        clock=watch.clock,
        is_stopped=lambda: watch.is_stopped() or watch.do_others_wait(),
    )
    return analyse(request, result_of(plan.result or {}), budget)


def _lease(row: ProgrammePlan, at: datetime) -> ProgrammePlan:
    if row.state == PlanState.QUEUED:
        row.state, row.started_at = PlanState.SOLVING, at
    row.lease, row.leased_until = uuid.uuid4().hex, at + LEASE
    row.attempts += 1
    row.save(update_fields=["state", "started_at", "lease", "leased_until", "attempts"])
    return row


def _fail(row: ProgrammePlan, code: str, at: datetime) -> None:
    """A plan that is solved stays so; only what it can be trusted for is not known."""
    row.lease, row.leased_until = "", None
    if row.state == PlanState.SOLVED:
        row.analysis = {"failure": code}
    else:
        row.state, row.failure, row.finished_at = PlanState.FAILED, code, at
    row.save(update_fields=["lease", "leased_until", "analysis", "state", "failure", "finished_at"])
    record("fail_plan", row, by=None, at=at, code=code)


def _ours(plan: ProgrammePlan) -> QuerySet[ProgrammePlan]:
    assert plan.lease
    return ProgrammePlan.objects.filter(pk=plan.pk, lease=plan.lease)
