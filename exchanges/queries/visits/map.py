"""Who visits whom, as far as a reader may see it: for the map and for its list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

from django.db.models import Count, QuerySet

from exchanges.domain.visit_phases import BEING_AGREED, COUNTED, HELD
from exchanges.enums import CityRole, PartnerRole
from exchanges.models import City, Partner, StudyVisit, VisitCity
from exchanges.queries.visits.visits import Reader

CONFIRMED, PLAN, DONE = "", "plan", "done"
KINDS: dict[str, str] = {
    **dict.fromkeys(BEING_AGREED, PLAN),
    **dict.fromkeys(COUNTED - HELD, CONFIRMED),
    **dict.fromkeys(HELD, DONE),
}
LAST_ON_TOP = (DONE, PLAN, CONFIRMED)


@dataclass(frozen=True, slots=True)
class Connection:
    """`count` visits of one kind from a guest city to a host; `is_leg`: to a co-host."""

    guest: City
    host: City
    kind: str
    count: int
    is_leg: bool = False


@dataclass(frozen=True, slots=True)
class CityVisits:
    city: City
    receives: list[Connection] = field(default_factory=list)
    travels: list[Connection] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class VisitMap:
    cities: list[City]
    connections: list[Connection]

    def by_city(self) -> list[CityVisits]:
        """Return the same as a list: every city with whom it receives and where it travels."""
        rows = {city.pk: CityVisits(city) for city in self.cities}
        for connection in self.connections:
            rows[connection.host.pk].receives.append(connection)
            rows[connection.guest.pk].travels.append(connection)
        return sorted(rows.values(), key=lambda each: str(each.city))


def visit_map(reader: Reader) -> VisitMap:
    """Cities of the partners and of the visits. Three queries, whose rows grow with the cities."""
    visits = StudyVisit.objects.visible_to(reader).filter(state__in=KINDS)
    hosts, legs = _counted(_host_rows(visits)), _counted(_leg_rows(visits))
    cities = _cities({key for guest, host, _ in (*hosts, *legs) for key in (guest, host)})
    found = {city.pk: city for city in cities}
    connections = [
        Connection(found[guest], found[host], kind, count, is_leg)
        for counts, is_leg in ((hosts, False), (legs, True))
        for (guest, host, kind), count in counts.items()
    ]
    order = {kind: number for number, kind in enumerate(LAST_ON_TOP)}
    connections.sort(
        key=lambda connection: (order[connection.kind], connection.guest.slug, connection.host.slug)
    )
    return VisitMap(cities, connections)


Row = tuple[int, int, str, int]


def _host_rows(visits: QuerySet[StudyVisit]) -> Iterable[Row]:
    guests = visits.filter(visit_cities__role=CityRole.GUEST)
    rows = guests.values_list("visit_cities__city", "host_city", "state").annotate(Count("pk"))
    return cast(Iterable[Row], rows.order_by())


def _leg_rows(visits: QuerySet[StudyVisit]) -> Iterable[Row]:
    legs = VisitCity.objects.filter(visit__in=visits, role=CityRole.CO_HOST)
    met = legs.filter(visit__visit_cities__role=CityRole.GUEST)
    rows = met.values_list("visit__visit_cities__city", "city", "visit__state")
    return cast(Iterable[Row], rows.annotate(Count("visit")).order_by())


def _counted(rows: Iterable[Row]) -> dict[tuple[int, int, str], int]:
    found: dict[tuple[int, int, str], int] = {}
    for guest, host, state, count in rows:
        connection = (guest, host, KINDS[state])
        found[connection] = found.get(connection, 0) + count
    return found


def _cities(visiting: Iterable[int]) -> list[City]:
    partners = Partner.objects.exclude(role=PartnerRole.COORDINATOR).values("organisation")
    taking_part = City.objects.filter(organisations__in=partners).values("pk")
    return list(City.objects.filter(pk__in=taking_part) | City.objects.filter(pk__in=visiting))
