"""Figures of a benchmark can be compared only when its cities are the same each time."""

from __future__ import annotations

from tests.benchmarks import synthetic
from tests.benchmarks.synthetic import synthetic_cities, synthetic_problem


def test_same_seed_makes_the_same_network_in_another_process() -> None:
    first = synthetic_cities(20, 1)
    synthetic_cities.cache_clear()
    assert synthetic_cities(20, 1) == first
    assert synthetic_cities(20, 2) != first
    assert first.cities[0].slug == "be-00000"


def test_small_network_keeps_all_pairs() -> None:
    problem = synthetic_problem(20, 1)
    cities = {city.slug: city for city in problem.cities}
    assert (len(cities), problem.exchanges, problem.country_limit) == (20, 8, 3)
    assert len(problem.points) > 50
    for guest, host in problem.points:
        assert cities[guest].country != cities[host].country
        assert cities[host].hosting_left


def test_large_network_keeps_the_best_hosts_of_each_guest(monkeypatch) -> None:
    every = synthetic_problem(60, 1).points
    monkeypatch.setattr(synthetic, "MOST_WITH_ALL_HOSTS", 50)
    monkeypatch.setattr(synthetic, "HOSTS_EACH", 3)
    kept = synthetic_problem(60, 1).points
    guests = {guest for guest, _ in every}
    for guest in guests:
        worth = sorted((every[pair] for pair in every if pair[0] == guest), reverse=True)
        assert sorted((kept[p] for p in kept if p[0] == guest), reverse=True) == worth[:3]
