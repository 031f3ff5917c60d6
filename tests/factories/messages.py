from datetime import datetime
from typing import Any

from exchanges.enums import Message
from exchanges.models import OutboxMessage
from exchanges.operations.mail.outbox import tell_address
from exchanges.sealing import SealedText, seal


def make_message(
    address: str, *, at: datetime, text: str = "Hello", **fields: Any
) -> OutboxMessage:
    """A message that needs nothing but itself to be rendered."""
    secret = seal(SealedText(subject=f"For {address}", text=text))
    message = tell_address(address, Message.ACCOUNT, at=at, secret=secret)
    for name, value in fields.items():
        setattr(message, name, value)
    message.save()
    return message
