"""The parts that the solver is made of, each against something simpler."""

from itertools import combinations
from random import Random

import numpy as np
import pytest

from exchanges.plans.domain.arrays import Arrays, arrays_of
from exchanges.plans.domain.draft import Draft, planned, visits_of
from exchanges.plans.domain.heuristic import find_plan
from exchanges.plans.domain.lagrange import Lagrange
from exchanges.plans.domain.pricing import Pricer, Question
from exchanges.plans.domain.reduction import find_slots
from exchanges.plans.domain.residue import residue_of
from exchanges.plans.domain.rules import is_allowed, objective_of
from tests.benchmarks.synthetic import synthetic_problem
from tests.plan_checker import broken_rules, value_of


def never() -> bool:
    return False


@pytest.mark.parametrize("seed", range(6))
def test_the_best_guests_are_the_best_of_all_sets(seed: int) -> None:
    arrays = arrays_of(synthetic_problem(12, seed, windows=3))
    random = np.random.default_rng(seed)
    by_slot = (arrays.pair_count, len(arrays.slots)) if seed % 2 else arrays.pair_count
    gains = random.normal(100, 400, by_slot)
    extra = random.normal(200, 300, (arrays.city_count, len(arrays.slots)))
    can = arrays.can_meet & (random.random(arrays.can_meet.shape) < 0.8)
    question = Question(np.arange(arrays.pair_count), gains, extra, can)
    pricer = Pricer(arrays)

    values = pricer.values(question)

    for host in arrays.hosts.tolist():
        for slot in range(len(arrays.slots)):
            best = best_set(arrays, question, host, slot)
            row = host * len(arrays.slots) + slot
            if best <= 0:
                assert values[host, slot] <= 1e-9
                continue
            assert values[host, slot] == pytest.approx(best)
            pairs = pricer.sets([row], question)[0]
            assert worth_of(question, pairs, host, slot) == pytest.approx(best)


def best_set(arrays: Arrays, question: Question, host: int, slot: int) -> float:
    pairs = [pair for pair in np.flatnonzero(arrays.host == host) if question.can[pair, slot]]
    return max(
        (
            worth_of(question, some, host, slot)
            for size in range(1, len(pairs) + 1)
            for some in combinations(pairs, size)
            if is_team(arrays, host, list(some))
        ),
        default=-1.0,
    )


def is_team(arrays: Arrays, host: int, pairs: list[int]) -> bool:
    guests = arrays.guest[pairs]
    gives = int(np.bitwise_or.reduce(arrays.gives[[host, *guests.tolist()]]))
    return gives == 3 and int(arrays.delegation[guests].sum()) <= int(arrays.places[host])


def worth_of(question: Question, pairs: tuple[int, ...], host: int, slot: int) -> float:
    gains = question.gains[list(pairs)]
    gains = gains if gains.ndim == 1 else gains[:, slot]
    return float(gains.sum() + question.extra[host, slot])


def test_windows_that_are_no_better_than_enough_others_go() -> None:
    #        many alike ................  less   less, but locked   nobody
    free = [0b111, 0b111, 0b111, 0b111, 0b101, 0b011, 0]

    slots = find_slots(free, {5}, enough=3)

    assert [(slot.windows, slot.is_roomy) for slot in slots] == [((0, 1, 2), True), ((5,), False)]


def test_windows_stay_that_somebody_needs() -> None:
    free = [0b111, 0b111, 0b1000, 0b110]

    slots = find_slots(free, set(), enough=3)

    assert [slot.windows for slot in slots] == [(0,), (1,), (2,), (3,)]
    assert not any(slot.is_roomy for slot in slots)


@pytest.mark.parametrize("seed", range(5))
def test_a_draft_counts_as_the_checker_does(seed: int) -> None:
    given = synthetic_problem(30, seed, windows=5)
    arrays = arrays_of(given)
    draft = Draft(arrays)
    heuristic = find_plan(arrays, draft, [], never)
    heuristic.improve(never, rounds=20)

    plan = planned(arrays, draft.visits)

    assert broken_rules(given, plan) == []
    assert is_allowed(given, plan)
    assert draft.value == value_of(given, plan) == objective_of(given, plan)
    assert sorted(visits_of(arrays, plan)) == sorted(draft.visits)

    for visit in list(draft.visits):
        draft.remove(visit)
    empty = Draft(arrays)
    assert draft.value == 0
    for name in ("hosting", "guesting", "hosted", "free", "visits_of", "is_open"):
        assert (getattr(draft, name) == getattr(empty, name)).all()


@pytest.mark.parametrize("seed", range(3))
def test_the_bound_holds_at_any_prices_and_for_any_rest(seed: int) -> None:
    """Every price along the way gives a bound above a known plan, also for the rest of a plan."""
    given = synthetic_problem(30, seed)
    arrays = arrays_of(given)
    draft = Draft(arrays)
    find_plan(arrays, draft, [], never).improve(never, rounds=40)
    settled = Random(seed).sample(draft.visits, len(draft.visits) // 2)
    residue = residue_of(arrays, settled, 0)
    half = Draft(arrays)
    for visit in settled:
        half.add(visit)
    bounds: list[float] = []
    rest: list[float] = []

    Lagrange(arrays, known=draft.value).run(40, never, bounds.append)
    Lagrange(residue.arrays).run(40, never, rest.append)

    assert min(bounds) >= draft.value - 1e-6
    assert min(bounds) < 1.1 * draft.value
    assert min(rest) >= draft.value - half.value - 1e-6


def test_a_rest_speaks_of_the_same_visits() -> None:
    arrays = arrays_of(synthetic_problem(40, 1))
    draft = Draft(arrays)
    find_plan(arrays, draft, [], never)
    settled, others = draft.visits[:5], draft.visits[5:]
    residue = residue_of(arrays, settled, 0)

    for visit in others:
        inside = residue.inside(visit)
        assert inside is not None
        assert residue.outside(inside) == visit
    assert all(residue.inside(visit) is None for visit in settled)
