from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agreements.domain.agreement_states import STATES_OF_DATES, state_on
from agreements.enums import AgreementState
from agreements.labels import choices, label
from exchanges.domain.text import fold
from exchanges.enums import MembershipRole
from exchanges.models import City, Organisation, Programme, StudyVisit, User
from exchanges.models.fields import EnumField

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from agreements.models.versions import Version


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, user: User | AnonymousUser) -> AgreementQuerySet:
        """Return those of the parties' members, and of the programme's office and auditors.

        One query; no row twice.

        Until it is proposed, an agreement is seen by its drafter alone.
        """
        if not isinstance(user, User):
            return self.none()
        mine = Organisation.objects.filter(memberships__user=user).values("pk")
        coordinated = Programme.objects.filter(
            coordinator__memberships__user=user,
            coordinator__memberships__role=MembershipRole.CONTACT,
        ).values("pk")
        audited = Programme.objects.filter(auditors__user=user).values("pk")
        party_to = Party.objects.filter(organisation__in=mine).values("agreement")
        shared = Q(pk__in=party_to) | Q(programme__in=coordinated) | Q(programme__in=audited)
        return self.filter(Q(drafter__in=mine) | (Q(proposed_at__isnull=False) & shared))


AgreementManager = models.Manager.from_queryset(AgreementQuerySet)


class Agreement(models.Model):
    """A partnership agreement that follows from a visit. Its terms are in its versions.

    `valid_from` and `valid_until` are those of the current version, for the register; a notice
    of termination moves `valid_until` forward. `state` is what moves made of it; what it is on a
    day, dates say too: `state_at`.
    """

    reference = models.CharField(_("reference"), max_length=40, unique=True)
    visit = models.ForeignKey(StudyVisit, models.PROTECT, related_name="agreements")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="agreements")
    drafter = models.ForeignKey(
        Organisation, models.PROTECT, related_name="drafted_agreements", verbose_name=_("drafter")
    )
    title = models.CharField(_("title"), max_length=200)
    state = EnumField(
        _("state"), max_length=20, choices=choices(AgreementState), default=AgreementState.DRAFT
    )
    state_since = models.DateTimeField(_("since"))
    state_reason = models.TextField(_("reason"), blank=True)
    current_number = models.PositiveIntegerField(_("current version"), default=0)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"))
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("proposed at"), null=True, blank=True)
    search = models.TextField(editable=False, default="")
    revision = models.PositiveIntegerField(default=1)

    objects: ClassVar[AgreementManager[Agreement]] = AgreementManager()

    if TYPE_CHECKING:
        shown_state: str  # where `with_state_at` annotated it
        parties: RelatedManager[Party]
        versions: RelatedManager[Version]

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["programme", "state"], name="agreement_programme_state"),
            models.Index(fields=["valid_until"], name="agreement_valid_until"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="agreement_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(state.value for state in STATES_OF_DATES)),
                name="agreement_state_is_of_a_move",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = fold(f"{self.reference} {self.title}")
        super().save(*args, **kwargs)

    def state_at(self, moment: datetime) -> AgreementState:
        """Return the state that the agreement shows; its days end in the programme's zone."""
        stored, today = AgreementState(self.state), self.programme.day_of(moment)
        return state_on(stored, self.valid_from, self.valid_until, today)

    @property
    def shown_state_name(self) -> str:
        """Return it in words, for a row that `with_state_at` has annotated."""
        return label(AgreementState(self.shown_state))


class Party(models.Model):
    """An organisation that the agreement binds, with the city for which it took part."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="agreement_parties")
    city = models.ForeignKey(City, models.PROTECT, related_name="agreement_parties")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "organisation"], name="party_once")
        ]

    def __str__(self) -> str:
        return str(self.organisation)
