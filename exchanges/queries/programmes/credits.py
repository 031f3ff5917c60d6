"""Participation credits: who gets them, who has them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from exchanges.domain.visit_phases import COUNTED
from exchanges.models import (
    City,
    LearningNeed,
    Organisation,
    ParticipationCredit,
    Programme,
    StudyVisit,
    VisitCity,
)


def is_settleable(programme: Programme, at: datetime) -> bool:
    """No city can take part any more: the programme has ended, or its exchanges are all used."""
    if programme.end_date < at.date():
        return True
    return not programme.exchanges.filter(visit=None).exists()


def cities_left_out(programme: Programme) -> QuerySet[City]:
    """Partners' cities with learning needs and room to travel, in none of its confirmed or held
    visits, that have no credit from it yet."""
    visits = StudyVisit.objects.filter(programme=programme, state__in=COUNTED)
    partners = Organisation.objects.filter(
        partnerships__programme=programme, active_in=OuterRef("pk")
    ).exclude(pk=programme.coordinator_id)
    return (
        City.objects.filter(Exists(partners), profile__guest_capacity__gt=0)
        .filter(Exists(LearningNeed.objects.filter(city=OuterRef("pk"))))
        .exclude(Exists(visits.filter(host_city=OuterRef("pk"))))
        .exclude(Exists(VisitCity.objects.filter(visit__in=visits, city=OuterRef("pk"))))
        .exclude(Exists(programme.credits_given.filter(city=OuterRef("pk"))))
        .order_by("slug")
    )


def credits_given(programme: Programme) -> QuerySet[ParticipationCredit]:
    """Return what cities earned in this programme, for the office's page."""
    return programme.credits_given.select_related("city", "used_in", "given_by")


def credits_brought(programme: Programme) -> QuerySet[ParticipationCredit]:
    """Return what the programme's cities bring from others, used in it or not at all yet."""
    cities = Organisation.objects.filter(partnerships__programme=programme).values("active_in")
    rows = ParticipationCredit.objects.filter(city__in=cities).exclude(earned_in=programme)
    return rows.filter(used_in=None).select_related("city", "earned_in") | rows.filter(
        used_in=programme
    ).select_related("city", "earned_in")


def credits_of(city: City) -> QuerySet[ParticipationCredit]:
    """Return a city's credits for its page, the latest first."""
    return city.credits.select_related("earned_in", "used_in")


def cities_of(visit: StudyVisit) -> list[int]:
    """Return host, co-hosts and guests."""
    others = VisitCity.objects.filter(visit=visit).values_list("city", flat=True)
    return [*others, *([visit.host_city_id] if visit.host_city_id else [])]


def cities_taking_part(programme: Programme, *, besides: StudyVisit) -> set[int]:
    """Return the cities of the programme's other visits that are confirmed or were held."""
    visits = StudyVisit.objects.filter(programme=programme, state__in=COUNTED)
    visits = visits.exclude(pk=besides.pk)
    others = VisitCity.objects.filter(visit__in=visits).values_list("city", flat=True)
    return {*others, *visits.exclude(host_city=None).values_list("host_city", flat=True)}
