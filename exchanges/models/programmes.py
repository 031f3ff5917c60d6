from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from exchanges.domain.short_titles import LONGEST, PATTERN
from exchanges.enums import AskedState, EventMode, PartnerRole
from exchanges.labels import choices
from exchanges.models.cities import City
from exchanges.models.fields import EnumField
from exchanges.models.network import Organisation
from exchanges.models.people import User


class Programme(models.Model):
    """A funded Mutual Learning Programme."""

    slug = models.SlugField(_("slug"), unique=True)
    title = I18nCharField(_("title"), max_length=1200)
    short_title = models.CharField(_("short title"), max_length=LONGEST)
    coordinator = models.ForeignKey(
        Organisation, models.PROTECT, related_name="coordinated_programmes"
    )
    fund = models.CharField(_("fund"), max_length=200, blank=True)
    specific_objective = models.CharField(_("specific objective"), max_length=200, blank=True)
    start_date = models.DateField(_("first day"))
    end_date = models.DateField(_("last day"))
    max_exchanges = models.PositiveSmallIntegerField(_("most exchanges"))
    eu_cofinancing_rate = models.DecimalField(
        _("co-financing rate of the fund"),
        max_digits=5,
        decimal_places=4,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1))],
    )
    total_budget_eur = models.DecimalField(
        _("total budget (EUR)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    requires_umn_host = models.BooleanField(
        _("a UnionMigrantNet member must accept on the host side"), default=True
    )
    allows_same_country = models.BooleanField(
        _("cities of one country may visit each other"), default=False
    )
    time_zone = models.CharField(_("time zone"), max_length=64)
    is_sample = models.BooleanField(_("sample programme"), default=False)
    organisations = models.ManyToManyField(
        Organisation, through="Partner", related_name="programmes"
    )

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["-start_date"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end_date__gte=models.F("start_date")),
                name="programme_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(short_title__regex=PATTERN), name="programme_short_title"
            ),
            models.CheckConstraint(
                condition=models.Q(eu_cofinancing_rate__range=(0, 1)),
                name="programme_rate_0_to_1",
            ),
            models.CheckConstraint(
                condition=models.Q(total_budget_eur=None) | models.Q(total_budget_eur__gte=0),
                name="programme_budget_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A programme without a zone of its own takes that of its coordinator's city."""
        if not self.time_zone:
            self.time_zone = self.coordinator.city.time_zone
        super().save(*args, **kwargs)

    def day_of(self, moment: datetime) -> date:
        """Return the day that it is in the programme's zone: there the days of agreements end."""
        return moment.astimezone(ZoneInfo(self.time_zone)).date()


class Partner(models.Model):
    """An organisation's part in a programme."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="partnerships")
    role = EnumField(_("partner role"), max_length=20, choices=choices(PartnerRole))
    eligible_eur = models.DecimalField(
        _("eligible costs (EUR)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    eu_share_eur = models.DecimalField(
        _("share of the fund (EUR)"), max_digits=12, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        constraints = [
            models.UniqueConstraint(fields=["programme", "organisation"], name="partner_once"),
            models.CheckConstraint(
                condition=(models.Q(eligible_eur=None) | models.Q(eligible_eur__gte=0))
                & (models.Q(eu_share_eur=None) | models.Q(eu_share_eur__gte=0)),
                name="partner_money_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_role_display()})"


class PartnershipInvitation(models.Model):
    """An organisation asked to take part in a programme. Its own contact accepts or declines.

    Until then it is no `Partner`: the programme's office has no right over it, its people see
    nothing of the programme, and the public does not see it. The signatory is whom the office
    knows of: it gives no role, and goes once a contact has proposed or dropped the person.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="partnership_invitations")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="partnership_invitations"
    )
    role = EnumField(_("partner role"), max_length=20, choices=choices(PartnerRole))
    eligible_eur = models.DecimalField(
        _("eligible costs (EUR)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    eu_share_eur = models.DecimalField(
        _("share of the fund (EUR)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    state = EnumField(
        _("state"), max_length=20, choices=choices(AskedState), default=AskedState.OPEN
    )
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    invited_at = models.DateTimeField(_("invited at"))
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    signatory_name = models.CharField(_("name of its signatory"), max_length=150, blank=True)
    signatory_function = models.CharField(_("function"), max_length=150, blank=True)
    signatory_email = models.EmailField(_("e-mail of its signatory"), blank=True)

    class Meta:
        verbose_name = _("partnership invitation")
        verbose_name_plural = _("partnership invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "organisation"],
                condition=models.Q(state=AskedState.OPEN),
                name="partnership_open_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(role=PartnerRole.COORDINATOR),
                name="partnership_is_not_that_of_the_coordinator",
            ),
            models.CheckConstraint(
                condition=(models.Q(eligible_eur=None) | models.Q(eligible_eur__gte=0))
                & (models.Q(eu_share_eur=None) | models.Q(eu_share_eur__gte=0)),
                name="partnership_money_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.programme.short_title}"


class Exchange(models.Model):
    """One of the programme's exchanges: a slot that one visit takes when it is confirmed.

    A programme has exactly `max_exchanges` of these rows, so the maximum is held by the database:
    there is no row for a ninth visit, and a row holds one visit.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="exchanges")
    number = models.PositiveSmallIntegerField(_("number"))
    visit = models.OneToOneField(
        "exchanges.StudyVisit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="exchange",
    )

    class Meta:
        verbose_name = _("exchange")
        verbose_name_plural = _("exchanges")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="exchange_number_once"),
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="exchange_number_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme.short_title} {self.number}"


class Auditor(models.Model):
    """A person who may read everything of a programme and write nothing; given by the office."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="auditors")
    user = models.ForeignKey(User, models.CASCADE, related_name="audits")
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("given at"))
    wants_heads = models.BooleanField(_("gets the head of the record by mail"), default=False)

    class Meta:
        verbose_name = _("auditor")
        verbose_name_plural = _("auditors")
        constraints = [models.UniqueConstraint(fields=["programme", "user"], name="auditor_once")]

    def __str__(self) -> str:
        return str(self.user)


class NetworkEvent(models.Model):
    """A conference or kick-off of the whole network; not a study visit."""

    key = models.SlugField(_("key"), unique=True)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="network_events")
    title = models.CharField(_("title"), max_length=200)
    city = models.ForeignKey(City, models.PROTECT, null=True, blank=True, related_name="+")
    mode = EnumField(
        _("mode"), max_length=20, choices=choices(EventMode), default=EventMode.IN_PERSON
    )
    start_date = models.DateField(_("first day"))
    end_date = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("network event")
        verbose_name_plural = _("network events")
        ordering = ["start_date"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end_date__gte=models.F("start_date")),
                name="network_event_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.title


class ReferenceSeries(models.Model):
    """The last number given in a series such as `UMN-2026`; its row is locked to take the next."""

    prefix = models.CharField(max_length=40, unique=True)
    last_number = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.prefix}: {self.last_number}"
