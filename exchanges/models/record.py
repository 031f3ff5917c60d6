from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from exchanges.enums import RecordRunState
from exchanges.labels import choices
from exchanges.models.fields import EnumField
from exchanges.models.people import User


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


class RecordRun(models.Model):
    """One verification of the whole record by the worker: asked for, under way, and its result.

    `asked_by` is empty for the one of each day. `faults` are the first ones as they are found.
    """

    state = EnumField(
        _("state"),
        max_length=10,
        choices=choices(RecordRunState),
        default=RecordRunState.OPEN,
    )
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(_("asked at"))
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    lease = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveBigIntegerField(default=0)
    count = models.PositiveBigIntegerField(_("number of events"), default=0)
    head = models.CharField(_("last hash"), max_length=64, blank=True)
    fault_count = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list, blank=True)
    not_compared = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("verification of the record")
        verbose_name_plural = _("verifications of the record")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"],
                condition=models.Q(state=RecordRunState.OPEN),
                name="record_run_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d} {self.state}"
