from __future__ import annotations

import logging
from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import datetime, timedelta
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections, connection

from exchanges import clock
from exchanges.mail.delivery import deliver_due
from exchanges.management.ending import ending
from exchanges.management.jobs import Job, hourly, jobs

logger = logging.getLogger(__name__)

AN_HOUR = timedelta(hours=1)


class Command(BaseCommand):
    help = "Sends the mails of the outbox, solves plans, and does what becomes due with time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due, then end")
        parser.add_argument(
            "--interval", type=float, default=2, metavar="S", help="seconds between two looks"
        )

    def handle(self, *args: Any, once: bool, interval: float, **options: Any) -> None:
        """As many of them as you like can run at once."""
        end, under_way = ending(), [make() for make in jobs]
        last_hour: datetime | None = None
        try:
            while not end.is_set():
                close_old_connections()
                try:
                    last_hour = hourly_work(last_hour)
                    if once:
                        do_all(under_way, end)
                        return
                    tend(under_way)
                    while not end.is_set() and deliver_due(now=clock.now, stopped=end.is_set):
                        tend(under_way)
                except Error as fault:
                    if once:
                        raise
                    logger.warning("database_not_reached fault=%s", type(fault).__name__)
                    connection.close()
                end.wait(interval)
        finally:
            for job in under_way:
                job.end()


def tend(under_way: Iterable[Job]) -> None:
    for job in under_way:
        job.tend()


def do_all(under_way: Iterable[Job], end: Event) -> None:
    """Send all mails, then finish every job, in this process."""
    while not end.is_set() and deliver_due(now=clock.now, stopped=end.is_set):
        pass
    for job in under_way:
        job.finish(end)


def hourly_work(last: datetime | None) -> datetime:
    """Do what became due with time, once an hour; a fault in one part holds up no other.

    Returns when it was done last.
    """
    at = clock.now()
    if last is not None and abs(at - last) < AN_HOUR:
        return last
    for name, work in hourly.items():
        try:
            work(at=at)
        except Error:
            raise
        except Exception:
            logger.exception("hourly_work_failed work=%s", name)
    return at
