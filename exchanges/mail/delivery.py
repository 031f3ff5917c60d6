"""Sends what is due, one connection a batch."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPException, SMTPRecipientsRefused

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

from exchanges.mail.registry import Obsolete
from exchanges.mail.rendering import render
from exchanges.models import OutboxMessage
from exchanges.operations.mail.delivery import (
    claim,
    mark_obsolete,
    mark_refused,
    mark_sent,
    postpone,
    release,
    renew,
)

logger = logging.getLogger(__name__)

BATCH = 20
Clock = Callable[[], datetime]


class ServerUnreachable(Exception):
    """No connection, so no message of this batch can be tried."""


def deliver_due(*, now: Clock, stopped: Callable[[], bool] = lambda: False) -> int:
    """Claim a batch and send it; returns how many were claimed, 0 when nothing is due.

    `stopped` is asked before each message; what is left then is given back.
    """
    messages = claim(BATCH, at=now())
    courier = Courier(now)
    waiting = list(messages)
    try:
        while waiting and not stopped():
            courier.carry(waiting[0])
            waiting.pop(0)
    except ServerUnreachable as fault:
        for message in waiting:
            postpone(message, str(fault), at=now())
    else:
        release(waiting)
    finally:
        courier.close()
    return len(messages)


@dataclass(slots=True)
class Courier:
    """Holds one connection, and opens a new one after an error."""

    now: Clock
    connection: BaseEmailBackend | None = None

    def carry(self, message: OutboxMessage) -> None:
        """Raises ServerUnreachable; any other fault stays with this message."""
        if not renew(message, at=self.now()):
            return
        try:
            mail = render(message, at=self.now())
        except Obsolete as reason:
            mark_obsolete(message, str(reason))
            return
        except Exception as fault:
            self._postpone(message, fault)
            return
        mail.connection = self._open()
        try:
            mail.send()
        except SMTPRecipientsRefused as fault:
            self.close()
            self._refused(message, fault)
        except Exception as fault:
            self.close()
            self._postpone(message, fault)
        else:
            mark_sent(message, at=self.now())

    def close(self) -> None:
        connection, self.connection = self.connection, None
        if connection is None:
            return
        try:
            connection.close()
        except (OSError, SMTPException) as fault:
            logger.info("connection_not_closed fault=%s", type(fault).__name__)

    def _open(self) -> BaseEmailBackend:
        if self.connection is None:
            connection = get_connection()
            try:
                connection.open()
            except (OSError, SMTPException) as fault:
                logger.warning("mail_server_unreachable fault=%s", type(fault).__name__)
                raise ServerUnreachable(_words(fault)) from fault
            self.connection = connection
        return self.connection

    def _refused(self, message: OutboxMessage, fault: SMTPRecipientsRefused) -> None:
        codes = [code for code, reply in fault.recipients.values()]
        if codes and all(code >= 500 for code in codes):
            _log(message, fault)
            mark_refused(message, _replies(fault))
        else:
            self._postpone(message, fault)

    def _postpone(self, message: OutboxMessage, fault: Exception) -> None:
        _log(message, fault)
        postpone(message, _words(fault), at=self.now())


def _log(message: OutboxMessage, fault: Exception) -> None:
    """Without the fault's words: they can hold addresses."""
    logger.warning(
        "message_not_sent message=%s kind=%s fault=%s",
        message.pk, message.kind, type(fault).__name__,
    )  # fmt: skip


def _words(fault: Exception) -> str:
    if isinstance(fault, SMTPRecipientsRefused):
        return _replies(fault)
    return f"{type(fault).__name__}: {fault}"


def _replies(fault: SMTPRecipientsRefused) -> str:
    replies = fault.recipients.values()
    return "; ".join(f"{code} {reply.decode(errors='replace')}" for code, reply in replies)
