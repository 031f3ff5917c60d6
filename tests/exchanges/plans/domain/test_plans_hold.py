"""Plans of every method on small problems, against the checker and against brute force."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchanges.domain.matching import DEFAULT_WEIGHTS
from exchanges.plans.domain import Method, PlanProblem, PlanResult, solve
from tests.benchmarks.synthetic import synthetic_cities, synthetic_problem
from tests.exchanges.plans.domain.brute_force import best_by_force, wishes_kept
from tests.exchanges.plans.domain.problems import budget, small_problems
from tests.pair_checker import check_pairs
from tests.plan_checker import check_plan

SEEDS = (3, 4)
"""Whose optimum is proven at once."""


def solved(problem: PlanProblem) -> PlanResult:
    result = solve(problem, budget())
    assert check_plan(problem, result) == []
    return result


@cache
def plan_of_twenty(seed: int) -> PlanResult:
    return solved(synthetic_problem(20, seed))


@settings(max_examples=30, deadline=None)
@given(small_problems())
def test_small_plan_is_the_best_that_there_is(problem: PlanProblem) -> None:
    result = solve(problem, budget(3))
    assert check_plan(problem, result) == []
    best = best_by_force(problem)
    assert (wishes_kept(problem, result.visits), result.objective) == best
    assert result.is_proven


@pytest.mark.parametrize("method", Method)
@settings(max_examples=10, deadline=None)
@given(problem=small_problems())
def test_no_method_breaks_a_rule_or_claims_too_much(method: Method, problem: PlanProblem) -> None:
    result = solve(problem, budget(1), method=method)
    assert check_plan(problem, result) == []
    wishes, objective = best_by_force(problem)
    kept = wishes_kept(problem, result.visits)
    assert (kept, result.objective) <= (wishes, objective)
    assert kept < wishes or result.bound >= objective
    assert not result.is_proven or (kept, result.objective) == (wishes, objective)


@pytest.mark.parametrize("seed", SEEDS)
def test_plan_of_twenty_is_proven_and_its_pairs_may_meet(seed: int) -> None:
    result = plan_of_twenty(seed)
    assert result.is_proven
    facts = {city.slug: city for city in synthetic_cities(20, seed).cities}
    points = synthetic_problem(20, seed).points
    assert check_pairs(result.visits, facts, DEFAULT_WEIGHTS, points) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_same_problem_again_gives_the_same_objective(seed: int) -> None:
    assert solved(synthetic_problem(20, seed)).objective == plan_of_twenty(seed).objective


@pytest.mark.parametrize("seed", SEEDS)
def test_more_exchanges_never_lower_the_optimum(seed: int) -> None:
    best = [
        solved(synthetic_problem(20, seed, exchanges=exchanges)).objective
        for exchanges in (1, 4, 8)
    ]
    assert best == sorted(best)
    assert best[0] < best[-1]


@pytest.mark.parametrize("seed", SEEDS)
def test_fairness_costs_score_or_nothing(seed: int) -> None:
    problem = synthetic_problem(20, seed)
    by_score = solved(replace(problem, participation=0))
    everyone = solved(replace(problem, participation=10**6))
    assert everyone.score <= plan_of_twenty(seed).score <= by_score.score
    cities = [len(each.taking_part) for each in (everyone, plan_of_twenty(seed), by_score)]
    assert cities == sorted(cities, reverse=True)


@pytest.mark.parametrize("seed", SEEDS)
def test_forcing_a_pair_never_raises_the_objective(seed: int) -> None:
    problem, best = synthetic_problem(20, seed), plan_of_twenty(seed)
    meeting = {pair for visit in best.visits for pair in visit.pairs}
    for pair in sorted(set(problem.points) - meeting)[:3]:
        forced = solved(replace(problem, fixed=frozenset({pair})))
        assert forced.unmet or pair in {each for visit in forced.visits for each in visit.pairs}
        assert forced.objective <= best.objective


@pytest.mark.parametrize("seed", SEEDS)
def test_fixing_what_meets_anyway_changes_nothing(seed: int) -> None:
    problem, best = synthetic_problem(20, seed), plan_of_twenty(seed)
    fixed = frozenset(pair for visit in best.visits for pair in visit.pairs)
    again = solved(replace(problem, fixed=fixed, locked=best.visits))
    assert (again.objective, again.unmet) == (best.objective, ())


@settings(max_examples=10, deadline=None)
@given(small_problems(), st.integers(1, 2))
def test_another_plan_differs_and_is_no_better(problem: PlanProblem, by: int) -> None:
    problem = replace(problem, unlike=(), fixed=frozenset(), locked=())
    best = solved(problem)
    if len(best.visits) >= by:
        other = solved(replace(problem, unlike=(best.visits,), unlike_by=by))
        assert other.objective <= best.objective
