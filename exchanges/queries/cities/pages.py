"""What the page of a city and the office's list of cities show."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from exchanges.enums import MembershipRole
from exchanges.models import (
    City,
    Organisation,
    Practice,
    StudyVisit,
    User,
    VisitCity,
)
from exchanges.queries.network.partners import partners
from exchanges.queries.visits.visits import Reader, newest_first


def cities_for_page() -> QuerySet[City]:
    return City.objects.select_related("profile").prefetch_related(
        "topic_levels__topic",
        "topic_levels__practices",
        "learning_needs__topic",
        "blackouts",
        Prefetch("organisations", queryset=partners().select_related("city")),
    )


def practices_in(city: City) -> QuerySet[Practice]:
    """Return what the organisations active in the city can show."""
    owners = Organisation.objects.filter(active_in=city)
    shown = Practice.objects.filter(
        pk__in=Practice.objects.filter(organisations__in=owners).values("pk")
    )
    return shown.prefetch_related("topics", "organisations__city")


def visits_of_city(city: City, reader: Reader) -> QuerySet[StudyVisit]:
    joined = VisitCity.objects.filter(city=city).values("visit")
    visible = StudyVisit.objects.visible_to(reader).marked_for(reader)
    return newest_first(visible.filter(Q(host_city=city) | Q(pk__in=joined)))


def cities_listed() -> QuerySet[City]:
    return City.objects.order_by("country", "slug")


def cities_edited_by(user: User) -> set[int]:
    """Return those that pass `can_edit_city`, with one query."""
    offices = Organisation.objects.filter(active_in=OuterRef("pk")).exclude(home_office=None)
    mine = user.memberships.filter(role=MembershipRole.CONTACT).values("organisation")
    own = Exists(offices.filter(home_office__in=mine))
    added = Q(~Exists(offices), added_by__in=mine)
    return set(City.objects.filter(own | added).values_list("pk", flat=True))
