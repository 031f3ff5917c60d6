"""The days on which a visit could be, and what those who are asked say of them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from exchanges.enums import Answer
from exchanges.labels import choices
from exchanges.models.fields import EnumField
from exchanges.models.visits import Invitation, StudyVisit


class DateOption(models.Model):
    """A range of days proposed for a visit, in the host's time zone; both days inclusive."""

    visit = models.ForeignKey(StudyVisit, models.CASCADE, related_name="date_options")
    start_date = models.DateField(_("first day"))
    end_date = models.DateField(_("last day"))
    offered_by = models.ForeignKey(
        Invitation, models.SET_NULL, null=True, blank=True, related_name="offered_options"
    )

    class Meta:
        verbose_name = _("date option")
        verbose_name_plural = _("date options")
        ordering = ["start_date", "end_date"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "start_date", "end_date"], name="date_option_once"
            ),
            models.CheckConstraint(
                condition=Q(end_date__gte=F("start_date")), name="date_option_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start_date} to {self.end_date}"


class DateAnswer(models.Model):
    option = models.ForeignKey(DateOption, models.CASCADE, related_name="answers")
    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="date_answers")
    answer = EnumField(_("answer"), max_length=12, choices=choices(Answer))

    class Meta:
        verbose_name = _("answer to a date option")
        verbose_name_plural = _("answers to date options")
        constraints = [
            models.UniqueConstraint(fields=["option", "invitation"], name="date_answer_once")
        ]

    def __str__(self) -> str:
        return f"{self.option}: {self.answer}"
