from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from exchanges.domain.text import fold


class City(models.Model):
    """A place that hosts or visits: the unit that is matched."""

    slug = models.SlugField(_("slug"), unique=True)
    names = I18nCharField(_("name"), max_length=400)
    country = models.CharField(_("country"), max_length=2)
    latitude = models.FloatField(
        _("latitude"), validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    time_zone = models.CharField(_("time zone"), max_length=64)
    languages = models.JSONField(_("languages"), default=list)
    holiday_region = models.CharField(_("holiday region"), max_length=10, blank=True)
    note = models.TextField(_("note"), blank=True)
    added_by = models.ForeignKey(
        "exchanges.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("added by the office of"),
    )
    search = models.TextField(editable=False, default="")

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="city_on_earth",
            )
        ]

    def __str__(self) -> str:
        return str(self.names)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = fold(" ".join(str(name) for name in self.names.data.values()))
        super().save(*args, **kwargs)


class CityProfile(models.Model):
    """What a city tells of itself for matching; edited by the contacts of its organisations."""

    city = models.OneToOneField(City, models.CASCADE, related_name="profile")
    working_languages = models.JSONField(_("working languages"), default=list)
    has_interpretation = models.BooleanField(_("offers interpretation"), default=False)
    hosting_capacity = models.PositiveSmallIntegerField(_("visits it can host a year"), default=0)
    guest_capacity = models.PositiveSmallIntegerField(_("visits it can make a year"), default=0)
    places_for_guests = models.PositiveSmallIntegerField(_("places for guests"), default=0)
    delegation_size = models.PositiveSmallIntegerField(_("usual delegation"), default=0)
    is_sample = models.BooleanField(_("sample data"), default=False)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("city profile")
        verbose_name_plural = _("city profiles")

    def __str__(self) -> str:
        return str(self.city)


class Blackout(models.Model):
    """Days on which a city neither hosts nor travels; both inclusive."""

    city = models.ForeignKey(City, models.CASCADE, related_name="blackouts")
    start_date = models.DateField(_("first day"))
    end_date = models.DateField(_("last day"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    is_sample = models.BooleanField(_("sample data"), default=False)

    class Meta:
        verbose_name = _("blackout dates")
        verbose_name_plural = _("blackout dates")
        ordering = ["start_date", "end_date"]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "start_date", "end_date"], name="blackout_once"
            ),
            models.CheckConstraint(
                condition=models.Q(end_date__gte=models.F("start_date")),
                name="blackout_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.city}: {self.start_date} to {self.end_date}"
