"""Cities and journeys on the map of Europe: the projection and frame of static/map/europe.svg.

Azimuthal equal area as d3-geo has it: rotate [-13.5, -46.5], scale 1130, translate [320, 280].
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from math import cos, hypot, radians, sin, sqrt

CENTRE_LATITUDE, CENTRE_LONGITUDE = radians(46.5), 13.5
SCALE, ORIGIN_X, ORIGIN_Y = 1130, 320, 280
LEFT, TOP, WIDTH, HEIGHT = 104, 92, 444, 404
RIGHT, BOTTOM = LEFT + WIDTH, TOP + HEIGHT
EDGE = 10
DOT = 4.5
LETTER_WIDTH, LETTER_HEIGHT = 8.2, 14
BEND = 0.2
DIRECTIONS = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))
DISTANCES = (10, 22, 36, 52)


@dataclass(frozen=True)
class Place:
    key: str
    label: str
    latitude: float
    longitude: float
    url: str = ""


@dataclass(frozen=True)
class Journey:
    """From guest to host. `kind`: empty (confirmed), plan (being agreed) or done."""

    start: str
    end: str
    title: str
    kind: str = ""


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: "Box") -> float:
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return width * height if width > 0 and height > 0 else 0.0

    def outside_frame(self) -> float:
        """How far it sticks out, in units of the map."""
        return max(0, LEFT - self.left, self.right - RIGHT) + max(
            0, TOP - self.top, self.bottom - BOTTOM
        )


@dataclass(frozen=True)
class City:
    """A dot and its label; `is_outside` when it lies beyond the frame and was put on its edge."""

    label: str
    url: str
    x: float
    y: float
    text_x: float
    text_y: float
    anchor: str
    leader: str
    is_outside: bool


@dataclass(frozen=True)
class Arc:
    d: str
    kind: str
    title: str


@dataclass(frozen=True)
class Drawing:
    cities: tuple[City, ...]
    arcs: tuple[Arc, ...]


@dataclass(frozen=True)
class Label:
    text_x: float
    text_y: float
    anchor: str
    distance: float
    box: Box


def project(latitude: float, longitude: float) -> tuple[float, float]:
    phi, delta = radians(latitude), radians(longitude - CENTRE_LONGITUDE)
    towards = cos(phi) * cos(delta)
    k = sqrt(2 / (1 + sin(CENTRE_LATITUDE) * sin(phi) + cos(CENTRE_LATITUDE) * towards))
    x = k * cos(phi) * sin(delta)
    y = k * (cos(CENTRE_LATITUDE) * sin(phi) - sin(CENTRE_LATITUDE) * towards)
    return ORIGIN_X + SCALE * x, ORIGIN_Y - SCALE * y


def into_frame(x: float, y: float) -> tuple[float, float]:
    return (
        min(max(x, LEFT + EDGE), RIGHT - EDGE),
        min(max(y, TOP + EDGE), BOTTOM - EDGE),
    )


def arc(start: tuple[float, float], end: tuple[float, float]) -> str:
    """SVG path data, bent to the left of the way, so that a return visit has its own line."""
    (ax, ay), (bx, by) = start, end
    cx = (ax + bx) / 2 + (by - ay) * BEND
    cy = (ay + by) / 2 - (bx - ax) * BEND
    return f"M{ax:.1f} {ay:.1f}Q{cx:.1f} {cy:.1f} {bx:.1f} {by:.1f}"


def draw(places: Sequence[Place], journeys: Iterable[Journey]) -> Drawing:
    points = {place.key: into_frame(*project(place.latitude, place.longitude)) for place in places}
    labels = place_labels({place.key: (*points[place.key], place.label) for place in places})
    arcs = tuple(
        Arc(arc(points[journey.start], points[journey.end]), journey.kind, journey.title)
        for journey in journeys
        if journey.start in points and journey.end in points and journey.start != journey.end
    )
    return Drawing(tuple(_city(place, points, labels) for place in places), arcs)


def place_labels(cities: dict[str, tuple[float, float, str]]) -> dict[str, Label]:
    """A label for each city (x, y, text), the crowded ones first, each where it hides least."""
    dots = [Box(x - 6, y - 6, x + 6, y + 6) for x, y, _ in cities.values()]
    order = sorted(cities, key=lambda key: (-_neighbours(key, cities), cities[key]))
    labels: dict[str, Label] = {}
    for key in order:
        taken = [label.box for label in labels.values()]
        labels[key] = min(
            _candidates(*cities[key]), key=lambda label: _cost(label, [*taken, *dots])
        )
    return labels


def _candidates(x: float, y: float, text: str) -> Iterable[Label]:
    return chain.from_iterable(
        (_label(x, y, text, direction, distance) for direction in DIRECTIONS)
        for distance in DISTANCES
    )


def _label(x: float, y: float, text: str, direction: tuple[int, int], distance: float) -> Label:
    side, rise = direction
    across = distance if not rise else distance * 0.75
    text_x = x + side * across
    text_y = y + 5 + rise * (distance + (4 if not side else 0))
    width = len(text) * LETTER_WIDTH
    left = text_x if side > 0 else text_x - width if side < 0 else text_x - width / 2
    anchor = ("end", "middle", "start")[side + 1]
    box = Box(left, text_y - LETTER_HEIGHT + 2, left + width, text_y + 4)
    return Label(text_x, text_y, anchor, distance, box)


def _cost(label: Label, taken: Iterable[Box]) -> float:
    hidden = sum(label.box.overlap(box) for box in taken)
    return hidden * 10 + label.box.outside_frame() * 100 + label.distance


def _neighbours(key: str, cities: dict[str, tuple[float, float, str]]) -> int:
    x, y, _ = cities[key]
    return sum(hypot(x - ox, y - oy) < 45 for ox, oy, _ in cities.values())


def _city(
    place: Place, points: dict[str, tuple[float, float]], labels: dict[str, Label]
) -> City:
    x, y = points[place.key]
    label = labels[place.key]
    far = label.distance > DISTANCES[0]
    end_y = label.text_y - 5
    return City(
        label=place.label,
        url=place.url,
        x=round(x, 1),
        y=round(y, 1),
        text_x=round(label.text_x, 1),
        text_y=round(label.text_y, 1),
        anchor=label.anchor,
        leader=f"M{x:.1f} {y:.1f}L{label.text_x:.1f} {end_y:.1f}" if far else "",
        is_outside=(x, y) != project(place.latitude, place.longitude),
    )
