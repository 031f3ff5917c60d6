"""Which visits cities took, take and will take part in, read at once for many cities."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q

from exchanges.domain.dates import DateRange
from exchanges.domain.matching.windows import Closure, ClosureKind
from exchanges.domain.visit_phases import AGREED_ON, AHEAD, COUNTED
from exchanges.enums import CityRole
from exchanges.models import StudyVisit, VisitCity


@dataclass(frozen=True, slots=True)
class Meeting:
    """A visit with the keys of its cities; the host is the first of the hosts."""

    visit: StudyVisit
    hosts: tuple[int, ...]
    guests: tuple[int, ...]

    @property
    def cities(self) -> tuple[int, ...]:
        return self.hosts + self.guests

    @property
    def month(self) -> str:
        """2022-05, or nothing when that is not known."""
        day = self.visit.start_date or self.visit.known_month
        return f"{day:%Y-%m}" if day else ""


def meetings_of(cities: Collection[int]) -> list[Meeting]:
    """Agreed and later visits of all programmes in which one of these takes part; two queries."""
    rows = VisitCity.objects.filter(city__in=cities).values("visit")
    visits = StudyVisit.objects.filter(state__in=AGREED_ON, is_unconfirmed=False)
    visits = visits.filter(Q(host_city__in=cities) | Q(pk__in=rows)).order_by("pk")
    return [_meeting(visit) for visit in visits.prefetch_related(_cities())]


def closures(meetings: Iterable[Meeting], city: int) -> list[Closure]:
    """Return the days of visits that are still to come."""
    return [
        Closure(DateRange(visit.start_date, visit.end_date), ClosureKind.VISIT, visit.reference)
        for visit in (each.visit for each in meetings if city in each.cities)
        if visit.state in AHEAD and visit.start_date and visit.end_date
    ]


def booked(meetings: Iterable[Meeting], city: int, year: int) -> tuple[int, int]:
    """Count how often the city hosts and travels in a calendar year, in any programme."""
    hosting = travelling = 0
    for each in meetings:
        if _starts_in(each.visit.start_date, year):
            hosting += city in each.hosts
            travelling += city in each.guests
    return hosting, travelling


def visited(meetings: Iterable[Meeting], city: int) -> dict[int, str]:
    """Return the hosts and co-hosts that the city was a guest of, with the last month."""
    found: dict[int, str] = {}
    for each in meetings:
        if city in each.guests and each.visit.state in COUNTED:
            for host in each.hosts:
                found[host] = max(found.get(host, ""), each.month)
    return found


def _starts_in(day: date | None, year: int) -> bool:
    return day is not None and day.year == year


def _cities() -> Prefetch[str]:
    return Prefetch("visit_cities", queryset=VisitCity.objects.order_by("position", "pk"))


def _meeting(visit: StudyVisit) -> Meeting:
    rows = list(visit.visit_cities.all())
    co_hosts = [row.city_id for row in rows if row.role == CityRole.CO_HOST]
    host = [visit.host_city_id] if visit.host_city_id else []
    guests = [row.city_id for row in rows if row.role == CityRole.GUEST]
    return Meeting(visit, tuple(host + co_hosts), tuple(guests))
