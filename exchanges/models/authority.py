"""Who stands behind an organisation: handing over its home office, recovery, and disputes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from exchanges.enums import AskedState, DisputeKind, RecoveryState
from exchanges.labels import choices
from exchanges.models.cities import City
from exchanges.models.fields import EnumField
from exchanges.models.network import Organisation
from exchanges.models.people import User


class Handover(models.Model):
    """The home office offers an organisation to another coordinator.

    `taken_*` is the yes of the receiving office, `agreed_*` that of the organisation's contact.
    `answered_*` and `reason` belong to a no, or to taking the offer back.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="handovers")
    from_office = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    to_office = models.ForeignKey(Organisation, models.PROTECT, related_name="handovers_offered")
    state = EnumField(
        _("state"), max_length=20, choices=choices(AskedState), default=AskedState.OPEN
    )
    offered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    offered_at = models.DateTimeField(_("offered at"))
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    agreed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    agreed_at = models.DateTimeField(_("agreed at"), null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("handover")
        verbose_name_plural = _("handovers")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(state=AskedState.OPEN),
                name="handover_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.from_office}, {self.to_office}"


class Recovery(models.Model):
    """The home office says that nobody of the organisation answers any more.

    Any contact or signatory stops it, unless the operator ordered it. Else the home office
    invites one contact after 14 days.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="recoveries")
    reason = models.TextField(_("reason"))
    state = EnumField(
        _("state"), max_length=20, choices=choices(RecoveryState), default=RecoveryState.RUNNING
    )
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(_("started at"))
    is_ordered = models.BooleanField(_("ordered by the operator"), default=False)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        verbose_name = _("recovery")
        verbose_name_plural = _("recoveries")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(state=RecoveryState.RUNNING),
                name="recovery_running_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}"


class Dispute(models.Model):
    """What an organisation and the offices around it cannot settle; the operator decides it.

    `city` belongs to a dispute about acting for it. `is_granted` is None until it is decided.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="disputes")
    kind = EnumField(_("kind"), max_length=20, choices=choices(DisputeKind))
    city = models.ForeignKey(
        City, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("city")
    )
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("opened at"))
    is_granted = models.BooleanField(_("granted"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decision = models.TextField(_("decision"), blank=True)

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind"],
                condition=models.Q(decided_at=None, city=None),
                name="dispute_open_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "kind", "city"],
                condition=models.Q(decided_at=None, city__isnull=False),
                name="dispute_of_city_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.kind}"


class DisputeStatement(models.Model):
    """What somebody concerned says about a dispute, until it is decided."""

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="statements")
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    said_at = models.DateTimeField(_("said at"))
    text = models.TextField(_("statement"))

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")

    def __str__(self) -> str:
        return f"{self.said_by}, {self.said_at:%Y-%m-%d}"
