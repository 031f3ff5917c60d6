"""What the page shows of the verifications of the record."""

from __future__ import annotations

from dataclasses import dataclass

from exchanges.domain.record import Fault
from exchanges.enums import RecordRunState
from exchanges.models import EventHead, RecordRun


@dataclass(frozen=True, slots=True)
class RecordState:
    """`under_way` waits or goes on; `last` is the latest result; `failed` ended without one since.

    `since` counts the events that the last result does not cover.
    """

    under_way: RecordRun | None
    last: RecordRun | None
    failed: RecordRun | None
    since: int


def record_state() -> RecordState:
    """Read it in four queries, however long the record is."""
    last = _latest(RecordRunState.DONE)
    failed = _latest(RecordRunState.FAILED)
    head = EventHead.objects.filter(id=1).first()
    is_later = failed is not None and (last is None or failed.asked_at > last.asked_at)
    return RecordState(
        under_way=_latest(RecordRunState.OPEN),
        last=last,
        failed=failed if is_later else None,
        since=max(0, (head.count if head else 0) - last.count) if last else 0,
    )


def faults_of(run: RecordRun) -> list[Fault]:
    return [Fault(**row) for row in run.faults]


def _latest(state: RecordRunState) -> RecordRun | None:
    return RecordRun.objects.filter(state=state).order_by("-asked_at", "-pk").first()
