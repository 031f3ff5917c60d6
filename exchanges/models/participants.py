"""Who takes part in a visit beside the organisations that were invited."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from exchanges.enums import Side
from exchanges.labels import choices
from exchanges.models.fields import EnumField
from exchanges.models.network import Organisation
from exchanges.models.visits import StudyVisit


class Delegate(models.Model):
    """A named person taking part for an organisation; needs no account."""

    visit = models.ForeignKey(StudyVisit, models.CASCADE, related_name="delegates")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="delegates")
    name = models.CharField(_("name"), max_length=150)
    function = models.CharField(_("function"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail"))
    languages = models.JSONField(_("languages"), default=list, blank=True)
    added_at = models.DateTimeField(_("added at"))

    class Meta:
        verbose_name = _("delegate")
        verbose_name_plural = _("delegates")
        ordering = ["organisation", "name"]
        constraints = [models.UniqueConstraint(Lower("email"), "visit", name="delegate_once")]

    def __str__(self) -> str:
        return self.name


class ThirdParty(models.Model):
    """Someone outside the partnership who receives, joins or interprets; no account."""

    visit = models.ForeignKey(StudyVisit, models.CASCADE, related_name="third_parties")
    name = models.CharField(_("name"), max_length=200)
    side = EnumField(_("side"), max_length=10, choices=choices(Side))

    class Meta:
        verbose_name = _("third party")
        verbose_name_plural = _("third parties")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
