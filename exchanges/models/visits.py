from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import ExpressionWrapper, F, Q, Value
from django.utils.translation import gettext_lazy as _

from exchanges.domain.dates import DateRange, is_past
from exchanges.domain.text import fold
from exchanges.domain.visit_phases import DATED, PUBLISHED
from exchanges.enums import (
    CityRole,
    InvitationState,
    MembershipRole,
    PartnerRole,
    Side,
    VisitState,
)
from exchanges.labels import choices
from exchanges.models.cities import City
from exchanges.models.fields import EnumField
from exchanges.models.network import Organisation, Practice
from exchanges.models.people import User
from exchanges.models.programmes import Programme
from exchanges.models.topics import Topic

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from exchanges.models.date_options import DateOption
    from exchanges.models.participants import Delegate


PUBLIC = Q(state=VisitState.CLOSED, is_unconfirmed=False)
"""A visit that a file says was held is public once those whom it names have confirmed it."""


class StudyVisitQuerySet(models.QuerySet["StudyVisit"]):
    def visible_to(self, user: User | AnonymousUser) -> StudyVisitQuerySet:
        """Return the visits that this person may see: one query, no row twice.

        A closed visit is public. Before that it is seen by those whom it concerns.
        """
        return self.filter(PUBLIC if isinstance(user, AnonymousUser) else PUBLIC | _concerns(user))

    def public(self) -> StudyVisitQuerySet:
        return self.filter(PUBLIC)

    def marked_for(self, user: User | AnonymousUser) -> StudyVisitQuerySet:
        """Annotate `reads_all`: whether this person reads more of a visit than the public does."""
        all_of_it = Value(False) if isinstance(user, AnonymousUser) else _concerns(user)
        return self.annotate(reads_all=ExpressionWrapper(all_of_it, models.BooleanField()))

    def concerning(self, user: User | AnonymousUser) -> StudyVisitQuerySet:
        """Return those that this person sees as more than the public."""
        return self.none() if isinstance(user, AnonymousUser) else self.filter(_concerns(user))


def _concerns(user: User) -> Q:
    mine = Organisation.objects.filter(memberships__user=user).values("pk")
    coordinated = Programme.objects.filter(
        coordinator__memberships__user=user,
        coordinator__memberships__role=MembershipRole.CONTACT,
    ).values("pk")
    audited = Programme.objects.filter(auditors__user=user).values("pk")
    joined = Programme.objects.filter(partners__organisation__in=mine).values("pk")
    asked = Invitation.objects.filter(organisation__in=mine).exclude(
        state=InvitationState.WITHDRAWN
    )
    sees = Q(pk__in=asked.values("visit")) | Q(programme__in=coordinated) | Q(programme__in=audited)
    published = Q(state__in=PUBLISHED, programme__in=joined)
    return Q(proposer__in=mine) | (~Q(state=VisitState.DRAFT) & sees) | published


VisitManager = models.Manager.from_queryset(StudyVisitQuerySet)


class StudyVisit(models.Model):
    """One exchange: a host city with its co-hosts, guest cities, topics, dates and agenda."""

    reference = models.CharField(_("reference"), max_length=40, unique=True)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="visits")
    state = EnumField(
        _("state"), max_length=20, choices=choices(VisitState), default=VisitState.DRAFT
    )
    state_since = models.DateTimeField(_("since"))
    state_reason = models.TextField(_("reason"), blank=True)
    proposer = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="proposed_visits"
    )
    proposed_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="proposed_visits"
    )
    host_city = models.ForeignKey(
        City, models.PROTECT, null=True, blank=True, related_name="hosted_visits"
    )
    cities = models.ManyToManyField(City, through="VisitCity", related_name="visits")
    title = models.CharField(_("title"), max_length=200, blank=True)
    purpose = models.TextField(_("purpose"), blank=True)
    topics = models.ManyToManyField(Topic, related_name="visits", verbose_name=_("topics"))
    practices_seen = models.ManyToManyField(
        Practice, related_name="seen_on", blank=True, verbose_name=_("practices seen")
    )
    group_size = models.PositiveSmallIntegerField(
        _("number of guests"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(200)],
    )
    languages = models.JSONField(_("languages"), default=list, blank=True)
    message = models.TextField(_("a word to those invited"), blank=True)
    answer_by = models.DateField(_("answer by"), null=True, blank=True)
    start_date = models.DateField(_("first day"), null=True, blank=True)
    end_date = models.DateField(_("last day"), null=True, blank=True)
    known_month = models.DateField(_("month"), null=True, blank=True)
    participants_about = models.PositiveSmallIntegerField(
        _("participants, about"), null=True, blank=True
    )
    report = models.TextField(_("report"), blank=True)
    note = models.TextField(_("note"), blank=True)
    counts_as_exchange = models.BooleanField(_("counts as an exchange"), default=True)
    counts_reason = models.TextField(_("why it counts or not"), blank=True)
    return_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="returns",
        verbose_name=_("return visit of"),
    )
    is_sample = models.BooleanField(_("sample"), default=False)
    is_unconfirmed = models.BooleanField(_("not confirmed by those named"), default=False)
    import_key = models.CharField(max_length=80, unique=True, null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"))
    proposed_at = models.DateTimeField(_("proposed at"), null=True, blank=True)
    search = models.TextField(editable=False, default="")
    revision = models.PositiveIntegerField(default=1)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    revised_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[VisitManager[StudyVisit]] = VisitManager()

    if TYPE_CHECKING:
        invitations: RelatedManager[Invitation]
        date_options: RelatedManager[DateOption]
        visit_cities: RelatedManager[VisitCity]
        delegates: RelatedManager[Delegate]

    class Meta:
        verbose_name = _("study visit")
        verbose_name_plural = _("study visits")
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["programme", "state"], name="visit_programme_state"),
            models.Index(fields=["start_date"], name="visit_start"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(start_date=None, end_date=None)
                | Q(start_date__isnull=False, end_date__gte=F("start_date")),
                name="visit_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=DATED) | Q(start_date__isnull=False),
                name="visit_dated_once_agreed",
            ),
            models.CheckConstraint(
                condition=Q(state=VisitState.DRAFT) | Q(host_city__isnull=False),
                name="visit_has_host_once_proposed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = fold(f"{self.reference} {self.title}")
        super().save(*args, **kwargs)

    def guest_cities(self) -> list[City]:
        """Reads the prefetched rows, in their order."""
        return [row.city for row in self.visit_cities.all() if row.role == CityRole.GUEST]

    def co_host_cities(self) -> list[City]:
        """Reads the prefetched rows, in their order."""
        return [row.city for row in self.visit_cities.all() if row.role == CityRole.CO_HOST]

    def days(self) -> tuple[date, ...]:
        """Return the days from the first to the last; none while the visit has no date."""
        if self.start_date is None or self.end_date is None:
            return ()
        return DateRange(self.start_date, self.end_date).days

    def today_at_host(self, at: datetime) -> date:
        """Return the day that the host city's clocks show."""
        zone = self.host_city.time_zone if self.host_city else "UTC"
        return at.astimezone(ZoneInfo(zone)).date()

    def has_begun(self, at: datetime) -> bool:
        """Return whether the first day is past, so that the visit cannot be agreed on any more."""
        return self.start_date is not None and is_past(self.start_date, self.today_at_host(at))

    def is_over(self, at: datetime) -> bool:
        return self.end_date is not None and self.today_at_host(at) > self.end_date


class VisitCity(models.Model):
    """A city that takes part beside the host."""

    visit = models.ForeignKey(StudyVisit, models.CASCADE, related_name="visit_cities")
    city = models.ForeignKey(City, models.PROTECT, related_name="visit_cities")
    role = EnumField(_("role"), max_length=10, choices=choices(CityRole))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("city of a visit")
        verbose_name_plural = _("cities of a visit")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["visit", "city"], name="visit_city_once")]

    def __str__(self) -> str:
        return f"{self.city} ({self.get_role_display()})"


class Invitation(models.Model):
    """An organisation asked to take part in a visit. The proposer's own counts as accepted."""

    visit = models.ForeignKey(StudyVisit, models.CASCADE, related_name="invitations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    city = models.ForeignKey(City, models.PROTECT, related_name="invitations")
    side = EnumField(_("side"), max_length=10, choices=choices(Side))
    role = EnumField(_("partner role"), max_length=20, choices=choices(PartnerRole))
    state = EnumField(
        _("state"), max_length=12, choices=choices(InvitationState), default=InvitationState.OPEN
    )
    is_proposer = models.BooleanField(default=False)
    invited_at = models.DateTimeField(_("invited at"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    word = models.TextField(_("a word to the proposer"), blank=True)
    decline_reason = models.TextField(_("reason"), blank=True)
    generation = models.PositiveIntegerField(default=0)
    link_expires_at = models.DateTimeField(_("link expires at"), null=True, blank=True)
    is_named = models.BooleanField(_("named to the public"), default=False)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["side", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "organisation"], name="invitation_once"),
            models.UniqueConstraint(
                fields=["visit"], condition=Q(is_proposer=True), name="invitation_one_proposer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_side_display()})"
