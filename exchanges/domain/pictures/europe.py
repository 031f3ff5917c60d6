"""Cities and journeys on the map of Europe: the projection and frame of static/map/europe.svg.

Azimuthal equal area as d3-geo has it: rotate [-13.5, -46.5], scale 1130, translate [320, 280].
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from math import cos, hypot, radians, sin, sqrt

CENTRE_LATITUDE, CENTRE_LONGITUDE = radians(46.5), 13.5
SCALE, ORIGIN_X, ORIGIN_Y = 1130, 320, 280
LEFT, TOP, WIDTH, HEIGHT = 104, 92, 444, 404
RIGHT, BOTTOM = LEFT + WIDTH, TOP + HEIGHT
EDGE = 10
DOT = 4.5
LETTER_WIDTH, LETTER_HEIGHT = 8.2, 14
BEND = 0.2
ROUNDS = 3
MOST_PLACED = 50
DIRECTIONS = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))
DISTANCES = (10, 22, 36, 52)


@dataclass(frozen=True)
class MapPlace:
    key: str
    label: str
    latitude: float
    longitude: float
    url: str = ""


@dataclass(frozen=True)
class MapLine:
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
        """Return how far it sticks out, in units of the map."""
        return max(0, LEFT - self.left, self.right - RIGHT) + max(
            0, TOP - self.top, self.bottom - BOTTOM
        )


@dataclass(frozen=True, order=True)
class Spot:
    """Where a city is drawn, and the text that it needs."""

    x: float
    y: float
    text: str

    @property
    def box(self) -> Box:
        return Box(self.x - 6, self.y - 6, self.x + 6, self.y + 6)


@dataclass(frozen=True)
class CityDot:
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
    cities: tuple[CityDot, ...]
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


def draw(places: Sequence[MapPlace], journeys: Iterable[MapLine]) -> Drawing:
    points = {place.key: into_frame(*project(place.latitude, place.longitude)) for place in places}
    labels = labels_of(tuple((each.key, Spot(*points[each.key], each.label)) for each in places))
    arcs = tuple(
        Arc(arc(points[journey.start], points[journey.end]), journey.kind, journey.title)
        for journey in journeys
        if journey.start in points and journey.end in points and journey.start != journey.end
    )
    return Drawing(tuple(_city(place, points, labels) for place in places), arcs)


@lru_cache(maxsize=256)
def labels_of(spots: tuple[tuple[str, Spot], ...]) -> Mapping[str, Label]:
    """As `place_labels` has it, or for a crowd simply each to the right of its city."""
    if len(spots) > MOST_PLACED:
        return {key: _label(spot, DIRECTIONS[0], DISTANCES[0]) for key, spot in spots}
    return place_labels(dict(spots))


def place_labels(cities: Mapping[str, Spot]) -> dict[str, Label]:
    """Return a label for each city, crowded ones first, each where it hides and misleads least."""
    order = sorted(cities, key=lambda key: (-_neighbours(cities[key], cities), cities[key]))
    labels: dict[str, Label] = {}
    for _ in range(ROUNDS):
        for key in order:
            taken = [label.box for other, label in labels.items() if other != key]
            others = [spot for other, spot in cities.items() if other != key]
            labels[key] = min(
                _candidates(cities[key]), key=partial(_cost, cities[key], taken, others)
            )
    return labels


def _candidates(spot: Spot) -> Iterable[Label]:
    return (_label(spot, direction, distance) for distance in DISTANCES for direction in DIRECTIONS)


def _label(spot: Spot, direction: tuple[int, int], distance: float) -> Label:
    side, rise = direction
    text_x = spot.x + side * distance * (0.75 if rise else 1)
    text_y = spot.y + 5 + rise * (distance + (0 if side else 4))
    width = len(spot.text) * LETTER_WIDTH
    left = text_x - width * (1 - side) / 2
    anchor = ("end", "middle", "start")[side + 1]
    box = Box(left, text_y - LETTER_HEIGHT + 2, left + width, text_y + 4)
    return Label(text_x, text_y, anchor, distance, box)


def _cost(spot: Spot, taken: Iterable[Box], others: Sequence[Spot], label: Label) -> float:
    hidden = sum(label.box.overlap(box) for box in taken)
    hidden += sum(label.box.overlap(other.box) for other in others)
    misleading = sum(_misleads(spot, other, label) for other in others)
    return hidden * 10 + misleading * 60 + label.box.outside_frame() * 100 + label.distance


def _misleads(spot: Spot, other: Spot, label: Label) -> bool:
    """Whether the label seems to belong to `other`, or its line runs through it."""
    end_x, end_y = label.text_x, label.text_y - 5
    own = hypot(end_x - spot.x, end_y - spot.y)
    if hypot(end_x - other.x, end_y - other.y) < own * 1.2:
        return True
    along = ((other.x - spot.x) * (end_x - spot.x) + (other.y - spot.y) * (end_y - spot.y)) / own**2
    beside = hypot(
        spot.x + along * (end_x - spot.x) - other.x, spot.y + along * (end_y - spot.y) - other.y
    )
    return 0 < along < 1 and beside < DOT


def _neighbours(spot: Spot, cities: Mapping[str, Spot]) -> int:
    return sum(hypot(spot.x - other.x, spot.y - other.y) < 45 for other in cities.values())


def _city(
    place: MapPlace, points: dict[str, tuple[float, float]], labels: Mapping[str, Label]
) -> CityDot:
    x, y = points[place.key]
    label = labels[place.key]
    far = label.distance > DISTANCES[0]
    end_y = label.text_y - 5
    return CityDot(
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
