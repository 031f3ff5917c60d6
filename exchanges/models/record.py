from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """An entry of the append-only record: one hash chain, plain ids, no foreign keys.

    Personal data stays out of it: `actor` is an id such as `user:12` or `invitation:5`.
    """

    number = models.PositiveBigIntegerField(_("number"), unique=True)
    at = models.DateTimeField(_("at"))
    actor = models.CharField(_("actor"), max_length=40)
    verb = models.CharField(_("verb"), max_length=60)
    subject_type = models.CharField(_("subject"), max_length=30)
    subject_id = models.PositiveBigIntegerField(_("subject id"))
    data = models.JSONField(_("data"), default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["number"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="event_subject")]

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.subject_type}:{self.subject_id}"


class EventHead(models.Model):
    """How long the record is and how it ends, so that a cut tail shows. One row."""

    count = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="event_head_once")]

    def __str__(self) -> str:
        return f"{self.count} {self.hash}"


class RecordHead(models.Model):
    """The head of the record as it was noted on a day in UTC, the first time a worker looked."""

    day = models.DateField(_("day"), unique=True)
    count = models.PositiveBigIntegerField(_("number of events"))
    hash = models.CharField(_("last hash"), max_length=64)
    noted_at = models.DateTimeField(_("noted at"))

    class Meta:
        verbose_name = _("head of the record")
        verbose_name_plural = _("heads of the record")
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day} {self.count} {self.hash}"
