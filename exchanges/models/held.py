"""Whether visits took place that a programme's file names."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from exchanges.enums import AskedState
from exchanges.labels import choices
from exchanges.models.cities import City
from exchanges.models.fields import EnumField
from exchanges.models.network import Organisation
from exchanges.models.people import User
from exchanges.models.visits import StudyVisit


class HeldVisitQuestion(models.Model):
    """Whether a visit of a file took place, asked of one organisation or city that was there.

    Of a city, a contact of any organisation that acts for it answers.
    """

    visit = models.ForeignKey(StudyVisit, models.CASCADE, related_name="held_questions")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="held_questions"
    )
    city = models.ForeignKey(
        City, models.CASCADE, null=True, blank=True, related_name="held_questions"
    )
    state = EnumField(
        _("state"), max_length=20, choices=choices(AskedState), default=AskedState.OPEN
    )
    asked_at = models.DateTimeField(_("asked at"))
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("question about a held visit")
        verbose_name_plural = _("questions about held visits")
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "organisation"], name="held_question_of_organisation_once"
            ),
            models.UniqueConstraint(fields=["visit", "city"], name="held_question_of_city_once"),
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False) ^ models.Q(city__isnull=False),
                name="held_question_is_put_to_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit}, {self.organisation or self.city}"
