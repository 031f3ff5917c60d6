"""The rows from which the list of tasks on a city's profile is made."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from exchanges.enums import PartnerRole
from exchanges.models import City, Partner, Programme


def cities_with_profile() -> QuerySet[City]:
    """Whatever `tasks_of` reads, in a constant number of queries."""
    return City.objects.select_related("profile").prefetch_related(
        "topic_levels__topic", "learning_needs__topic", "blackouts", "wishes__other"
    )


def programmes_ahead(city: City, today: date) -> QuerySet[Programme]:
    """Running and planned programmes in which the city takes part, the next to end first."""
    partners = Partner.objects.filter(organisation__active_in=city)
    partners = partners.exclude(role=PartnerRole.COORDINATOR)
    ahead = Programme.objects.filter(pk__in=partners.values("programme"), end_date__gte=today)
    return ahead.select_related("coordinator").order_by("end_date", "pk")


def cities_beside(city: City) -> QuerySet[City]:
    """Return the other cities in its programmes."""
    own = Partner.objects.filter(organisation__active_in=city).values("programme")
    partners = Partner.objects.filter(programme__in=own).exclude(role=PartnerRole.COORDINATOR)
    cities = City.objects.filter(organisations__in=partners.values("organisation"))
    return cities.exclude(pk=city.pk).distinct()
