"""Which function writes the letter of which kind of message.

`exchanges.mail` and `agreements.mail` register theirs when `load()` imports them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.module_loading import autodiscover_modules

from exchanges.enums import Message
from exchanges.models import OutboxMessage, User


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    content: bytes
    mime_type: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What `templates/mail/<kind>.txt` is filled with.

    The layouts show, each if it is there: `person_name`, `text` (the whole mail, if it was written
    elsewhere), `facts` (pairs of words), `said` and `said_by` (somebody's own words), `link` and
    `link_label`.
    """

    context: dict[str, Any]
    attachments: tuple[Attachment, ...] = field(default=())


class Obsolete(Exception):
    """What the message is about is gone, answered or over; nobody should get it."""


class NoLetter(LookupError):
    """Nobody registered a letter for this kind."""


Writer = Callable[[OutboxMessage, User | None, datetime], Letter]
_writers: dict[str, Writer] = {}


def letter(*kinds: Message) -> Callable[[Writer], Writer]:
    def register(writer: Writer) -> Writer:
        for kind in kinds:
            _writers[kind] = writer
        return writer

    return register


def load() -> None:
    """Import the `mail` module of every installed app."""
    autodiscover_modules("mail")


def registered_kinds() -> frozenset[str]:
    load()
    return frozenset(_writers)


def write_letter(message: OutboxMessage, *, at: datetime) -> Letter:
    """Raises Obsolete, or NoLetter for a kind that nobody registered."""
    load()
    if message.kind not in _writers:
        raise NoLetter(message.kind)
    if message.recipient is not None and not message.recipient.is_active:
        raise Obsolete("the account is closed")
    return _writers[message.kind](message, message.recipient, at)
