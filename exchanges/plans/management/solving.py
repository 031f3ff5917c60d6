"""Solving plans beside the mail: in a child process, with a pulse that keeps its lease."""

from __future__ import annotations

import logging
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread

from django.conf import settings
from django.db import Error, connection

from exchanges import clock
from exchanges.models import ProgrammePlan
from exchanges.plans.domain.facts import Progress
from exchanges.plans.operations.solving import (
    FAULT,
    KILLED,
    OUT_OF_MEMORY,
    SolvingSignals,
    claim,
    give_up,
    release,
    renew,
    solve_claimed,
)

logger = logging.getLogger(__name__)

BETWEEN_BEATS = 1.0
SECONDS_TO_END = 10


@dataclass
class Pulse:
    """Once a second: the lease is prolonged, progress is written, and a wish to stop is heard."""

    plan: ProgrammePlan
    ending: Event
    over: Event = field(default_factory=Event)
    stopped: Event = field(default_factory=Event)
    lost: Event = field(default_factory=Event)
    do_others_wait: bool = False
    progress: Progress | None = None

    def watch(self) -> SolvingSignals:
        return SolvingSignals(
            now=clock.now,
            clock=time.monotonic,
            is_stopped=lambda: self.stopped.is_set() or self.is_ending(),
            is_ending=self.is_ending,
            do_others_wait=lambda: self.do_others_wait,
            report=self.hear,
        )

    def is_ending(self) -> bool:
        return self.ending.is_set() or self.lost.is_set()

    def hear(self, progress: Progress) -> None:
        self.progress = progress

    def run(self) -> None:
        try:
            while not self.over.wait(BETWEEN_BEATS):
                self.beat()
        finally:
            connection.close()

    def beat(self) -> None:
        try:
            beat = renew(self.plan, at=clock.now(), progress=self.progress)
        except Error as fault:
            logger.warning("plan_pulse_missed fault=%s", type(fault).__name__)
            connection.close()
            return
        self.do_others_wait = beat.do_others_wait
        if not beat.is_ours:
            self.lost.set()
        if beat.is_stopped:
            self.stopped.set()


@contextmanager
def pulse(plan: ProgrammePlan, ending: Event) -> Iterator[Pulse]:
    beating = Pulse(plan, ending)
    thread = Thread(target=beating.run, name=f"plan-{plan.pk}", daemon=True)
    thread.start()
    try:
        yield beating
    finally:
        beating.over.set()
        thread.join()


def solve_here(plan: ProgrammePlan, ending: Event) -> None:
    """Solve a claimed plan in this process; a fault is counted, and never raised."""
    try:
        with pulse(plan, ending) as beating:
            solve_claimed(plan, beating.watch())
    except MemoryError:
        logger.exception("plan_out_of_memory plan=%s", plan.pk)
        give_up(plan, OUT_OF_MEMORY, at=clock.now())
    except Error:
        raise
    except Exception:
        logger.exception("plan_not_solved plan=%s", plan.pk)
        give_up(plan, FAULT, at=clock.now())


@dataclass
class SolverProcess:
    """At most one plan at a time, in a child process that ends with the worker."""

    plan: ProgrammePlan | None = None
    child: subprocess.Popen[bytes] | None = None

    def tend(self) -> None:
        """See whether the child has ended, and start one for the next plan that waits."""
        if self.child is not None:
            if self.child.poll() is None:
                return
            self._ended(self.child.returncode)
        plan = claim(at=clock.now())
        if plan is not None:
            self.plan, self.child = plan, start_child(plan)

    def finish(self, ending: Event) -> None:
        """Solve all that wait, one after the other, in this process."""
        while not ending.is_set() and (plan := claim(at=clock.now())) is not None:
            solve_here(plan, ending)

    def end(self) -> None:
        """The plan goes back to those that wait, and counts no attempt."""
        if self.child is None or self.plan is None:
            return
        self.child.terminate()
        try:
            self.child.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()
        release(self.plan, at=clock.now())
        self.plan = self.child = None

    def _ended(self, code: int) -> None:
        """What a child that did its work has written stays: its lease is over."""
        assert self.plan is not None
        if code != 0:
            logger.warning("plan_child_ended plan=%s code=%s", self.plan.pk, code)
            give_up(self.plan, KILLED if code < 0 else FAULT, at=clock.now())
        self.plan = self.child = None


def start_child(plan: ProgrammePlan) -> subprocess.Popen[bytes]:
    command = [*settings.MANAGE, "solve_plan", str(plan.pk), "--lease", plan.lease]
    return subprocess.Popen(command)
