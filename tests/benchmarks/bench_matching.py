"""Explaining all pairs of n cities, against a bare double loop that only computes distances."""

from collections.abc import Callable
from math import asin, cos, radians, sin, sqrt
from random import Random
from statistics import median
from time import perf_counter

from exchanges.domain.matching import DEFAULT_WEIGHTS, CityFacts, explain

TOPICS = [f"topic-{number}" for number in range(14)]
LANGUAGES = ["en", "fr", "it", "el", "sl", "bg"]
REPEATS = {20: 9, 100: 5, 500: 1}


def some_cities(count: int, seed: int = 1) -> list[CityFacts]:
    random = Random(seed)
    return [
        CityFacts(
            slug=f"city-{number}",
            country=f"country-{number % 12}",
            latitude=random.uniform(36, 60),
            longitude=random.uniform(-9, 28),
            working_languages=frozenset(random.sample(LANGUAGES, 2)),
            has_interpretation=random.random() < 0.3,
            levels={topic: random.randint(0, 5) for topic in random.sample(TOPICS, 6)},
            needs={topic: random.randint(1, 3) for topic in random.sample(TOPICS, 3)},
            hosting_capacity=random.randint(0, 2),
            guest_capacity=2,
            has_local_authority=True,
            has_umn_member=True,
        )
        for number in range(count)
    ]


def explain_all(cities: list[CityFacts]) -> None:
    for guest in cities:
        for host in cities:
            explain(guest, host, DEFAULT_WEIGHTS)


def measure_all(cities: list[CityFacts]) -> None:
    places = [(radians(each.latitude), radians(each.longitude)) for each in cities]
    for phi_a, theta_a in places:
        for phi_b, theta_b in places:
            half = sin((phi_b - phi_a) / 2) ** 2
            half += cos(phi_a) * cos(phi_b) * sin((theta_b - theta_a) / 2) ** 2
            round(2 * 6371 * asin(sqrt(half)))


def seconds(
    work: Callable[[list[CityFacts]], None], cities: list[CityFacts], repeats: int
) -> float:
    times = []
    for _ in range(repeats):
        start = perf_counter()
        work(cities)
        times.append(perf_counter() - start)
    return median(times)


def run() -> list[str]:
    lines = []
    for count, repeats in REPEATS.items():
        cities = some_cities(count)
        floor = seconds(measure_all, cities, repeats)
        explained = seconds(explain_all, cities, repeats)
        lines.append(
            f"explain all pairs of {count:>3} cities: {explained / floor:5.1f} x the bare loop"
            f" ({explained * 1000:.0f} ms, {explained / count**2 * 1e6:.1f} µs a pair)"
        )
    return lines
