"""Cities so near to a place that they may be meant by it."""

from __future__ import annotations

from math import sin

from exchanges.domain.matching.distance import (
    EARTH_RADIUS_KM,
    FIXED_POINT,
    squared_chord,
    unit_vector,
)
from exchanges.models import City

NEAR_KM = 3
DEGREES_PER_KM = 360 / (6.283 * EARTH_RADIUS_KM)
NEAR_CHORD = (2 * FIXED_POINT * sin(NEAR_KM / EARTH_RADIUS_KM / 2)) ** 2


def cities_near(latitude: float, longitude: float, *, besides: int | None = None) -> list[City]:
    """Return the cities within `NEAR_KM` of a place (degrees), in the order of their ids."""
    here = unit_vector(latitude, longitude)
    reach = (NEAR_KM + 1) * DEGREES_PER_KM
    strip = City.objects.filter(latitude__range=(latitude - reach, latitude + reach))
    others = strip.exclude(pk=besides or 0).order_by("pk")
    return [
        each
        for each in others
        if squared_chord(here, unit_vector(each.latitude, each.longitude)) <= NEAR_CHORD
    ]
