"""Scoring all pairs with numpy against explaining them one by one; one pair against its bare
distance; changes that would help a city against finding its gates once; and the best 20 hosts of
very many against a bare search for the 20 nearest.

Times are processor time, the best of several, so that what else the machine does counts little.
"""

import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from math import asin, cos, radians, sin, sqrt
from statistics import median
from time import perf_counter, process_time

import numpy as np
from numpy.typing import NDArray

from exchanges.domain.matching import DEFAULT_WEIGHTS, CityFacts, explain, find_gates
from exchanges.domain.matching.advice import changes_that_help
from exchanges.domain.matching.facts import ALL_WINDOWS
from exchanges.domain.matching.index import HostIndex
from exchanges.domain.matching.scores import score_all
from exchanges.enums import Side
from tests.benchmarks.some_cities import some_cities

SIZES = (20, 100, 500, 2000)
ONE_BY_ONE = 40_000  # pairs explained; for more, the time is extrapolated from these
WANTED_RATIO = 30  # at the largest size

ADVISED = (20, 500)

NETWORKS = (1_000, 10_000, 100_000)
SPARSE_TOPICS = [f"topic-{number}" for number in range(300)]
TOLD = 8
GUESTS = 60
TOP = 20


def run() -> list[str]:
    return [*all_pairs(), *one_pair(), *advice(), *top_hosts()]


def all_pairs() -> list[str]:
    lines = []
    for count in SIZES:
        cities = some_cities(count)
        guests = cities[: max(1, ONE_BY_ONE // count)]
        share = count / len(guests)
        plain = best(partial(explain_all, guests, cities), 3) * share
        matrix = best(partial(score_all, cities, DEFAULT_WEIGHTS), 9)
        lines.append(
            f"score all pairs of {count:>4} cities: {plain / matrix:4.0f} x faster than one by one"
            f" ({matrix * 1000:.1f} ms, {plain:.2f} s one by one"
            f"{f', extrapolated from {len(guests)} guests' if share > 1 else ''};"
            f" peak {peak_memory(cities):.0f} MB)"
        )
    verdict = "holds" if plain / matrix >= WANTED_RATIO else "MISSED"
    return [*lines, f"at least {WANTED_RATIO} x at {count} cities: {verdict}"]


def one_pair() -> list[str]:
    cities = some_cities(100)
    ours = best(partial(explain_all, cities, cities), 5)
    floor = best(partial(measure_all, cities), 5)
    return [
        f"explain one pair, mean of {len(cities) ** 2}: {ours / floor:.1f} x its bare distance"
        f" ({ours / len(cities) ** 2 * 1e6:.1f} µs)"
    ]


def advice() -> list[str]:
    """The worst case is a city that told nothing: each partner needs several changes at once."""
    lines = []
    for count in ADVISED:
        city, *others = some_cities(count)
        closed = replace(
            city, working_languages=frozenset(), levels={}, needs={}, windows=0,
            hosting_capacity=0, guest_capacity=0,
        )  # fmt: skip
        floor = best(partial(gates_of_all, city, others), 5)
        for name, own in (("a city", city), ("a city that told nothing", closed)):
            taken = max(best(partial(advise, own, others, side), 3) for side in Side)
            lines.append(
                f"changes that help {name} among {count}: {taken / floor:.0f} x finding its gates"
                f" ({taken * 1000:.0f} ms)"
            )
    return lines


def top_hosts() -> list[str]:
    lines, taken = [], {}
    for count in NETWORKS:
        cities = some_cities(count, topics=SPARSE_TOPICS, told=TOLD)
        before = perf_counter()
        index = HostIndex(cities)
        built = perf_counter() - before
        guests = [city for city in cities[: 3 * GUESTS] if city.guest_capacity][:GUESTS]
        taken[count] = median(time_of_top(index, guest) for guest in guests)
        floor = median(time_of_nearest(cities, guests))
        found = median(len(index.top(guest, TOP, DEFAULT_WEIGHTS)) for guest in guests)
        lines.append(
            f"top {TOP} of {count:>6} hosts: {taken[count] / floor:4.1f} x finding the nearest"
            f" ({taken[count] * 1000:.2f} ms, median of {len(guests)} guests, who get {found:.0f};"
            f" the index takes {built:.2f} s to build)"
        )
    few, many = NETWORKS[0], NETWORKS[-1]
    growth = taken[many] / taken[few]
    return [*lines, f"growth from {few} to {many} hosts, {many // few} times: {growth:.1f} x"]


def time_of_top(index: HostIndex, guest: CityFacts) -> float:
    return best(partial(index.top, guest, TOP, DEFAULT_WEIGHTS), 3)


def time_of_nearest(cities: Sequence[CityFacts], guests: Sequence[CityFacts]) -> list[float]:
    latitudes = np.radians([city.latitude for city in cities])
    longitudes = np.radians([city.longitude for city in cities])
    return [best(partial(nearest, guest, latitudes, longitudes), 3) for guest in guests]


def nearest(
    guest: CityFacts, latitudes: NDArray[np.float64], longitudes: NDArray[np.float64]
) -> NDArray[np.intp]:
    phi, theta = radians(guest.latitude), radians(guest.longitude)
    half = np.sin((latitudes - phi) / 2) ** 2
    half += cos(phi) * np.cos(latitudes) * np.sin((longitudes - theta) / 2) ** 2
    chosen = np.argpartition(half, TOP)[:TOP]
    return chosen[np.argsort(half[chosen])]


def advise(city: CityFacts, others: Sequence[CityFacts], side: Side) -> None:
    changes_that_help(city, others, side, can_free=ALL_WINDOWS)


def gates_of_all(city: CityFacts, others: Sequence[CityFacts]) -> None:
    for other in others:
        find_gates(city, other)


def explain_all(guests: Sequence[CityFacts], hosts: Sequence[CityFacts]) -> None:
    for guest in guests:
        for host in hosts:
            explain(guest, host, DEFAULT_WEIGHTS)


def measure_all(cities: Sequence[CityFacts]) -> None:
    places = [(radians(each.latitude), radians(each.longitude)) for each in cities]
    for phi_a, theta_a in places:
        for phi_b, theta_b in places:
            half = sin((phi_b - phi_a) / 2) ** 2
            half += cos(phi_a) * cos(phi_b) * sin((theta_b - theta_a) / 2) ** 2
            round(2 * 6371 * asin(sqrt(half)))


def best(work: Callable[[], object], repeats: int) -> float:
    times = []
    for _ in range(repeats):
        start = process_time()
        work()
        times.append(process_time() - start)
    return min(times)


def peak_memory(cities: Sequence[CityFacts]) -> float:
    """Of scoring all pairs, in megabytes."""
    tracemalloc.start()
    score_all(cities, DEFAULT_WEIGHTS)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6
