"""Cities as arrays, one entry a city, so that many pairs can be looked at at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from exchanges.domain.matching.distance import FIRST_CHORDS, unit_vector
from exchanges.domain.matching.facts import CityFacts

WORD = 64

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Bits = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Columns:
    """The last axes are the cities'; `places` has three rows more, `speaks` one for 64 languages.

    `is_mixed`: has both a local authority and a UMN member.
    """

    places: Ints
    countries: Ints
    speaks: Bits
    windows: Bits
    interprets: Bools
    can_host: Bools
    can_travel: Bools
    is_mixed: Bools

    def at(self, *index: Any) -> Columns:
        """Return some of the cities, or all along another axis (`at(slice(None), None)`)."""
        chosen = (..., *index)
        return Columns(
            self.places[chosen],
            self.countries[chosen],
            self.speaks[chosen],
            self.windows[chosen],
            self.interprets[chosen],
            self.can_host[chosen],
            self.can_travel[chosen],
            self.is_mixed[chosen],
        )

    def shares_language(self, others: Columns) -> Bools:
        shared: Bools = np.any((self.speaks & others.speaks) != 0, axis=0)
        return shared

    def common_windows(self, others: Columns) -> Ints:
        """Return how many there are."""
        common: Ints = np.bitwise_count(self.windows & others.windows)
        return common

    def km_to(self, others: Columns, most: int) -> Ints:
        """At most `most`: all that is further counts as that."""
        chords = ((self.places - others.places) ** 2).sum(axis=0)
        km: Ints = np.searchsorted(_first_chords(most), chords, side="right")
        return km


@lru_cache(maxsize=8)
def _first_chords(most: int) -> Ints:
    return np.array(FIRST_CHORDS[:most], np.int64)


class Codes:
    """Numbers for the countries and languages of some cities; others know none of their own."""

    def __init__(self, cities: Sequence[CityFacts]) -> None:
        countries = dict.fromkeys(city.country for city in cities)
        self.countries = {country: number for number, country in enumerate(countries)}
        languages = {code for city in cities for code in city.working_languages}
        self.languages = {code: number for number, code in enumerate(sorted(languages))}

    def columns(self, cities: Sequence[CityFacts]) -> Columns:
        places = [unit_vector(city.latitude, city.longitude) for city in cities]
        return Columns(
            places=np.array(places, np.int64).reshape(-1, 3).T.copy(),
            countries=np.array([self.countries.get(city.country, -1) for city in cities], np.int64),
            speaks=self._spoken(cities),
            windows=np.array([city.windows for city in cities], np.uint64),
            interprets=_flags([city.has_interpretation for city in cities]),
            can_host=_flags([city.hosting_capacity > city.hosting_booked for city in cities]),
            can_travel=_flags([city.guest_capacity > city.guest_booked for city in cities]),
            is_mixed=_flags([city.has_local_authority and city.has_umn_member for city in cities]),
        )

    def _spoken(self, cities: Sequence[CityFacts]) -> Bits:
        masks = [
            sum(1 << self.languages[code] for code in city.working_languages & self.known)
            for city in cities
        ]
        words = range(0, max(len(self.languages), 1), WORD)
        rows = [[mask >> first & (2**WORD - 1) for mask in masks] for first in words]
        return np.array(rows, np.uint64)

    @property
    def known(self) -> frozenset[str]:
        return frozenset(self.languages)


def _flags(values: list[bool]) -> Bools:
    return np.array(values, np.bool_)
