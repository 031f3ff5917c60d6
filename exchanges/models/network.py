"""Organisations, and the practices that they can show."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from exchanges.domain.text import fold
from exchanges.enums import AskedState, OrganisationKind
from exchanges.labels import choices
from exchanges.models.cities import City
from exchanges.models.fields import EnumField
from exchanges.models.topics import Topic


class Organisation(models.Model):
    """A local authority, trade union or other body of the network.

    `home_office` is the coordinator whose office brought it in; a coordinator is its own.
    """

    slug = models.SlugField(_("slug"), unique=True, max_length=80)
    name = models.CharField(_("name"), max_length=200)
    native_name = models.CharField(_("name in its own language"), max_length=200, blank=True)
    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    native_acronym = models.CharField(_("acronym in its own language"), max_length=30, blank=True)
    kind = EnumField(_("kind"), max_length=30, choices=choices(OrganisationKind))
    city = models.ForeignKey(City, models.PROTECT, related_name="seats", verbose_name=_("seat"))
    active_in = models.ManyToManyField(
        City, related_name="organisations", verbose_name=_("active in")
    )
    affiliated_to = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="affiliates",
        verbose_name=_("affiliated to"),
    )
    home_office = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="brought_in",
        verbose_name=_("home office"),
    )
    website = models.URLField(_("website"), blank=True)
    about = models.TextField(_("about"), blank=True)
    note = models.TextField(_("note"), blank=True)
    search = models.TextField(editable=False, default="")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        names = (self.name, self.native_name, self.acronym, self.native_acronym)
        self.search = fold(" ".join(names))
        super().save(*args, **kwargs)


class CityClaim(models.Model):
    """An organisation that would act for a city where others act already. One of them consents.

    Until then the organisation is not active in the city, and has no right over it.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="city_claims")
    city = models.ForeignKey(City, models.CASCADE, related_name="claims")
    state = EnumField(
        _("state"), max_length=20, choices=choices(AskedState), default=AskedState.OPEN
    )
    asked_by = models.ForeignKey(
        "exchanges.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked at"))
    answered_by = models.ForeignKey(
        "exchanges.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("claim to a city")
        verbose_name_plural = _("claims to cities")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "city"],
                condition=models.Q(state=AskedState.OPEN),
                name="city_claim_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.city}"


class Practice(models.Model):
    """Something an organisation does well and can show."""

    slug = models.SlugField(_("slug"), unique=True, max_length=80)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    language = models.CharField(_("written in"), max_length=7, default="en")
    link = models.URLField(_("link"), blank=True)
    topics = models.ManyToManyField(Topic, related_name="practices", verbose_name=_("topics"))
    organisations = models.ManyToManyField(
        Organisation, related_name="practices", verbose_name=_("organisations")
    )
    search = models.TextField(editable=False, default="")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = fold(f"{self.title} {self.description}")
        super().save(*args, **kwargs)
