"""Matches on the map of Europe."""

from __future__ import annotations

from dataclasses import dataclass

from exchanges.domain.pictures import europe
from exchanges.models import City
from exchanges.words.matching.filter import Narrowed
from exchanges.words.matching.matches import Match

OWN, POSSIBLE, RULED_OUT = "own", "possible", "ruled-out"


@dataclass(frozen=True, slots=True)
class Dot:
    """A city on the map: its own mark for each kind, so that colour is never alone."""

    kind: str
    place: europe.CityDot


def drawing(own: City, narrowed: Narrowed, count: int) -> list[Dot]:
    """The first `count` of both lists, the best on top. A link leads to the city's line beside."""
    shown = [(RULED_OUT, _other(match, str(match.city))) for match in narrowed.ruled_out[:count]]
    shown += [
        (POSSIBLE, _other(match, f"{match.rank} {match.city}"))
        for match in reversed(narrowed.possible[:count])
    ]
    shown.append((OWN, _place(own, str(own), "")))
    drawn = europe.draw([place for _kind, place in shown], [])
    return [Dot(kind, city) for (kind, _), city in zip(shown, drawn.cities, strict=True)]


def _other(match: Match, label: str) -> europe.MapPlace:
    return _place(match.city, label, f"#city-{match.city.slug}")


def _place(city: City, label: str, url: str) -> europe.MapPlace:
    return europe.MapPlace(city.slug, label, city.latitude, city.longitude, url)
