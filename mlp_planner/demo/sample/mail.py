"""The mails that the sample's past would have sent."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F

from exchanges.enums import Message, MessageState
from exchanges.models import OutboxMessage

STILL_NEW = timedelta(days=7)
NEWS = (Message.INVITATION, Message.INVITATION_ANSWERED, Message.VISIT_AGREED)


def settle_mail(*, at: datetime) -> int:
    """Call all but the newest mails sent; returns how many stay for the worker to send."""
    queued = OutboxMessage.objects.filter(state=MessageState.QUEUED)
    news = queued.filter(kind__in=NEWS, queued_at__gt=at - STILL_NEW)
    past = queued.exclude(pk__in=news.values("pk"))
    past.update(state=MessageState.SENT, sent_at=F("queued_at"), attempts=1)
    return queued.count()
