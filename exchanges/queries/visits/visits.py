"""Finding and showing visits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Prefetch, Q, QuerySet

from exchanges.enums import VisitState
from exchanges.models import (
    City,
    Invitation,
    StudyVisit,
    User,
    VisitCity,
)
from exchanges.queries.network.search import matches_each


@dataclass(frozen=True, slots=True)
class VisitFilter:
    """What the list is narrowed to; kept in the URL."""

    text: str = ""
    state: str = ""
    city: str = ""
    topic: str = ""
    programme: str = ""
    mine: bool = False

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> VisitFilter:
        state = query.get("state", "")
        return cls(
            text=query.get("text", "").replace("\0", "")[:100],
            state=state if state in set(VisitState) else "",
            city=query.get("city", "").replace("\0", "")[:60],
            topic=query.get("topic", "").replace("\0", "")[:60],
            programme=query.get("programme", "").replace("\0", "")[:60],
            mine=query.get("mine", "") in ("1", "on"),  # a link of ours, a box that is ticked
        )

    def query_string(self) -> str:
        pairs = {name: getattr(self, name) for name in self.__slots__ if getattr(self, name)}
        return urlencode({name: "1" if value is True else value for name, value in pairs.items()})


def with_cities(visits: QuerySet[StudyVisit]) -> QuerySet[StudyVisit]:
    """Return host, guests, topics and proposer in a constant number of queries."""
    cities = VisitCity.objects.select_related("city")
    return visits.select_related("programme", "host_city", "proposer").prefetch_related(
        Prefetch("visit_cities", queryset=cities), "topics"
    )


def find_visits(user: User | AnonymousUser, wanted: VisitFilter) -> QuerySet[StudyVisit]:
    """Visits that this person may see, next dates first, then those without a date."""
    visits = StudyVisit.objects.visible_to(user).marked_for(user)
    if wanted.state:
        visits = visits.filter(state=wanted.state)
    if wanted.programme:
        visits = visits.filter(programme__slug=wanted.programme)
    if wanted.city:
        cities = City.objects.filter(slug=wanted.city)
        joining = VisitCity.objects.filter(city__in=cities).values("visit")
        visits = visits.filter(Q(host_city__in=cities) | Q(pk__in=joining))
    if wanted.topic:
        visits = visits.filter(topics__slug=wanted.topic)
    if wanted.text:
        visits = visits.filter(matches_each(wanted.text, _matches))
    if wanted.mine and isinstance(user, User):
        visits = visits.filter(pk__in=_invited(user))
    return with_cities(visits).order_by(F("start_date").desc(nulls_last=True), "-created_at", "pk")


def _matches(word: str) -> Q:
    """In reference or title, or in the name of one of its cities, in any language."""
    cities = City.objects.filter(search__contains=word)
    joining = VisitCity.objects.filter(city__in=cities).values("visit")
    return Q(search__contains=word) | Q(host_city__in=cities) | Q(pk__in=joining)


def _invited(user: User) -> QuerySet[Invitation, Any]:
    mine = user.memberships.values("organisation")
    return Invitation.objects.filter(organisation__in=mine).values("visit")


def latest_reports(most: int) -> QuerySet[StudyVisit]:
    """Return closed visits, those with a report first, the latest first."""
    closed = StudyVisit.objects.public()
    ranked = with_cities(closed).annotate(has_report=~Q(report=""))
    return ranked.order_by(
        "-has_report",
        F("start_date").desc(nulls_last=True),
        F("known_month").desc(nulls_last=True),
        "pk",
    )[:most]


Reader = User | AnonymousUser


def newest_first(visits: QuerySet[StudyVisit]) -> QuerySet[StudyVisit]:
    return with_cities(visits).order_by(F("start_date").desc(nulls_last=True), "-created_at", "pk")
