"""Great-circle distances in whole kilometres, the same on every machine.

The haversine of an angle is a quarter of the squared chord between two points of the unit sphere.
Chords are taken between vectors in fixed point, so that only integers are compared: sines from
another library, which may differ in the last bit, never decide how a distance is rounded.
"""

from bisect import bisect_right
from functools import lru_cache
from math import cos, floor, pi, radians, sin

EARTH_RADIUS_KM = 6371
FIXED_POINT = 2**30  # the largest power of two whose squared chord still fits 63 bits

Vector = tuple[int, int, int]


@lru_cache(maxsize=2**17)
def unit_vector(latitude: float, longitude: float) -> Vector:
    """Where the place (degrees) lies on a sphere whose radius is FIXED_POINT."""
    phi, theta = radians(latitude), radians(longitude)
    return (
        round(FIXED_POINT * cos(phi) * cos(theta)),
        round(FIXED_POINT * cos(phi) * sin(theta)),
        round(FIXED_POINT * sin(phi)),
    )


def squared_chord(a: Vector, b: Vector) -> int:
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2


def _first_chord_of(km: int) -> int:
    angle = (km - 0.5) / EARTH_RADIUS_KM
    return round((2 * FIXED_POINT * sin(angle / 2)) ** 2)


FIRST_CHORDS = tuple(_first_chord_of(km) for km in range(1, floor(pi * EARTH_RADIUS_KM) + 1))
"""The squared chords at which 1 km, 2 km and so on begin."""


def whole_km(a: Vector, b: Vector) -> int:
    return bisect_right(FIRST_CHORDS, squared_chord(a, b))
