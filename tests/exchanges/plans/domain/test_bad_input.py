"""Problems that make no sense: each says what is wrong, and no plan ever breaks a rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from time import process_time

import pytest

from exchanges.plans.domain import (
    PlanCity,
    PlannedVisit,
    PlanProblem,
    PlanResult,
    UnmetKind,
    find_obstacles,
    solve,
)
from tests.benchmarks.synthetic import synthetic_problem
from tests.exchanges.plans.domain.problems import budget
from tests.plan_checker import check_plan

GOOD = synthetic_problem(20, 1)
CITY = PlanCity("athens", "GR", True, True, 1, 1, 8, 3, 1)


def each_city(**changes: object) -> PlanProblem:
    return replace(GOOD, cities=tuple(replace(city, **changes) for city in GOOD.cities))


def solved(problem: PlanProblem, seconds: float = 1) -> PlanResult:
    result = solve(problem, budget(seconds))
    assert check_plan(problem, result) == []
    return result


EMPTY: dict[str, PlanProblem] = {
    "no city": replace(GOOD, cities=(), points={}),
    "one city": replace(GOOD, cities=(CITY,), points={}),
    "pairs of nobody": replace(GOOD, cities=()),
    "all pairs ruled out": replace(GOOD, points={}),
    "no window": replace(GOOD, window_count=0),
    "no free date": each_city(windows=0),
    "free only after the last window": each_city(windows=1 << 40),
    "nobody hosts": each_city(hosting_left=0),
    "nobody travels": each_city(guest_left=0),
    "nobody has places": each_city(places=1, delegation=2),
    "no exchange": replace(GOOD, exchanges=0),
    "exchanges below zero": replace(GOOD, exchanges=-(10**12)),
    "no country may host": replace(GOOD, country_limit=0),
    "country limit below zero": replace(GOOD, country_limit=-5),
    "no authority anywhere": each_city(has_local_authority=False),
    "no UMN member anywhere": each_city(has_umn_member=False),
    "no host is an authority": replace(
        each_city(has_local_authority=False), needs_authority_host=True
    ),
    "all forbidden": replace(GOOD, forbidden=frozenset(GOOD.points)),
}


@pytest.mark.parametrize("name", EMPTY)
def test_problem_without_any_plan_gives_an_empty_plan_and_says_why(name: str) -> None:
    problem = EMPTY[name]
    result = solved(problem)
    assert (result.visits, result.objective, result.is_proven) == ((), 0, True)
    assert find_obstacles(problem)


def test_no_common_date_of_any_pair_is_an_obstacle() -> None:
    apart = tuple(replace(city, windows=1 << number) for number, city in enumerate(GOOD.cities))
    problem = replace(GOOD, cities=apart, window_count=len(apart))
    assert solved(problem).visits == ()
    assert find_obstacles(problem)


def test_pair_that_is_fixed_and_forbidden_stays_away_and_is_named() -> None:
    pair = next(iter(GOOD.points))
    problem = replace(GOOD, fixed=frozenset({pair}), forbidden=frozenset({pair}))
    result = solved(problem)
    assert [(each.pair, each.kind) for each in result.unmet] == [(pair, UnmetKind.FORBIDDEN)]
    assert result.visits
    assert find_obstacles(problem)


def test_everything_fixed_keeps_what_fits() -> None:
    result = solved(replace(GOOD, fixed=frozenset(GOOD.points)))
    assert result.visits
    assert len(result.unmet) == len(GOOD.points) - sum(len(v.guests) for v in result.visits)


def test_locked_visits_that_clash_keep_one_of_them() -> None:
    best = solved(GOOD).visits[0]
    other = next(city for city in GOOD.cities if city.slug not in (best.host, *best.guests))
    clash = PlannedVisit(other.slug, best.window, best.guests)
    result = solved(replace(GOOD, locked=(best, clash)))
    assert best in result.visits or result.unmet
    assert {each.pair for each in result.unmet} >= set(clash.pairs) or best not in result.visits


def test_locked_visits_of_strangers_in_windows_that_do_not_exist_are_unmet() -> None:
    locked = (
        PlannedVisit("atlantis", 0, (GOOD.cities[0].slug,)),
        PlannedVisit(GOOD.cities[0].slug, 99, ("atlantis", GOOD.cities[1].slug)),
        PlannedVisit(GOOD.cities[1].slug, -1, (GOOD.cities[1].slug,)),
    )
    result = solved(replace(GOOD, locked=locked))
    assert len(result.unmet) == 4
    assert result.visits


HARMLESS: dict[str, Callable[[PlanProblem], PlanProblem]] = {
    "more exchanges than anybody can use": lambda p: replace(p, exchanges=10**12),
    "huge country limit": lambda p: replace(p, country_limit=10**12),
    "capacities beyond reason": lambda p: each_city(hosting_left=10**12, guest_left=10**12),
    "places beyond reason": lambda p: each_city(places=10**15),
    "capacity below zero counts as none": lambda p: each_city(hosting_left=-3),
    "all pairs lose points": lambda p: replace(p, points=dict.fromkeys(p.points, -1)),
    "taking part worth nothing": lambda p: replace(p, participation=0),
    "unlike plans that were empty": lambda p: replace(p, unlike=((), ()), unlike_by=9),
    "no worth in taking part": lambda p: each_city(credit=-p.participation),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_numbers_beyond_reason_still_give_a_plan_that_holds(name: str) -> None:
    solved(HARMLESS[name](GOOD))


REFUSED: dict[str, PlanProblem] = {
    "a city twice": replace(GOOD, cities=(*GOOD.cities, GOOD.cities[0])),
    "points beyond exact addition": replace(GOOD, points=dict.fromkeys(GOOD.points, 10**30)),
    "credit that takes more than taking part is worth": each_city(credit=-5000),
    "negative participation": replace(GOOD, participation=-1),
    "participation beyond exact addition": replace(GOOD, participation=10**30),
    "delegations of nobody": each_city(delegation=0),
    "windows without end": replace(GOOD, window_count=10**6),
}


@pytest.mark.parametrize("name", REFUSED)
def test_numbers_that_cannot_be_meant_are_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(ValueError, match=r"\w+ \w+ \w+.*\.$"):
        solve(REFUSED[name], budget())


@pytest.mark.parametrize("seconds", [0, -1, 0.001])
def test_no_time_at_all_promises_nothing(seconds: float) -> None:
    result = solved(GOOD, seconds)
    assert result.objective < result.bound


def test_plan_that_is_known_already_survives_without_any_time() -> None:
    known = solved(GOOD, 0.5)
    again = solve(GOOD, budget(0), start=known.visits)
    assert check_plan(GOOD, again) == []
    assert again.objective == known.objective > 0


def test_ten_thousand_cities_give_a_plan_in_the_time_that_is_given() -> None:
    cities = tuple(
        PlanCity(f"c{n:05}", f"k{n % 30}", n % 9 > 0, n % 4 > 0, n % 3, 1 + n % 2, 6 + n % 20,
                 2 + n % 5, 0b11111111 & ~(1 << n % 8))
        for n in range(10_000)
    )  # fmt: skip
    slugs = [city.slug for city in cities]
    points = {
        (slugs[n], slugs[(n * 7 + step * 131 + 1) % 10_000]): 300 + (n * step) % 600
        for n in range(10_000)
        for step in range(1, 6)
    }
    problem = PlanProblem(cities, points, 8, 4000, 1000, 1600)
    began = process_time()
    assert solved(problem, 5).visits
    assert process_time() - began < 60
