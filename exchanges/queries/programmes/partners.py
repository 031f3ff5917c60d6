"""The partners of a programme, with their money."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet, Sum

from exchanges.enums import (
    PartnerRole,
)
from exchanges.models import (
    Organisation,
    Partner,
    Programme,
)


def partners_of(programme: Programme) -> QuerySet[Partner]:
    return (
        programme.partners.select_related("organisation__city")
        .prefetch_related("organisation__active_in")
        .order_by("organisation__city__country", "organisation__city__slug", "organisation__name")
    )


def money_of(programme: Programme) -> dict[str, object]:
    return programme.partners.aggregate(eligible=Sum("eligible_eur"), share=Sum("eu_share_eur"))


def organisations_outside(programme: Programme) -> QuerySet[Organisation]:
    taking_part = programme.partners.values("organisation")
    return Organisation.objects.exclude(pk__in=taking_part).order_by("name")


def partners_among(programme: Programme, organisations: Collection[int]) -> set[int]:
    """Which of these organisations take part in the programme with a city."""
    partners = programme.partners.exclude(role=PartnerRole.COORDINATOR)
    partners = partners.filter(organisation__in=organisations)
    return set(partners.values_list("organisation", flat=True))
