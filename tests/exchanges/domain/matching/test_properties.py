"""What holds for all cities and weights."""

from math import asin, cos, radians, sin, sqrt
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from exchanges.domain.matching import (
    DEFAULT_WEIGHTS,
    CityFacts,
    ComponentKind,
    Weights,
    explain,
    find_gates,
    rank_hosts,
)
from exchanges.domain.matching.distance import unit_vector, whole_km
from exchanges.domain.matching.facts import ALL_WINDOWS
from tests.exchanges.domain.matching.sample_cities import SHOP, city

TOPICS = (SHOP, "interpreting", "labour-rights", "housing")


def haversine(a: CityFacts, b: CityFacts) -> float:
    phi_a, phi_b = radians(a.latitude), radians(b.latitude)
    across = radians(b.longitude - a.longitude)
    half = sin((phi_b - phi_a) / 2) ** 2 + cos(phi_a) * cos(phi_b) * sin(across / 2) ** 2
    return 2 * 6371 * asin(sqrt(min(1.0, half)))


def km_between(a: CityFacts, b: CityFacts) -> int:
    return whole_km(unit_vector(a.latitude, a.longitude), unit_vector(b.latitude, b.longitude))


def test_distance_of_antipodes_is_half_the_circumference() -> None:
    north, south = city("n", latitude=90.0), city("s", latitude=-90.0)
    assert km_between(north, south) == 20015


slugs = st.sampled_from(["a", "b", "c", "d"])
levels = st.dictionaries(st.sampled_from(TOPICS), st.integers(0, 5))
needs = st.dictionaries(st.sampled_from(TOPICS), st.integers(1, 3))
cities = st.builds(
    city,
    slugs,
    st.sampled_from(["GR", "IT", "SI"]),
    latitude=st.floats(-90, 90),
    longitude=st.floats(-180, 180),
    working_languages=st.frozensets(st.sampled_from(["en", "fr", "it"]), max_size=2),
    has_interpretation=st.booleans(),
    levels=levels,
    needs=needs,
    hosting_capacity=st.integers(0, 2),
    guest_capacity=st.integers(0, 2),
    hosting_booked=st.integers(0, 2),
    guest_booked=st.integers(0, 2),
    windows=st.integers(0, ALL_WINDOWS) | st.integers(0, 7),
    has_local_authority=st.booleans(),
    has_umn_member=st.booleans(),
    not_shown=st.frozensets(st.sampled_from(TOPICS), max_size=2),
    visited=st.dictionaries(slugs, st.sampled_from(["", "2022-05"]), max_size=2),
    vetoes=st.frozensets(slugs, max_size=1),
)
chosen = st.none() | st.sets(st.sampled_from(TOPICS))
weight = st.integers(0, 10**12)
any_weights = st.builds(
    Weights, st.integers(1, 10**12), weight, weight, weight, weight, weight, weight
)


@given(cities, cities, any_weights, chosen)
def test_score_is_the_sum_of_components_between_0_and_1000(
    guest: CityFacts, host: CityFacts, weights: Weights, topics: set[str] | None
) -> None:
    explanation = explain(guest, host, weights, topics=topics)
    assert 0 <= explanation.score <= 1000
    assert explanation.score == sum(each.points for each in explanation.components)
    assert all(0 <= each.points <= each.out_of for each in explanation.components)
    assert bool(explanation.components) is not explanation.is_ruled_out


@given(any_weights, st.sets(st.sampled_from(ComponentKind)))
def test_renormalised_weights_add_up_to_1000_and_stay_within_a_point(
    weights: Weights, others: set[ComponentKind]
) -> None:
    kinds = tuple(kind for kind in ComponentKind if kind in others | {ComponentKind.LEARNING})
    share = weights.renormalised(kinds)
    total = sum(getattr(weights, kind) for kind in kinds)
    assert sum(share.values()) == 1000
    assert all(abs(share[kind] * total - getattr(weights, kind) * 1000) < total for kind in kinds)


@given(cities, cities)
def test_distance_is_the_haversine_rounded_and_the_same_both_ways(
    a: CityFacts, b: CityFacts
) -> None:
    assert km_between(a, b) == km_between(b, a)
    # Near antipodes the haversine itself loses a few metres to rounding.
    assert abs(km_between(a, b) - haversine(a, b)) <= 0.501


@given(cities, st.lists(cities, max_size=6), any_weights, st.integers(1, 10**6), chosen)
def test_ranking_stays_when_all_weights_are_multiplied(
    guest: CityFacts,
    hosts: list[CityFacts],
    weights: Weights,
    factor: int,
    topics: set[str] | None,
) -> None:
    scaled = Weights(*(getattr(weights, kind) * factor for kind in ComponentKind))
    assert rank_hosts(guest, hosts, weights, topics) == rank_hosts(guest, hosts, scaled, topics)


@given(cities, cities, any_weights, chosen)
def test_gates_do_not_depend_on_weights(
    guest: CityFacts, host: CityFacts, weights: Weights, topics: set[str] | None
) -> None:
    gates = find_gates(guest, host, topics=topics)
    assert explain(guest, host, weights, topics=topics).gates == gates


@given(cities, cities, chosen)
def test_whoever_passes_the_gates_is_ahead_on_a_topic(
    guest: CityFacts, host: CityFacts, topics: set[str] | None
) -> None:
    explanation = explain(guest, host, DEFAULT_WEIGHTS, topics=topics)
    assert explanation.is_ruled_out or explanation.components[0].facts["topics"][0].steps > 0


@given(cities, st.lists(cities, max_size=6, unique_by=lambda each: each.slug), st.randoms())
def test_ranking_does_not_depend_on_the_order_given(
    guest: CityFacts, hosts: list[CityFacts], random: Random
) -> None:
    shuffled = list(hosts)
    random.shuffle(shuffled)
    ranking = rank_hosts(guest, hosts, DEFAULT_WEIGHTS)
    assert ranking == rank_hosts(guest, shuffled, DEFAULT_WEIGHTS)
    assert sorted(each.is_ruled_out for each in ranking) == [each.is_ruled_out for each in ranking]
