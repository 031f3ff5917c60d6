"""Finding practices, and the visits on which they were seen."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Lower

from exchanges.enums import InvitationState, Side
from exchanges.models import (
    City,
    Organisation,
    Practice,
    StudyVisit,
)
from exchanges.queries.network.search import cities_working_in, matches
from exchanges.queries.visits.visits import Reader, with_cities

COLUMNS = ("search", "organisations__search", "organisations__active_in__search")
SORTS = {
    "title": ("lower_title", "pk"),
    "seen": ("-is_seen", "lower_title", "pk"),
}


@dataclass(frozen=True, slots=True)
class PracticeFilter:
    """What the list is narrowed to; kept in the URL."""

    text: str = ""
    topic: str = ""
    country: str = ""
    language: str = ""
    seen: bool = False
    sort: str = "title"


def find_practices(wanted: PracticeFilter, reader: Reader) -> QuerySet[Practice]:
    """`is_seen`: on a visit that the reader may see."""
    visits = StudyVisit.objects.visible_to(reader).filter(practices_seen=OuterRef("pk"))
    found = Practice.objects.filter(_conditions(wanted))
    found = found.annotate(is_seen=Exists(visits), lower_title=Lower("title"))
    if wanted.seen:
        found = found.filter(is_seen=True)
    shown = found.prefetch_related("topics", "organisations__city")
    return shown.order_by(*SORTS.get(wanted.sort, SORTS["title"]))


def practices_for_page() -> QuerySet[Practice]:
    return Practice.objects.prefetch_related(
        "topics", "organisations__city", "organisations__active_in"
    )


def visits_with(practice: Practice, reader: Reader) -> QuerySet[StudyVisit]:
    """Visits on which the practice was seen, as far as the reader may see them."""
    visits = StudyVisit.objects.visible_to(reader).marked_for(reader)
    seen = visits.filter(pk__in=practice.seen_on.values("pk"))
    return with_cities(seen).order_by(F("start_date").desc(nulls_last=True), "pk")


def practices_of_hosts(visit: StudyVisit) -> QuerySet[Practice]:
    """Return what could be seen on the visit."""
    hosts = visit.invitations.filter(side=Side.HOST, state=InvitationState.ACCEPTED)
    return Practice.objects.filter(organisations__in=hosts.values("organisation")).distinct()


def countries_with_practices() -> list[str]:
    owners = Organisation.objects.filter(practices__isnull=False)
    cities = City.objects.filter(organisations__in=owners)
    return list(cities.order_by("country").values_list("country", flat=True).distinct())


def _conditions(wanted: PracticeFilter) -> Q:
    conditions = Q()
    if wanted.text:
        hits = Practice.objects.filter(matches(wanted.text, *COLUMNS))
        conditions &= Q(pk__in=hits.values("pk"))
    if wanted.topic:
        conditions &= Q(pk__in=Practice.objects.filter(topics__slug=wanted.topic).values("pk"))
    if wanted.country:
        conditions &= _owned_in(City.objects.filter(country=wanted.country))
    if wanted.language:
        conditions &= _owned_in(cities_working_in(wanted.language))
    return conditions


def _owned_in(cities: QuerySet[City]) -> Q:
    owners = Organisation.objects.filter(active_in__in=cities.values("pk"))
    return Q(pk__in=Practice.objects.filter(organisations__in=owners).values("pk"))


def practices_shown(most: int) -> QuerySet[Practice]:
    """Return the practices, those seen on visits first."""
    seen = StudyVisit.objects.public().filter(practices_seen=OuterRef("pk"))
    owners = Prefetch("organisations", queryset=Organisation.objects.select_related("city"))
    found = Practice.objects.annotate(is_seen=Exists(seen)).order_by("-is_seen", "title")
    return found.prefetch_related("topics", owners)[:most]
