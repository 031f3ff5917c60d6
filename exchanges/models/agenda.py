from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from exchanges.enums import SessionKind
from exchanges.labels import choices
from exchanges.models.fields import EnumField
from exchanges.models.network import Organisation
from exchanges.models.programmes import NetworkEvent
from exchanges.models.visits import StudyVisit


class Venue(models.Model):
    visit = models.ForeignKey(StudyVisit, models.CASCADE, related_name="venues")
    name = models.CharField(_("name"), max_length=150)
    address = models.CharField(_("address"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["visit", "name"], name="venue_once")]

    def __str__(self) -> str:
        return self.name


class Speaker(models.Model):
    visit = models.ForeignKey(StudyVisit, models.CASCADE, related_name="speakers")
    name = models.CharField(_("name"), max_length=150)

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["visit", "name"], name="speaker_once")]

    def __str__(self) -> str:
        return self.name


class AgendaItem(models.Model):
    """A session. Its times are local times of `time_zone`; its owner is a visit or an event.

    `sequence` rises when time, place or status change; `revised_at` whenever a calendar would show
    something else. Both are what a calendar program compares.
    """

    visit = models.ForeignKey(
        StudyVisit, models.CASCADE, null=True, blank=True, related_name="agenda_items"
    )
    network_event = models.ForeignKey(
        NetworkEvent, models.CASCADE, null=True, blank=True, related_name="agenda_items"
    )
    day = models.DateField(_("day"))
    start_time = models.TimeField(_("start"))
    end_time = models.TimeField(_("end"))
    time_zone = models.CharField(_("time zone"), max_length=64)
    kind = EnumField(
        _("kind"), max_length=20, choices=choices(SessionKind), default=SessionKind.MEETING
    )
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    venue = models.ForeignKey(
        Venue, models.SET_NULL, null=True, blank=True, related_name="agenda_items"
    )
    lead = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="led_agenda_items",
        verbose_name=_("lead organisation"),
    )
    speakers = models.ManyToManyField(
        Speaker, blank=True, related_name="agenda_items", verbose_name=_("speakers")
    )
    languages = models.JSONField(_("languages"), default=list, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    revised_at = models.DateTimeField(_("revised at"))
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["day", "start_time", "end_time", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(visit__isnull=False, network_event=None)
                | Q(visit=None, network_event__isnull=False),
                name="agenda_item_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(end_time__gt=F("start_time")), name="agenda_item_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.start_time:%H:%M} {self.title}"
