from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from exchanges.enums import Message, MessageState
from exchanges.labels import choices
from exchanges.models.fields import EnumField
from exchanges.models.people import User


class OutboxMessage(models.Model):
    """A mail to be sent: what kind, to whom, about which ids. The worker renders it.

    A row is claimed by writing a lease (`leased_until`, `lease`); a worker that dies loses it when
    the time is over. `message_id` is fixed when the row is written, so that a repetition after an
    unclear end can be recognised by the receiver.

    Of one `topic`, one message waits for a person: it says the newest, and `queued_at` is the time
    of the first news.
    """

    kind = EnumField(_("kind"), max_length=40, choices=choices(Message))
    recipient = models.ForeignKey(
        User, models.CASCADE, null=True, blank=True, related_name="messages"
    )
    address = models.EmailField(_("address"), blank=True)
    language = models.CharField(_("language"), max_length=7, blank=True)
    about = models.JSONField(_("about"), default=dict)
    secret = models.BinaryField(_("sealed content"), null=True, blank=True)
    once = models.CharField(max_length=120, unique=True, null=True, blank=True)
    topic = models.CharField(max_length=120, blank=True)
    message_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = EnumField(
        _("state"), max_length=10, choices=choices(MessageState), default=MessageState.QUEUED
    )
    queued_at = models.DateTimeField(_("queued at"))
    due_at = models.DateTimeField(_("due at"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease = models.UUIDField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["due_at", "pk"]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(state=MessageState.QUEUED),
                name="outbox_due",
            ),
            models.Index(
                fields=["topic"],
                condition=models.Q(state=MessageState.QUEUED) & ~models.Q(topic=""),
                name="outbox_topic",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(recipient__isnull=False) | ~models.Q(address=""),
                name="message_has_recipient",
            ),
            models.CheckConstraint(
                condition=models.Q(state=MessageState.SENT, sent_at__isnull=False)
                | (~models.Q(state=MessageState.SENT) & models.Q(sent_at=None)),
                name="message_sent_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
