from __future__ import annotations

from collections.abc import Sequence

from exchanges.enums import CityRole
from exchanges.models import City, StudyVisit, VisitCity


def set_cities(visit: StudyVisit, *, co_hosts: Sequence[City], guests: Sequence[City]) -> None:
    """Exactly these take part beside the host, in this order."""
    visit.visit_cities.all().delete()
    rows = [(CityRole.CO_HOST, city) for city in co_hosts]
    rows += [(CityRole.GUEST, city) for city in guests]
    VisitCity.objects.bulk_create(
        VisitCity(visit=visit, city=city, role=role, position=position)
        for position, (role, city) in enumerate(rows)
    )
