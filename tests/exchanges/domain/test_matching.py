from dataclasses import replace
from math import asin, cos, radians, sin, sqrt
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchanges.domain.matching import (
    COMPONENTS,
    DEFAULT_WEIGHTS,
    CityFacts,
    ComponentKind,
    Explanation,
    GateKind,
    Weights,
    WeightsNotUsable,
    explain,
    find_gates,
    rank_hosts,
)
from exchanges.domain.matching.distance import unit_vector, whole_km

SHOP = "one-stop-shop"
TOPICS = (SHOP, "interpreting", "labour-rights", "housing")


def city(slug: str, country: str = "IT", **facts: object) -> CityFacts:
    plain = CityFacts(
        slug=slug,
        country=country,
        latitude=45.0,
        longitude=10.0,
        working_languages=frozenset({"en"}),
        has_interpretation=False,
        levels={},
        needs={},
        hosting_capacity=1,
        guest_capacity=1,
        has_local_authority=True,
        has_umn_member=True,
    )
    return replace(plain, **facts)  # type: ignore[arg-type]


def speaks(*codes: str) -> frozenset[str]:
    return frozenset(codes)


# The assumed part of the sample programme, as far as one-stop shops are concerned.
SAMPLE = (
    city("liege", "BE", latitude=50.6326, longitude=5.5797, working_languages=speaks("fr", "en"),
         has_interpretation=True, levels={SHOP: 2}, needs={SHOP: 3}, hosting_capacity=2),
    city("brussels", "BE", latitude=50.8503, longitude=4.3517,
         working_languages=speaks("fr", "nl"), hosting_capacity=0, has_local_authority=False),
    city("sofia", "BG", latitude=42.6977, longitude=23.3219,
         working_languages=speaks("bg", "en"), levels={SHOP: 3}, needs={"interpreting": 3}),
    city("dolna-malina", "BG", latitude=42.69, longitude=23.7, working_languages=speaks("bg"),
         levels={SHOP: 0}, needs={SHOP: 3, "labour-rights": 2}, hosting_capacity=0),
    city("athens", "GR", latitude=37.9838, longitude=23.7275,
         working_languages=speaks("el", "en"), levels={SHOP: 1, "interpreting": 2},
         needs={SHOP: 3, "job-placement": 3, "interpreting": 1}),
    city("milan", "IT", latitude=45.4642, longitude=9.19,
         working_languages=speaks("it", "en", "fr"), has_interpretation=True,
         levels={"job-placement": 5, "interpreting": 2}, hosting_capacity=2),
    city("pordenone", "IT", latitude=45.9564, longitude=12.6615,
         working_languages=speaks("it", "en"), levels={SHOP: 1, "job-placement": 4},
         needs={SHOP: 2, "labour-rights": 3}),
    city("trieste", "IT", latitude=45.6495, longitude=13.7768,
         working_languages=speaks("it", "sl", "en"), levels={SHOP: 4, "interpreting": 1}),
    city("muggia", "IT", latitude=45.6037, longitude=13.7669,
         working_languages=speaks("it", "sl"), levels={SHOP: 1}, needs={SHOP: 3},
         hosting_capacity=0),
    city("ljubljana", "SI", latitude=46.0569, longitude=14.5058,
         working_languages=speaks("sl", "en", "it"), has_interpretation=True,
         levels={SHOP: 4, "interpreting": 4}),
)  # fmt: skip


def sample(slug: str) -> CityFacts:
    return next(each for each in SAMPLE if each.slug == slug)


def ranked(slug: str, *topics: str) -> tuple[Explanation, ...]:
    return rank_hosts(sample(slug), SAMPLE, DEFAULT_WEIGHTS, topics)


def gates_of(explanation: Explanation) -> set[GateKind]:
    return {gate.kind for gate in explanation.gates}


def steps(explanation: Explanation) -> int:
    return int(explanation.components[0].facts["topics"][0].steps)


# The sample programme


def test_athens_is_offered_the_cities_ahead_of_it_on_one_stop_shops() -> None:
    offered = [each for each in ranked("athens", SHOP) if not each.is_ruled_out]
    assert {each.host: steps(each) for each in offered} == {
        "ljubljana": 3,
        "trieste": 3,
        "sofia": 2,
        "liege": 1,
    }


def test_athens_sees_why_the_others_are_ruled_out() -> None:
    ruled_out = [each for each in ranked("athens", SHOP) if each.is_ruled_out]
    too_far = {GateKind.NO_CAPACITY, GateKind.NO_COMMON_LANGUAGE, GateKind.LEARNING_TOO_SMALL}
    assert {each.host: gates_of(each) for each in ruled_out} == {
        "athens": {GateKind.SAME_CITY},
        "brussels": too_far,
        "dolna-malina": too_far,
        "milan": {GateKind.LEARNING_TOO_SMALL},
        "muggia": too_far,
        "pordenone": {GateKind.LEARNING_TOO_SMALL},
    }


def test_pordenone_is_offered_ljubljana_first() -> None:
    assert [each.host for each in ranked("pordenone", SHOP)][:3] == ["ljubljana", "sofia", "liege"]


def test_pordenone_can_visit_trieste_when_the_programme_allows_the_same_country() -> None:
    pordenone, trieste = sample("pordenone"), sample("trieste")
    refused = explain(pordenone, trieste, DEFAULT_WEIGHTS, topics=[SHOP])
    allowed = explain(pordenone, trieste, DEFAULT_WEIGHTS, topics=[SHOP], allow_same_country=True)
    assert gates_of(refused) == {GateKind.SAME_COUNTRY}
    assert not allowed.is_ruled_out


# Scores


def test_explain_gives_points_and_facts_of_each_component() -> None:
    explanation = explain(sample("athens"), sample("liege"), DEFAULT_WEIGHTS, topics=[SHOP])
    learning, language, travel = explanation.components
    assert (learning.value, learning.points, learning.out_of) == (600, 418, 697)
    assert (language.points, language.facts["shared"]) == (182, ("en",))
    assert (travel.points, travel.out_of, travel.facts) == (40, 121, {"km": 2006})
    assert explanation.score == 640


@pytest.mark.parametrize(
    ("guest_level", "host_level", "value"),
    [(1, 2, 600), (1, 3, 1000), (1, 4, 1000), (0, 4, 850), (0, 5, 700)],
)
def test_learning_follows_the_levels_between_the_cities(
    guest_level: int, host_level: int, value: int
) -> None:
    guest = city("a", "GR", levels={SHOP: guest_level})
    host = city("b", levels={SHOP: host_level})
    assert explain(guest, host, DEFAULT_WEIGHTS, topics=[SHOP]).components[0].value == value


def test_learning_weighs_the_needs() -> None:
    guest = city("a", "GR", levels={"housing": 3}, needs={SHOP: 3, "housing": 1})
    host = city("b", levels={SHOP: 2, "housing": 3})
    assert explain(guest, host, DEFAULT_WEIGHTS).components[0].value == 788  # (3000 + 150) / 4


def test_a_chosen_topic_without_a_recorded_need_weighs_two() -> None:
    guest = city("a", "GR", needs={SHOP: 3})
    host = city("b", levels={"housing": 1})
    topics = explain(guest, host, DEFAULT_WEIGHTS, topics=["housing", SHOP]).components[0].facts
    assert [(each.topic, each.weight) for each in topics["topics"]] == [("housing", 2), (SHOP, 3)]


@pytest.mark.parametrize(
    ("guest_has", "host_has", "value", "interpreter"),
    [(True, True, 400, "host"), (False, True, 400, "host"), (True, False, 400, "guest")],
)
def test_interpretation_counts_less_than_a_shared_language(
    guest_has: bool, host_has: bool, value: int, interpreter: str
) -> None:
    guest = city("a", "GR", working_languages=speaks("el"), has_interpretation=guest_has)
    host = city("b", levels={SHOP: 2}, has_interpretation=host_has)
    language = explain(guest, host, DEFAULT_WEIGHTS, topics=[SHOP]).components[1]
    assert (language.value, language.facts["interpreter"]) == (value, interpreter)


def test_equal_scores_are_ranked_by_slug() -> None:
    hosts = [city(slug, levels={SHOP: 2}) for slug in ("c", "a", "b")]
    explained = rank_hosts(city("guest", "GR"), hosts, DEFAULT_WEIGHTS, [SHOP])
    assert [each.host for each in explained] == ["a", "b", "c"]


# Gates


def test_a_host_that_is_nowhere_ahead_is_ruled_out() -> None:
    guest = city("a", "GR", levels={SHOP: 3, "housing": 3}, needs={SHOP: 3, "housing": 1})
    host = city("b", levels={SHOP: 3, "housing": 3})
    (gate,) = find_gates(guest, host)
    assert (gate.kind, gate.facts["value"], gate.facts["minimum"]) == (
        GateKind.LEARNING_TOO_SMALL, 150, 200,
    )  # fmt: skip


def test_a_guest_without_needs_gets_no_host() -> None:
    (gate,) = find_gates(city("a", "GR"), city("b", levels={SHOP: 5}))
    assert gate.kind is GateKind.NO_NEEDS


def test_ones_own_city_is_ruled_out_for_that_reason_alone() -> None:
    own = city("a", hosting_capacity=0)
    assert [gate.kind for gate in find_gates(own, own)] == [GateKind.SAME_CITY]


# Weights


def test_default_weights_are_shared_out_among_the_components_in_use() -> None:
    assert DEFAULT_WEIGHTS.renormalised(COMPONENTS) == {
        ComponentKind.LEARNING: 697,
        ComponentKind.LANGUAGE: 182,
        ComponentKind.TRAVEL: 121,
    }


def test_default_weights_add_up_to_a_thousand() -> None:
    assert DEFAULT_WEIGHTS.renormalised(tuple(ComponentKind)) == {
        kind: getattr(DEFAULT_WEIGHTS, kind) for kind in ComponentKind
    }


def test_equal_weights_give_the_odd_point_to_the_first() -> None:
    equal = Weights(learning=1, language=1, travel=1)
    assert list(equal.renormalised(COMPONENTS).values()) == [334, 333, 333]


def test_weights_below_zero_are_refused() -> None:
    with pytest.raises(WeightsNotUsable):
        Weights(travel=-1)


def test_weights_that_are_all_zero_are_refused() -> None:
    nothing = Weights(learning=0, language=0, travel=0)
    with pytest.raises(WeightsNotUsable):
        nothing.renormalised(COMPONENTS)


# Distances


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


# For all cities and weights

levels = st.dictionaries(st.sampled_from(TOPICS), st.integers(0, 5))
needs = st.dictionaries(st.sampled_from(TOPICS), st.integers(1, 3))
cities = st.builds(
    city,
    st.sampled_from(["a", "b", "c", "d"]),
    st.sampled_from(["GR", "IT", "SI"]),
    latitude=st.floats(-90, 90),
    longitude=st.floats(-180, 180),
    working_languages=st.frozensets(st.sampled_from(["en", "fr", "it"]), max_size=2),
    has_interpretation=st.booleans(),
    levels=levels,
    needs=needs,
    hosting_capacity=st.integers(0, 2),
)
chosen = st.none() | st.sets(st.sampled_from(TOPICS))
weight = st.integers(0, 10**12)
any_weights = st.builds(
    Weights, learning=st.integers(1, 10**12), language=weight, dates=weight, travel=weight
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
    assert explanation.is_ruled_out or steps(explanation) > 0


@given(cities, st.lists(cities, max_size=6, unique_by=lambda each: each.slug), st.randoms())
def test_ranking_does_not_depend_on_the_order_given(
    guest: CityFacts, hosts: list[CityFacts], random: Random
) -> None:
    shuffled = list(hosts)
    random.shuffle(shuffled)
    ranking = rank_hosts(guest, hosts, DEFAULT_WEIGHTS)
    assert ranking == rank_hosts(guest, shuffled, DEFAULT_WEIGHTS)
    assert sorted(each.is_ruled_out for each in ranking) == [each.is_ruled_out for each in ranking]
