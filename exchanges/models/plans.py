"""The programme plan: what it was made from, how it is being solved, what came out."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exchanges.enums import PlanKind, PlanState
from exchanges.labels import choices
from exchanges.models.cities import City
from exchanges.models.fields import EnumField
from exchanges.models.people import User
from exchanges.models.programmes import Programme
from exchanges.models.visits import StudyVisit


class ProgrammePlan(models.Model):
    """A snapshot of inputs and, once solved, the result; neither changes afterwards.

    `request` is the canonical JSON of `domain.plan.PlanRequest`, known by its SHA-256.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="plans")
    number = models.PositiveIntegerField(_("number"))
    kind = EnumField(_("kind"), max_length=10, choices=choices(PlanKind), default=PlanKind.PLAN)
    based_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="variants"
    )
    state = EnumField(
        _("state"), max_length=10, choices=choices(PlanState), default=PlanState.QUEUED
    )
    request = models.TextField()
    request_sha256 = models.CharField(max_length=64)
    time_limit = models.PositiveSmallIntegerField(_("time limit (seconds)"), default=30)
    note = models.TextField(_("note"), blank=True)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("created at"))
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    stop_asked_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    lease = models.CharField(max_length=32, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    progress = models.JSONField(default=dict, blank=True)
    result = models.JSONField(null=True, blank=True)
    analysis = models.JSONField(null=True, blank=True)
    failure = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("programme plan")
        verbose_name_plural = _("programme plans")
        ordering = ["-number"]
        indexes = [models.Index(fields=["state", "leased_until"], name="plan_to_solve")]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="plan_number_once"),
            models.CheckConstraint(
                condition=~Q(state=PlanState.SOLVED) | Q(result__isnull=False),
                name="plan_solved_has_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme.short_title} {self.number}"


class SentRow(models.Model):
    """A visit of a plan that was sent as a proposal: its row cannot be sent twice."""

    plan = models.ForeignKey(ProgrammePlan, models.PROTECT, related_name="sent_rows")
    row = models.PositiveSmallIntegerField(_("row"))
    visit = models.OneToOneField(
        StudyVisit, models.SET_NULL, null=True, blank=True, related_name="plan_row"
    )
    sent_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(_("sent at"))

    class Meta:
        verbose_name = _("row sent as a proposal")
        verbose_name_plural = _("rows sent as proposals")
        ordering = ["row"]
        constraints = [models.UniqueConstraint(fields=["plan", "row"], name="plan_row_sent_once")]

    def __str__(self) -> str:
        return f"{self.plan} row {self.row}"


class ParticipationCredit(models.Model):
    """Points that a city carries into the next plans because it was left out of a programme."""

    city = models.ForeignKey(City, models.CASCADE, related_name="credits")
    earned_in = models.ForeignKey(Programme, models.CASCADE, related_name="credits_given")
    points = models.PositiveSmallIntegerField(_("points"))
    used_in = models.ForeignKey(
        Programme, models.SET_NULL, null=True, blank=True, related_name="credits_used"
    )
    given_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    given_at = models.DateTimeField(_("given at"))

    class Meta:
        verbose_name = _("participation credit")
        verbose_name_plural = _("participation credits")
        ordering = ["-given_at", "city__slug"]
        constraints = [
            models.UniqueConstraint(fields=["city", "earned_in"], name="credit_once"),
            models.CheckConstraint(condition=Q(points__gte=1), name="credit_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.city}: {self.points}"
