"""Programmes as the public reads of them."""

from __future__ import annotations

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from exchanges.enums import PartnerRole
from exchanges.models import (
    Partner,
    Programme,
    StudyVisit,
)


def programmes_for_public() -> QuerySet[Programme]:
    """Return programmes for the public: the real ones first, each with its numbers."""
    partners = Partner.objects.exclude(role=PartnerRole.COORDINATOR)
    held = StudyVisit.objects.public()
    return (
        Programme.objects.select_related("coordinator__city")
        .annotate(partner_count=_count_of(partners), held_count=_count_of(held))
        .order_by("is_sample", "start_date")
    )


def _count_of(rows: QuerySet[Partner] | QuerySet[StudyVisit]) -> Coalesce:
    own = rows.filter(programme=OuterRef("pk")).order_by().values("programme")
    return Coalesce(Subquery(own.annotate(n=Count("pk")).values("n")), 0)
