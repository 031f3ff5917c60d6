"""Matches on the map of Europe."""

from __future__ import annotations

from dataclasses import dataclass

from exchanges.domain import europe
from exchanges.models import City
from exchanges.queries.match_filter import Narrowed
from exchanges.queries.matches import Match

OWN, POSSIBLE, RULED_OUT = "own", "possible", "ruled-out"


@dataclass(frozen=True, slots=True)
class Dot:
    """A city on the map: its own mark for each kind, so that colour is never alone."""

    kind: str
    place: europe.City


def drawing(own: City, narrowed: Narrowed, count: int) -> list[Dot]:
    """The first `count` of both lists. A link leads to the city's line beside the map."""
    shown: list[tuple[str, europe.Place]] = [(OWN, _place(own, str(own), ""))]
    for match in narrowed.possible[:count]:
        label = f"{match.rank} {match.city}"
        shown.append((POSSIBLE, _place(match.city, label, f"#city-{match.city.slug}")))
    for match in narrowed.ruled_out[:count]:
        shown.append((RULED_OUT, _out(match)))
    drawn = europe.draw([place for _kind, place in shown], [])
    return [Dot(kind, city) for (kind, _), city in zip(shown, drawn.cities, strict=True)]


def _out(match: Match) -> europe.Place:
    return _place(match.city, str(match.city), f"#city-{match.city.slug}")


def _place(city: City, label: str, url: str) -> europe.Place:
    return europe.Place(city.slug, label, city.latitude, city.longitude, url)
