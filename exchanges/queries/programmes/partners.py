"""The partners of a programme, with their money."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Sum

from exchanges.enums import AskedState, MembershipRole, PartnerRole
from exchanges.models import (
    AccountInvitation,
    Membership,
    Organisation,
    Partner,
    PartnershipInvitation,
    Programme,
)


def partners_of(programme: Programme) -> QuerySet[Partner]:
    return (
        programme.partners.select_related("organisation__city")
        .prefetch_related("organisation__active_in")
        .order_by("organisation__city__country", "organisation__city__slug", "organisation__name")
    )


def partnerships_of(programme: Programme) -> QuerySet[PartnershipInvitation]:
    """Return the organisations that were asked and are no partners; refusals too, latest first."""
    contacts = Membership.objects.filter(role=MembershipRole.CONTACT, user__is_active=True)
    invited = AccountInvitation.objects.filter(
        role=MembershipRole.CONTACT, accepted_at=None, revoked_at=None
    )
    asked = programme.partnership_invitations.filter(
        state__in=[AskedState.OPEN, AskedState.DECLINED]
    ).exclude(organisation__in=programme.partners.values("organisation"))
    return (
        asked.select_related("organisation__city", "organisation__home_office__city")
        .annotate(
            has_contact=Exists(contacts.filter(organisation=OuterRef("organisation"))),
            has_invited=Exists(invited.filter(organisation=OuterRef("organisation"))),
        )
        .order_by("-invited_at", "-pk")
    )


def can_be_reminded(asked: Any) -> bool:
    """Return whether somebody can answer a row of `partnerships_of`, and nobody has."""
    return asked.state == AskedState.OPEN and bool(asked.has_contact)


def money_of(programme: Programme) -> dict[str, object]:
    return programme.partners.aggregate(eligible=Sum("eligible_eur"), share=Sum("eu_share_eur"))


def organisations_outside(programme: Programme) -> QuerySet[Organisation]:
    """Return those that can be asked to take part."""
    taking_part = programme.partners.values("organisation")
    asked = programme.partnership_invitations.filter(state=AskedState.OPEN)
    outside = Organisation.objects.exclude(pk__in=taking_part)
    return outside.exclude(pk__in=asked.values("organisation")).order_by("name")


def programmes_among(
    programmes: Collection[Programme], organisations: Collection[int]
) -> list[Programme]:
    """In which of these programmes one of these organisations takes part with a city."""
    partners = Partner.objects.exclude(role=PartnerRole.COORDINATOR)
    partners = partners.filter(programme__in=programmes, organisation__in=organisations)
    found = set(partners.values_list("programme", flat=True))
    return [programme for programme in programmes if programme.pk in found]
