"""What holds a plan back: limits that it reaches, and what one more would be worth at most."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from math import ceil

import numpy as np

from exchanges.plans.domain.arrays import Arrays, Ints
from exchanges.plans.domain.draft import Visit
from exchanges.plans.domain.facts import Binding, BindingKind
from exchanges.plans.domain.prices import Prices, choose, question_at
from exchanges.plans.domain.pricing import Pricer

MOST = 20
ROUNDING = 1e-6


def find_binding(arrays: Arrays, visits: list[Visit], prices: Prices | None) -> tuple[Binding, ...]:
    """The limits that the plan reaches, what gains most first; without prices no gain is known.

    With one more of something, the bound at the same prices holds with that one more: the gain is
    what it rises by. One more place may let no guest in by itself.
    """
    found = [*_exchanges(arrays, visits), *_countries(arrays, visits)]
    if prices is not None:
        rise = _Rise(arrays, prices)
        found += rise.most_telling([*_cities(arrays, visits), *_places(arrays, visits)])
        found = [replace(each, gain=rise.of(each)) for each in found]
        found = [each for each in found if each.gain > 0]
    return tuple(sorted(found, key=lambda each: (-each.gain, each.kind, each.subject))[:MOST])


def _exchanges(arrays: Arrays, visits: list[Visit]) -> Iterator[Binding]:
    if len(visits) >= max(arrays.problem.exchanges, 0):
        yield Binding(BindingKind.EXCHANGES, "", 0)


def _countries(arrays: Arrays, visits: list[Visit]) -> Iterator[Binding]:
    hosted = Counter(int(arrays.country[visit.host]) for visit in visits)
    for country, code in enumerate(sorted({city.country for city in arrays.problem.cities})):
        if hosted[country] >= arrays.country_limit[country]:
            yield Binding(BindingKind.COUNTRY, code, 0)


def _cities(arrays: Arrays, visits: list[Visit]) -> Iterator[Binding]:
    hosting = Counter(visit.host for visit in visits)
    journeys = Counter(int(arrays.guest[pair]) for visit in visits for pair in visit.pairs)
    for city, count in sorted(hosting.items()):
        if count >= arrays.hosting[city]:
            yield Binding(BindingKind.HOSTING, arrays.slugs[city], 0)
    for city, count in sorted(journeys.items()):
        if count >= arrays.guesting[city]:
            yield Binding(BindingKind.GUEST, arrays.slugs[city], 0)


def _places(arrays: Arrays, visits: list[Visit]) -> Iterator[Binding]:
    for host in sorted({visit.host for visit in visits}):
        yield Binding(BindingKind.PLACES, arrays.slugs[host], 0)


class _Rise:
    """How much the bound rises with one more."""

    def __init__(self, arrays: Arrays, prices: Prices) -> None:
        self.arrays = arrays
        self.prices = prices
        question = question_at(arrays, prices)
        self.values = Pricer(arrays).values(question)
        roomier = replace(arrays, places=arrays.places + 1)
        self.with_place = Pricer(roomier).values(question)
        self.total = self._total(arrays)
        self.city = {slug: number for number, slug in enumerate(arrays.slugs)}

    def most_telling(self, bindings: list[Binding]) -> list[Binding]:
        """Those of cities that can gain most."""
        return sorted(bindings, key=lambda each: (-self._at_most(each), each.kind, each.subject))[
            :MOST
        ]

    def _at_most(self, binding: Binding) -> float:
        """A host once more gains no more than its best visits beyond those it can hold."""
        if binding.kind is not BindingKind.HOSTING:
            return self.of(binding)
        city = self.city[binding.subject]
        most = int(self.arrays.hosting[city])
        if self.arrays.roomy.any():
            return float(self.values[city].max(initial=0))
        return float((-np.sort(-self.values[city]))[most : most + 1].max(initial=0))

    def of(self, binding: Binding) -> int:
        arrays = self.arrays
        if binding.kind is BindingKind.EXCHANGES:
            return self._rise(replace(arrays, exchanges=arrays.exchanges + 1))
        if binding.kind is BindingKind.COUNTRY:
            codes = sorted({city.country for city in arrays.problem.cities})
            limits = _one_more(arrays.country_limit, codes.index(binding.subject))
            return self._rise(replace(arrays, country_limit=limits))
        city = self.city[binding.subject]
        if binding.kind is BindingKind.HOSTING:
            return self._rise(replace(arrays, hosting=_one_more(arrays.hosting, city)))
        if binding.kind is BindingKind.GUEST:
            return ceil(float(self.prices.guest[city]) - ROUNDING)
        more = np.maximum(self.with_place[city], 0) - np.maximum(self.values[city], 0)
        return ceil(float(-np.sort(-more)[: int(arrays.hosting[city])].sum()) - ROUNDING)

    def _rise(self, arrays: Arrays) -> int:
        return ceil(self._total(arrays) - self.total - ROUNDING)

    def _total(self, arrays: Arrays) -> float:
        return float(choose(arrays, self.values).values.sum())


def _one_more(counts: Ints, at: int) -> Ints:
    more = counts.copy()
    more[at] += 1
    return more
