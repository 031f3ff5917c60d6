"""The life of a verification of the record, between the question and the result.

A worker claims it by a lease and reads outside any transaction. Whatever it writes afterwards
counts only while the lease is still its own, so a killed worker's run is taken up again.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet

from exchanges.domain.record import Fault
from exchanges.enums import RecordRunState
from exchanges.models import RecordRun, User
from exchanges.permissions import can_read_record, require

LEASE = timedelta(seconds=120)
MOST_ATTEMPTS = 3


def ask_run(*, by: User, at: datetime) -> RecordRun:
    """Have the whole record verified; while a run is open, that one is returned."""
    require(can_read_record(by))
    return _open_run(at=at, by=by)


def ask_run_of_day(*, at: datetime) -> None:
    """Have the record verified once a day in UTC, whoever else asked for it."""
    of_platform = RecordRun.objects.filter(asked_by=None, asked_at__date=at.date())
    if not of_platform.exists():
        _open_run(at=at, by=None)


def claim(*, at: datetime) -> RecordRun | None:
    """Lease the open run to the caller; None when none waits, or another worker has it.

    One whose lease is over was killed; after the third time it has failed.
    """
    waiting = RecordRun.objects.filter(
        Q(leased_until=None) | Q(leased_until__lte=at), state=RecordRunState.OPEN
    )
    if not waiting.exists():
        return None
    with transaction.atomic():
        run = waiting.select_for_update(skip_locked=True).first()
        if run is None:
            return None
        if run.attempts >= MOST_ATTEMPTS:
            _end(run, RecordRunState.FAILED, at=at)
            return None
        run.lease, run.leased_until = uuid.uuid4().hex, at + LEASE
        run.attempts, run.started_at, run.done = run.attempts + 1, at, 0
        run.save()
        return run


def renew(run: RecordRun, *, at: datetime, done: int, count: int) -> bool:
    """Prolong the lease and write how far it is; False when another worker has taken it."""
    return bool(_ours(run).update(leased_until=at + LEASE, done=done, count=count))


def release(run: RecordRun) -> None:
    """Give back what was claimed: the worker ends, and the run is not to blame."""
    _ours(run).update(lease="", leased_until=None, attempts=F("attempts") - 1)


def give_up(run: RecordRun, *, at: datetime) -> None:
    """The attempt came to nothing: another one follows, or the run fails."""
    _ours(run).update(lease="", leased_until=at)


@transaction.atomic
def finish(
    run: RecordRun,
    *,
    count: int,
    head: str,
    faults: list[Fault],
    fault_count: int,
    not_compared: Mapping[str, int],
    at: datetime,
) -> bool:
    """Write the result. False when the lease was lost meanwhile."""
    row = _ours(run).select_for_update().first()
    if row is None:
        return False
    facts: dict[str, Any] = {"count": count, "done": count, "head": head}
    facts |= {"fault_count": fault_count, "faults": [asdict(fault) for fault in faults]}
    _end(row, RecordRunState.DONE, at=at, not_compared=dict(Counter(not_compared)), **facts)
    return True


def _end(run: RecordRun, state: RecordRunState, *, at: datetime, **facts: Any) -> None:
    facts |= {"state": state, "finished_at": at, "lease": "", "leased_until": None}
    RecordRun.objects.filter(pk=run.pk).update(**facts)


def _open_run(*, at: datetime, by: User | None) -> RecordRun:
    """The database holds that there is one; who comes second gets the first one's."""
    try:
        with transaction.atomic():
            return RecordRun.objects.create(asked_by=by, asked_at=at)
    except IntegrityError:
        return RecordRun.objects.latest("pk")


def _ours(run: RecordRun) -> QuerySet[RecordRun]:
    assert run.lease
    return RecordRun.objects.filter(pk=run.pk, lease=run.lease, state=RecordRunState.OPEN)
