from collections.abc import Callable
from dataclasses import replace
from itertools import count
from time import monotonic, process_time

import pytest
from hypothesis import given, settings

from exchanges.plans.domain import (
    BindingKind,
    Budget,
    Method,
    Pair,
    PlanCity,
    PlannedVisit,
    PlanProblem,
    Progress,
    UnmetKind,
    solve,
)
from exchanges.plans.domain.solver import SolverAnswer
from tests.benchmarks.synthetic import synthetic_problem
from tests.exchanges.plans.domain.brute_force import best_by_force, wishes_kept
from tests.exchanges.plans.domain.problems import small_problems
from tests.plan_checker import check_plan, missing_visits

METHODS = [*Method]
PROVING = [Method.MODEL, Method.COLUMNS]


def city(slug: str, **facts: object) -> PlanCity:
    usual = {
        "country": slug,
        "has_local_authority": True,
        "has_umn_member": True,
        "hosting_left": 1,
        "guest_left": 1,
        "places": 10,
        "delegation": 3,
        "windows": 0b1111,
    }
    return PlanCity(slug=slug, **(usual | facts))  # type: ignore[arg-type]


def everybody(slugs: str, worth: int = 500) -> dict[Pair, int]:
    return {(guest, host): worth for guest in slugs for host in slugs if guest != host}


def problem_of(*cities: PlanCity, **facts: object) -> PlanProblem:
    usual = {
        "points": everybody("".join(each.slug for each in cities)),
        "window_count": 4,
        "exchanges": 3,
        "participation": 100,
        "country_limit": 2,
    }
    return PlanProblem(cities=cities, **(usual | facts))  # type: ignore[arg-type]


def budget(
    seconds: float = 20.0,
    *,
    tick: float = 0.02,
    report: Callable[[Progress], None] = lambda progress: None,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Budget:
    """Time passes whenever somebody looks, so that a busy machine finds the same plan."""
    ticks = count(step=1)
    return Budget(seconds, lambda: next(ticks) * tick, is_stopped, report)


@settings(max_examples=15, deadline=None)
@given(small_problems())
@pytest.mark.parametrize("method", METHODS)
def test_bounds_of_all_methods_hold(method: Method, problem: PlanProblem) -> None:
    found = solve(problem, budget(2), method=method)

    wishes, best = best_by_force(problem)
    assert check_plan(problem, found) == []
    assert found.objective <= found.bound
    if wishes_kept(problem, found.visits) == wishes:
        assert found.objective <= best <= found.bound
    if method is Method.MODEL:
        assert (wishes_kept(problem, found.visits), found.objective) == (wishes, best)


@pytest.mark.parametrize("seed", range(2))
def test_columns_and_model_agree_at_fifteen_cities(seed: int) -> None:
    given = synthetic_problem(15, seed, windows=4)

    model = solve(given, budget(120), method=Method.MODEL)
    columns = solve(given, budget(12), method=Method.COLUMNS)

    assert model.is_proven
    assert check_plan(given, columns) == []
    assert columns.objective <= model.objective <= columns.bound
    assert columns.objective >= 0.99 * model.objective


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("method", METHODS)
def test_no_rule_is_broken(method: Method, seed: int) -> None:
    given = synthetic_problem(30, seed, windows=4 + seed, exchanges=4 + 3 * seed)

    found = solve(given, budget(3), method=method)

    assert check_plan(given, found) == []
    assert found.visits
    assert found.method is method


def test_columns_beat_the_heuristic_and_come_near_the_bound() -> None:
    given = synthetic_problem(60, 3)

    heuristic = solve(given, budget(4), method=Method.HEURISTIC)
    columns = solve(given, budget(60), method=Method.COLUMNS)

    assert check_plan(given, columns) == []
    assert columns.objective > heuristic.objective
    assert columns.gap < 0.03


def test_a_proven_plan_has_the_same_objective_each_time_and_in_any_order() -> None:
    given = synthetic_problem(12, 5)
    turned = replace(
        given,
        cities=given.cities[::-1],
        points=dict(reversed(given.points.items())),  # type: ignore[call-overload]
    )

    first, second, third = (solve(each, budget(120)) for each in (given, given, turned))

    assert first.is_proven
    assert first.objective == second.objective == third.objective
    assert first.visits == second.visits == third.visits


def test_fairness_takes_everyone_before_any_points() -> None:
    points = {("a", "h"): 900, ("b", "i"): 100, ("c", "i"): 100}
    cities = [city("h", places=3), city("i", places=6), *(city(slug) for slug in "abc")]
    given = problem_of(*cities, points=points, exchanges=1, participation=0)

    best = solve(given, budget())
    everyone = solve(replace(given, participation=1101), budget())

    assert (best.score, len(best.taking_part)) == (900, 2)
    assert (everyone.score, len(everyone.taking_part)) == (200, 3)
    assert best.is_proven
    assert everyone.is_proven


def test_cities_that_are_always_free_get_different_weeks() -> None:
    """Sixty-three weeks alike are one slot with room; the visits are told apart at the end."""
    cities = [
        city(slug, hosting_left=3, guest_left=3, windows=2**63 - 1, places=6) for slug in "abcdef"
    ]
    given = problem_of(*cities, window_count=63, exchanges=9, country_limit=9)

    found = solve(given, budget(20))

    assert check_plan(given, found) == []
    assert found.is_proven
    assert len(found.visits) == 9
    assert len({visit.window for visit in found.visits}) == 9


@pytest.mark.parametrize("method", PROVING)
def test_fixed_pairs_and_locked_visits_are_kept_at_any_price(method: Method) -> None:
    slugs = "abcdef"
    points = everybody(slugs) | {("a", "b"): -400, ("c", "d"): -400, ("e", "d"): 1}
    given = problem_of(
        *(city(slug) for slug in slugs),
        points=points,
        fixed=frozenset({("a", "b")}),
        locked=(PlannedVisit("d", 2, ("c", "e")),),
    )

    found = solve(given, budget(5), method=method)

    assert check_plan(given, found) == []
    assert found.unmet == ()
    assert any(visit.host == "d" and visit.window == 2 for visit in found.visits)


@pytest.mark.parametrize("method", PROVING)
def test_of_wishes_that_clash_as_many_as_possible_are_kept(method: Method) -> None:
    given = problem_of(
        *(city(slug, guest_left=2) for slug in "abcd"),
        locked=(
            PlannedVisit("a", 0, ("b", "c")),
            PlannedVisit("d", 0, ("b",)),
            PlannedVisit("d", 1, ("a",)),
        ),
    )

    found = solve(given, budget(10), method=method)

    assert check_plan(given, found) == []
    assert [(each.pair, each.kind) for each in found.unmet] == [(("b", "d"), UnmetKind.CONFLICT)]


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        (UnmetKind.UNKNOWN_CITY, {"fixed": frozenset({("a", "x")})}),
        (UnmetKind.FORBIDDEN, {"forbidden": frozenset({("a", "b")})}),
        (UnmetKind.RULED_OUT, {"points": {("b", "a"): 1}}),
        (UnmetKind.NO_COMMON_WINDOW, {"b": {"windows": 0b10000}}),
        (UnmetKind.NO_CAPACITY, {"b": {"hosting_left": 0}}),
        (UnmetKind.NO_PLACES, {"b": {"places": 2}}),
        (UnmetKind.NO_MIX, {"b": {"has_umn_member": False}, "needs_umn_host": True}),
        (UnmetKind.CONFLICT, {"exchanges": 0}),
    ],
)
def test_it_says_why_a_fixed_pair_is_not_kept(kind: UnmetKind, facts: dict[str, object]) -> None:
    host = facts.pop("b", {})
    wishes = {"fixed": frozenset({("a", "b")})} | facts
    given = problem_of(city("a"), city("b", **host), city("c"), **wishes)  # type: ignore[arg-type]

    found = solve(given, budget(5))

    assert check_plan(given, found) == []
    assert [each.kind for each in found.unmet] == [kind]


@pytest.mark.parametrize("method", METHODS)
def test_four_alternatives_all_differ(method: Method) -> None:
    given = synthetic_problem(20, 1, windows=5)
    plans = [solve(given, budget(2), method=method).visits]
    for _ in range(3):
        other = replace(given, unlike=tuple(plans))
        found = solve(other, budget(2), method=method)
        assert check_plan(other, found) == []
        plans.append(found.visits)

    assert all(missing_visits(a, b) >= 2 for i, a in enumerate(plans) for b in plans[i + 1 :])


@pytest.mark.parametrize("method", METHODS)
def test_a_plan_to_begin_with_is_never_made_worse(method: Method) -> None:
    given = synthetic_problem(40, 2)
    good = solve(given, budget(8), method=Method.COLUMNS)

    found = solve(given, budget(0.5, tick=0.05), start=good.visits, method=method)

    assert check_plan(given, found) == []
    assert found.objective >= good.objective


def test_what_is_not_possible_any_more_is_left_out_of_the_start() -> None:
    given = problem_of(city("a"), city("b"), city("c"))
    start = (
        PlannedVisit("z", 0, ("y",)),
        PlannedVisit("a", 77, ("b",)),
        PlannedVisit("a", 0, ()),
        PlannedVisit("a", 0, ("b", "c", "z")),
    )

    found = solve(given, budget(5), start=start)

    assert check_plan(given, found) == []
    assert found.visits


@pytest.mark.parametrize("method", METHODS)
def test_it_returns_in_time(method: Method) -> None:
    given = synthetic_problem(100, 1)
    began = process_time()  # others on the machine make it no longer

    found = solve(given, Budget(1.5, monotonic), method=method)

    assert process_time() - began < 2.5
    assert check_plan(given, found) == []
    assert found.visits


@pytest.mark.parametrize("method", METHODS)
def test_a_request_to_stop_is_honoured_with_the_best_plan_so_far(method: Method) -> None:
    given = synthetic_problem(60, 1)
    asked = count()

    found = solve(given, budget(600, is_stopped=lambda: next(asked) > 20), method=method)

    assert found.was_stopped
    assert found.visits
    assert check_plan(given, found) == []


def test_progress_is_told_and_never_gets_worse() -> None:
    told = []
    given = synthetic_problem(60, 1)

    found = solve(given, budget(8, report=told.append))

    assert len(told) > 2
    assert [each.objective for each in told] == sorted(each.objective for each in told)
    assert [-each.bound for each in told] == sorted(-each.bound for each in told)
    assert (told[-1].objective, told[-1].bound) == (found.objective, found.bound)


def test_it_tells_what_holds_the_plan_back_and_one_more_gains_no_more_than_it_says() -> None:
    given = synthetic_problem(20, 2, windows=5, exchanges=3)
    found = solve(given, budget(100))
    more = solve(replace(given, exchanges=4), budget(100))

    gain = {each.kind: each.gain for each in found.binding}[BindingKind.EXCHANGES]

    assert found.is_proven
    assert more.is_proven
    assert 0 < more.objective - found.objective <= gain + found.bound * 0.03


def test_a_solver_that_finds_nothing_leaves_the_heuristics_plan() -> None:
    given = synthetic_problem(20, 1)

    class Broken:
        name = "broken"

        def integer(self, programme, start, seconds, listener):  # type: ignore[no-untyped-def]
            return SolverAnswer(None, float("inf"))

    found = solve(given, budget(4), solver=Broken())

    assert check_plan(given, found) == []
    assert found.visits
    assert found.solver == "broken"
