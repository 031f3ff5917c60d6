from __future__ import annotations

import logging
from argparse import ArgumentParser
from datetime import datetime, timedelta
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections, connection

from exchanges import clock
from exchanges.mail.delivery import deliver_due
from exchanges.management.ending import ending
from exchanges.operations.mail.delivery import erase_expired
from exchanges.operations.visits.reminders import remind
from exchanges.plans.management.solving import Solver, solve_waiting
from exchanges.signals import day_passed

logger = logging.getLogger(__name__)

BETWEEN_ROUNDS = timedelta(hours=1)


class Command(BaseCommand):
    help = "Sends the mails of the outbox, solves plans, and does what becomes due with time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due, then end")
        parser.add_argument(
            "--interval", type=float, default=2, metavar="S", help="seconds between two looks"
        )

    def handle(self, *args: Any, once: bool, interval: float, **options: Any) -> None:
        """As many of them as you like can run at once."""
        end, solver = ending(), Solver()
        last_round: datetime | None = None
        try:
            while not end.is_set():
                close_old_connections()
                try:
                    last_round = daily_round(last_round)
                    if once:
                        do_all(end)
                        return
                    solver.tend()
                    while not end.is_set() and deliver_due(now=clock.now, stopped=end.is_set):
                        solver.tend()
                except Error as fault:
                    if once:
                        raise
                    logger.warning("database_not_reached fault=%s", type(fault).__name__)
                    connection.close()
                end.wait(interval)
        finally:
            solver.end()


def do_all(end: Event) -> None:
    """Mails first, then plans, in this process."""
    while not end.is_set() and deliver_due(now=clock.now, stopped=end.is_set):
        pass
    solve_waiting(end)


def daily_round(last: datetime | None) -> datetime:
    """What becomes due with time, about once an hour; a fault here holds up no mail."""
    at = clock.now()
    if last is not None and abs(at - last) < BETWEEN_ROUNDS:
        return last
    erase_expired(at=at)
    try:
        remind(at=at)
    except Error:
        raise
    except Exception:
        logger.exception("reminders_failed")
    for receiver, outcome in day_passed.send_robust(sender=None, at=at):
        if isinstance(outcome, Exception):
            logger.error("receiver_failed receiver=%r", receiver, exc_info=outcome)
    return at
