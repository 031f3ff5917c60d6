"""All pairs at once give what one pair at a time gives, to the point."""

from collections.abc import Collection
from dataclasses import replace
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
from exchanges.domain.matching.scores import score_all
from tests.benchmarks.some_cities import some_cities
from tests.exchanges.domain.matching_strategies import any_weights, networks, topics
from tests.exchanges.domain.sample_cities import SAMPLE, SHOP, city, speaks


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


@settings(deadline=None)
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


def test_very_many_needs_are_counted_exactly() -> None:
    needs = {f"topic-{number}": 3 for number in range(9000)}
    shown = dict.fromkeys(list(needs)[:999], 1)  # just below the minimum: 199.9 per mille
    guest = city("guest", "GR", needs=needs)
    hosts = [
        city("just", levels={**shown, "topic-1000": 1, "topic-1001": 1}),
        city("not-quite", levels=shown),
    ]
    cities = [guest, *hosts]
    assert score_all(cities, DEFAULT_WEIGHTS).tolist() == one_by_one(cities)


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
