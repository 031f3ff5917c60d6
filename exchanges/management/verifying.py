"""Verifying the record beside the mail, in a thread that prolongs its lease as it reads."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from threading import Event, Thread

from django.db import Error, connection

from exchanges import clock
from exchanges.models import RecordRun
from exchanges.operations.record_runs import claim, finish, give_up, release, renew
from exchanges.queries.record_checks import RecordResult, check_record

logger = logging.getLogger(__name__)

BETWEEN_REPORTS = 1.0
"""Seconds, much shorter than the lease."""


class Interrupted(Exception):
    """The worker ends, or another one has taken the run."""


@dataclass
class ReportedProgress:
    """Writes how far it is, and stops it."""

    run: RecordRun
    ending: Event
    reported: float = -BETWEEN_REPORTS

    def report(self, done: int, count: int) -> None:
        if self.ending.is_set():
            raise Interrupted
        seconds = time.monotonic()
        if seconds - self.reported < BETWEEN_REPORTS:
            return
        self.reported = seconds
        if not renew(self.run, at=clock.now(), done=done, count=count):
            raise Interrupted


def verify_here(run: RecordRun, ending: Event) -> None:
    """Verify a claimed run; a fault of the program is counted, and never raised."""
    try:
        result = check_record(ReportedProgress(run, ending).report)
        _finish(run, result)
    except Interrupted:
        release(run)
    except Error as fault:
        logger.warning("record_run_lost_database run=%s fault=%s", run.pk, type(fault).__name__)
    except Exception:
        logger.exception("record_run_failed run=%s", run.pk)
        give_up(run, at=clock.now())


def _finish(run: RecordRun, result: RecordResult) -> None:
    """An operator who watches the log hears of a record that is not whole."""
    finish(
        run,
        count=result.count,
        head=result.head,
        faults=result.faults,
        fault_count=result.fault_count,
        not_compared=result.not_compared,
        at=clock.now(),
    )
    if result.fault_count:
        logger.critical("record_not_whole run=%s faults=%s", run.pk, result.fault_count)


@dataclass
class RecordVerifier:
    """At most one run at a time, in a thread that ends with the worker."""

    thread: Thread | None = None
    ending: Event = field(default_factory=Event)

    def tend(self) -> None:
        if self.thread is not None and self.thread.is_alive():
            return
        self.thread = None
        run = claim(at=clock.now())
        if run is not None:
            self.thread = Thread(target=self._verify, args=[run], name=f"record-run-{run.pk}")
            self.thread.start()

    def finish(self, ending: Event) -> None:
        while not ending.is_set() and (run := claim(at=clock.now())) is not None:
            verify_here(run, ending)

    def end(self) -> None:
        """The run goes back to wait, and counts no attempt."""
        self.ending.set()
        if self.thread is not None:
            self.thread.join()

    def _verify(self, run: RecordRun) -> None:
        try:
            verify_here(run, self.ending)
        finally:
            connection.close()
