"""Which languages could be spoken on a visit."""

from __future__ import annotations

from exchanges.models import CityProfile, StudyVisit
from exchanges.queries.proposals.proposals import participating_cities

ALWAYS = ("en", "fr")


def spoken_languages(visit: StudyVisit) -> list[str]:
    """Return the cities' languages, spoken and at work, and two that can always be chosen."""
    cities = [city for city, _ in participating_cities(visit)]
    own = {code for city in cities for code in city.languages}
    working = {code for each in _working(visit) for code in each}
    return sorted({*own, *working, *ALWAYS})


def shared_languages(visit: StudyVisit) -> list[str]:
    """Return the languages in which all of the visit's cities work."""
    working = [set(each) for each in _working(visit)]
    return sorted(set.intersection(*working)) if working else []


def _working(visit: StudyVisit) -> list[list[str]]:
    cities = [city.pk for city, _ in participating_cities(visit)]
    profiles = CityProfile.objects.filter(city__in=cities)
    return list(profiles.values_list("working_languages", flat=True))
