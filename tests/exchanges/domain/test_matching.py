import pytest

from exchanges.domain.matching import (
    COMPONENTS,
    DEFAULT_WEIGHTS,
    ComponentKind,
    Explanation,
    GateKind,
    Weights,
    WeightsNotUsable,
    explain,
    find_gates,
    rank_hosts,
)
from tests.exchanges.domain.sample_cities import SAMPLE, SHOP, city, sample, speaks


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
    all_three = {GateKind.NO_CAPACITY, GateKind.NO_COMMON_LANGUAGE, GateKind.LEARNING_TOO_SMALL}
    assert {each.host: gates_of(each) for each in ruled_out} == {
        "athens": {GateKind.SAME_CITY},
        "brussels": all_three,
        "dolna-malina": all_three,
        "milan": {GateKind.LEARNING_TOO_SMALL},
        "muggia": all_three,
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
