"""All pairs at once give what one pair at a time gives, to the point."""

from collections.abc import Collection
from dataclasses import replace
from math import isqrt
from random import Random

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from exchanges.domain.matching import (
    DEFAULT_WEIGHTS,
    CityFacts,
    ComponentKind,
    Weights,
    WeightsNotUsable,
    explain,
)
from exchanges.domain.matching import scores as scores_module
from exchanges.domain.matching.columns import Codes
from exchanges.domain.matching.components import TOO_FAR_KM
from exchanges.domain.matching.distance import FIRST_CHORDS, whole_km
from exchanges.domain.matching.index import HostIndex
from exchanges.domain.matching.scores import score_all
from tests.benchmarks.some_cities import some_cities
from tests.exchanges.domain.matching.sample_cities import SAMPLE, SHOP, city, speaks
from tests.exchanges.domain.matching.strategies import any_weights, networks, topics

ONLY_LEARNING = Weights(*(int(kind is ComponentKind.LEARNING) for kind in ComponentKind))


def one_by_one(
    cities: list[CityFacts],
    weights: Weights = DEFAULT_WEIGHTS,
    chosen: Collection[str] | None = None,
    *,
    allow_same_country: bool = False,
) -> list[list[int]]:
    explained = [
        [
            explain(guest, host, weights, topics=chosen, allow_same_country=allow_same_country)
            for host in cities
        ]
        for guest in cities
    ]
    return [[-1 if each.is_ruled_out else each.score for each in row] for row in explained]


@settings(deadline=None)
@given(networks(), any_weights, st.none() | st.frozensets(topics), st.booleans())
@example(list(SAMPLE), DEFAULT_WEIGHTS, frozenset({SHOP}), False)
@example(list(SAMPLE), DEFAULT_WEIGHTS, None, True)
def test_all_scores_are_those_of_explain(
    cities: list[CityFacts],
    weights: Weights,
    chosen: frozenset[str] | None,
    allow_same_country: bool,
) -> None:
    scores = score_all(cities, weights, topics=chosen, allow_same_country=allow_same_country)
    expected = one_by_one(cities, weights, chosen, allow_same_country=allow_same_country)
    assert scores.tolist() == expected


@settings(max_examples=40, deadline=None)
@given(networks(), any_weights, st.integers(1, 40))
def test_scores_do_not_depend_on_how_many_pairs_are_taken_at_a_time(
    cities: list[CityFacts], weights: Weights, block: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scores_module, "BLOCK", block)
        assert score_all(cities, weights).tolist() == one_by_one(cities, weights)


@pytest.mark.parametrize("seed", range(4))
def test_thousands_of_pairs_have_the_scores_of_explain(seed: int) -> None:
    cities = some_cities(50, seed)
    random = Random(seed)
    weights = Weights(*(random.randint(0, 1000) for _ in ComponentKind))
    scores = score_all(cities, weights)
    assert scores.tolist() == one_by_one(cities, weights)
    assert (scores >= 0).sum() > 100


def test_more_languages_than_fit_one_number_are_told_apart() -> None:
    cities = [
        city(f"city-{number:03}", f"country-{number}", levels={SHOP: 2 * (number % 2)},
             needs={SHOP: 1}, working_languages=speaks(f"language-{number // 2}"))
        for number in range(150)
    ]  # fmt: skip
    scores = score_all(cities, DEFAULT_WEIGHTS)
    assert [tuple(pair) for pair in np.argwhere(scores >= 0)] == [
        (number, number + 1) for number in range(0, 150, 2)
    ]
    assert scores.tolist() == one_by_one(cities)


@pytest.mark.parametrize(
    ("needs_of_1", "score"),
    [
        (1, 1000),  # (40300 * 1000 - 50 * 400 - 150) / 40300 = 999.5: two less is rounded down
        (0, 999),  # (40296 * 1000 - 50 * 400 - 150) / 40296 = 999.49995: two more is rounded up
    ],
)
def test_very_many_needs_are_counted_exactly(needs_of_1: int, score: int) -> None:
    """Single precision would count in steps of four."""
    counts = {(1, 1): 50, (4, 1): 1, (2, 1): needs_of_1, (2, 3): 13416 - (1 - needs_of_1)}
    topics = {
        f"by-{ahead}-{weight}-{number}": (ahead, weight)
        for (ahead, weight), many in counts.items()
        for number in range(many)
    }
    cities = [
        city("guest", "GR", needs={topic: weight for topic, (_, weight) in topics.items()}),
        city("host", levels={topic: ahead for topic, (ahead, _) in topics.items()}),
    ]
    scores = score_all(cities, ONLY_LEARNING)
    assert scores[0, 1] == score
    assert scores.tolist() == one_by_one(cities, ONLY_LEARNING)


def guest_and_host(weights: int, *, ahead_by_two: int, ahead_by_one: int) -> list[CityFacts]:
    """`weights` in all: one topic of 1 on which both are at level 0 (150 per mille), the others of
    2, on which the host is behind if not ahead (1000 and 600 per mille, or none)."""
    others = [f"topic-{number}" for number in range(weights // 2)]
    host_levels = [2] * ahead_by_two + [1] * ahead_by_one
    guest_levels = [0] * len(host_levels) + [1] * (len(others) - len(host_levels))
    return [
        city("guest", "GR", levels=dict(zip(others, guest_levels, strict=True)),
             needs={**dict.fromkeys(others, 2), **({"both-at-0": 1} if weights % 2 else {})}),
        city("host", levels=dict(zip(others, host_levels, strict=False))),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cities", "value"),
    [
        # (8 * 2 * 1000 + 3 * 2 * 600 + 150) / 99 = 199.49
        (guest_and_host(99, ahead_by_two=8, ahead_by_one=3), None),
        # (6 * 2 * 1000 + 6 * 2 * 600) / 96 = 200
        (guest_and_host(96, ahead_by_two=6, ahead_by_one=6), 200),
        # (9 * 2 * 1000 + 1 * 2 * 600 + 150) / 97 = 199.48
        (guest_and_host(97, ahead_by_two=9, ahead_by_one=1), None),
        # (2 * 2 * 1000 + 1 * 2 * 600 + 150) / 27 = 198.1; one more of 600: 242.6
        (guest_and_host(27, ahead_by_two=2, ahead_by_one=2), 243),
    ],
)
def test_the_gate_of_learning_rounds_like_the_component(
    cities: list[CityFacts], value: int | None
) -> None:
    assert score_all(cities, ONLY_LEARNING)[0, 1] == (-1 if value is None else value)
    assert score_all(cities, ONLY_LEARNING).tolist() == one_by_one(cities, ONLY_LEARNING)
    top = HostIndex(cities).top(cities[0], 1, ONLY_LEARNING)
    assert [each.score for each in top] == ([] if value is None else [value])


def three_squares(total: int) -> tuple[int, int, int] | None:
    """Whole numbers whose squares add up to `total`, if there are such near its root."""
    for first in range(isqrt(total), isqrt(total) - 200, -1):
        rest = total - first**2
        for second in range(isqrt(rest), max(isqrt(rest) - 2000, -1), -1):
            third = isqrt(rest - second**2)
            if third**2 == rest - second**2:
                return first, second, third
    return None


@pytest.mark.parametrize("km", [1, 2, 3, 500, 1500, 2999, 3000])
def test_a_distance_on_the_edge_counts_as_the_further(km: int) -> None:
    found = next(
        (near, place)
        for near in range(km, 0, -1)
        if (place := three_squares(FIRST_CHORDS[near - 1]))
    )
    near, place = found
    here = Codes(SAMPLE).columns(SAMPLE[:1])
    there = replace(here, places=here.places + np.array(place)[:, None])
    assert here.km_to(there, TOO_FAR_KM).tolist() == [near]
    assert whole_km((0, 0, 0), place) == near


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_cities_are_no_special_case(count: int) -> None:
    cities = list(SAMPLE[:count])
    scores = score_all(cities, DEFAULT_WEIGHTS)
    assert (scores.shape, scores.tolist()) == ((count, count), one_by_one(cities))


def test_two_cities_of_the_same_slug_are_refused() -> None:
    with pytest.raises(ValueError, match="same slug"):
        score_all([city("a"), city("a")], DEFAULT_WEIGHTS)


def test_weights_that_are_all_zero_are_refused_even_without_cities() -> None:
    with pytest.raises(WeightsNotUsable):
        score_all([], Weights(*(0 for _ in ComponentKind)))


def test_a_veto_holds_both_ways_and_a_visit_one_way() -> None:
    one = city("a", "GR", levels={"housing": 2}, needs={SHOP: 1}, visited={"b": "2022-05"})
    other = city("b", levels={SHOP: 2}, needs={"housing": 1})
    assert score_all([one, other], DEFAULT_WEIGHTS).tolist() == [[-1, 936], [1000, -1]]
    vetoing = replace(other, vetoes=frozenset({"a"}))
    assert score_all([one, vetoing], DEFAULT_WEIGHTS).tolist() == [[-1, -1], [-1, -1]]
