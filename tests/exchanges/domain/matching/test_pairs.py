from dataclasses import replace

import pytest

from exchanges.domain.matching import (
    COMPONENTS,
    DEFAULT_WEIGHTS,
    ComponentKind,
    Explanation,
    Facts,
    GateKind,
    Weights,
    WeightsNotUsable,
    explain,
    find_gates,
    rank_hosts,
)
from tests.exchanges.domain.matching.sample_cities import SAMPLE, SHOP, city, sample, speaks


def ranked(slug: str, *topics: str) -> tuple[Explanation, ...]:
    return rank_hosts(sample(slug), SAMPLE, DEFAULT_WEIGHTS, topics)


def gates_of(explanation: Explanation) -> set[GateKind]:
    return {gate.kind for gate in explanation.gates}


def value_of(explanation: Explanation, kind: ComponentKind) -> int:
    return next(each.value for each in explanation.components if each.kind is kind)


def facts_of(explanation: Explanation, kind: ComponentKind) -> Facts:
    return next(each.facts for each in explanation.components if each.kind is kind)


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


def test_pordenone_is_offered_sofia_first_that_could_learn_in_return() -> None:
    assert [each.host for each in ranked("pordenone", SHOP)][:3] == ["sofia", "ljubljana", "liege"]


def test_pordenone_can_visit_trieste_when_the_programme_allows_the_same_country() -> None:
    pordenone, trieste = sample("pordenone"), sample("trieste")
    refused = explain(pordenone, trieste, DEFAULT_WEIGHTS, topics=[SHOP])
    allowed = explain(pordenone, trieste, DEFAULT_WEIGHTS, topics=[SHOP], allow_same_country=True)
    assert gates_of(refused) == {GateKind.SAME_COUNTRY}
    assert not allowed.is_ruled_out


# Scores


def test_explain_gives_points_and_facts_of_each_component() -> None:
    explanation = explain(sample("athens"), sample("liege"), DEFAULT_WEIGHTS, topics=[SHOP])
    assert {
        each.kind: (each.value, each.points, each.out_of) for each in explanation.components
    } == {
        ComponentKind.LEARNING: (600, 276, 460),
        ComponentKind.LANGUAGE: (1000, 120, 120),
        ComponentKind.DATES: (1000, 100, 100),
        ComponentKind.TRAVEL: (331, 26, 80),
        ComponentKind.NOVELTY: (1000, 80, 80),
        ComponentKind.MIX: (1000, 80, 80),
        ComponentKind.RECIPROCITY: (0, 0, 80),
    }
    assert explanation.score == 682
    assert facts_of(explanation, ComponentKind.LANGUAGE)["shared"] == ("en",)
    assert facts_of(explanation, ComponentKind.TRAVEL) == {"km": 2006}


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


@pytest.mark.parametrize(
    ("free", "value", "common"),
    [
        (0b000010, 333, (1,)),
        (0b100010, 667, (1, 5)),
        (0b101010, 1000, (1, 3, 5)),
        (0b111111, 1000, (1, 3, 4, 5)),
        (1 << 62, 333, (62,)),
    ],
)
def test_three_common_windows_are_enough(free: int, value: int, common: tuple[int, ...]) -> None:
    guest = city("a", "GR", needs={SHOP: 3}, windows=0b111010 | 1 << 62)
    explanation = explain(guest, city("b", levels={SHOP: 2}, windows=free), DEFAULT_WEIGHTS)
    assert value_of(explanation, ComponentKind.DATES) == value
    assert facts_of(explanation, ComponentKind.DATES) == {"windows": common}


@pytest.mark.parametrize(
    ("guest_visited", "host_visited", "value", "facts"),
    [
        ({}, {}, 1000, {"visited": False, "last": "", "is_return": False}),
        ({"b": "2022-05"}, {}, 200, {"visited": True, "last": "2022-05", "is_return": False}),
        ({"b": ""}, {}, 200, {"visited": True, "last": "", "is_return": False}),
        ({}, {"a": "2022-09"}, 1000, {"visited": False, "last": "", "is_return": True}),
        ({"b": ""}, {"a": ""}, 200, {"visited": True, "last": "", "is_return": True}),
    ],
)
def test_going_back_counts_less_and_a_return_visit_does_not(
    guest_visited: dict[str, str], host_visited: dict[str, str], value: int, facts: Facts
) -> None:
    guest = city("a", "GR", needs={SHOP: 3}, visited=guest_visited)
    host = city("b", levels={SHOP: 2}, visited=host_visited)
    explanation = explain(guest, host, DEFAULT_WEIGHTS)
    assert value_of(explanation, ComponentKind.NOVELTY) == value
    assert facts_of(explanation, ComponentKind.NOVELTY) == facts


@pytest.mark.parametrize("lacking", ["has_local_authority", "has_umn_member"])
@pytest.mark.parametrize("side", ["guest", "host"])
def test_a_side_without_authority_or_member_halves_the_mix(side: str, lacking: str) -> None:
    facts: dict[str, dict[str, object]] = {
        "guest": {"needs": {SHOP: 3}},
        "host": {"levels": {SHOP: 2}},
    }
    facts[side] = {**facts[side], lacking: False}
    guest, host = city("a", "GR", **facts["guest"]), city("b", "IT", **facts["host"])
    explanation = explain(guest, host, DEFAULT_WEIGHTS)
    assert value_of(explanation, ComponentKind.MIX) == 500
    assert [
        fact for fact, holds in facts_of(explanation, ComponentKind.MIX).items() if not holds
    ] == [f"{side}_{'authority' if lacking == 'has_local_authority' else 'umn'}"]


@pytest.mark.parametrize(
    ("needs", "value", "doubled"),
    [
        ({}, 0, 0),
        ({"housing": 1}, 850, 1000),
        ({"housing": 1, "gender": 2}, 383, 766),
        ({"gender": 2}, 150, 300),
        ({"interpreting": 3}, 0, 0),
    ],
)
def test_what_the_host_could_learn_back_counts_twice(
    needs: dict[str, int], value: int, doubled: int
) -> None:
    guest = city("a", "GR", levels={"housing": 4}, needs={SHOP: 3})
    host = city("b", levels={SHOP: 2, "interpreting": 1}, needs=needs)
    explanation = explain(guest, host, DEFAULT_WEIGHTS, topics=[SHOP])
    assert value_of(explanation, ComponentKind.RECIPROCITY) == doubled
    assert facts_of(explanation, ComponentKind.RECIPROCITY)["value"] == value


def test_a_level_that_is_not_shown_can_be_learnt_by_the_city_but_not_from_it() -> None:
    shy = city("a", "GR", levels={SHOP: 3}, needs={SHOP: 3}, not_shown=frozenset({SHOP}))
    [gate] = find_gates(city("b", needs={SHOP: 3}), shy)
    assert (gate.kind, gate.facts["topics"][0].host_level) == (GateKind.LEARNING_TOO_SMALL, 0)
    assert steps(explain(shy, city("b", levels={SHOP: 5}), DEFAULT_WEIGHTS)) == 2


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


@pytest.mark.parametrize(
    ("guest_vetoes", "host_vetoes", "by"),
    [(("b",), (), "guest"), ((), ("a",), "host"), (("b",), ("a",), "both")],
)
def test_a_veto_of_either_side_rules_the_pair_out_both_ways(
    guest_vetoes: tuple[str, ...], host_vetoes: tuple[str, ...], by: str
) -> None:
    one = city("a", "GR", levels={"housing": 5}, needs={SHOP: 3}, vetoes=frozenset(guest_vetoes))
    other = city("b", levels={SHOP: 2}, needs={"housing": 1}, vetoes=frozenset(host_vetoes))
    [there], [back] = find_gates(one, other), find_gates(other, one)
    assert (there.kind, there.facts) == (GateKind.FORBIDDEN, {"by": by})
    mirrored = {"guest": "host", "host": "guest", "both": "both"}
    assert (back.kind, back.facts) == (GateKind.FORBIDDEN, {"by": mirrored[by]})


def test_booked_visits_count_against_the_capacities() -> None:
    guest = city("a", "GR", needs={SHOP: 3}, guest_capacity=2, guest_booked=2)
    host = city("b", levels={SHOP: 2}, hosting_capacity=1, hosting_booked=3)
    assert [(gate.kind, gate.facts) for gate in find_gates(guest, host)] == [
        (GateKind.NO_CAPACITY, {"hosting_capacity": 1, "booked": 3}),
        (GateKind.NO_GUEST_CAPACITY, {"guest_capacity": 2, "booked": 2}),
    ]
    free = replace(guest, guest_capacity=3), replace(host, hosting_capacity=4)
    assert find_gates(*free) == ()


def test_cities_that_are_never_free_together_are_ruled_out() -> None:
    guest = city("a", "GR", needs={SHOP: 3}, windows=0b0101)
    [gate] = find_gates(guest, city("b", levels={SHOP: 2}, windows=0b1000))
    assert (gate.kind, gate.facts) == (GateKind.NO_COMMON_WINDOW, {"guest": 2, "host": 1})


def test_gates_come_in_their_stated_order() -> None:
    guest, host = (
        city(slug, needs={SHOP: 1}, working_languages=speaks(), windows=0, vetoes=frozenset({"b"}),
             hosting_capacity=0, guest_capacity=0)
        for slug in ("a", "b")
    )  # fmt: skip
    without = replace(guest, needs={})
    kinds = [kind for kind in GateKind if kind is not GateKind.SAME_CITY]
    last = [GateKind.NO_NEEDS, GateKind.LEARNING_TOO_SMALL]
    assert [gate.kind for gate in find_gates(without, host)] == [*kinds[:-2], last[0]]
    assert [gate.kind for gate in find_gates(guest, host)] == [*kinds[:-2], last[1]]


def test_ones_own_city_is_ruled_out_for_that_reason_alone() -> None:
    own = city("a", hosting_capacity=0)
    assert [gate.kind for gate in find_gates(own, own)] == [GateKind.SAME_CITY]


# Weights


def test_all_components_are_in_use() -> None:
    assert set(COMPONENTS) == set(ComponentKind)


def test_default_weights_are_shared_out_among_some_components() -> None:
    some = (ComponentKind.LEARNING, ComponentKind.LANGUAGE, ComponentKind.TRAVEL)
    assert list(DEFAULT_WEIGHTS.renormalised(some).values()) == [697, 182, 121]


def test_default_weights_add_up_to_a_thousand() -> None:
    assert DEFAULT_WEIGHTS.renormalised(COMPONENTS) == {
        kind: getattr(DEFAULT_WEIGHTS, kind) for kind in ComponentKind
    }


def test_equal_weights_give_the_odd_points_to_the_first() -> None:
    equal = Weights(*(1 for _ in ComponentKind))
    assert list(equal.renormalised(COMPONENTS).values()) == [143] * 6 + [142]


def test_weights_below_zero_are_refused() -> None:
    with pytest.raises(WeightsNotUsable):
        Weights(travel=-1)


def test_weights_that_are_all_zero_are_refused() -> None:
    nothing = Weights(*(0 for _ in ComponentKind))
    with pytest.raises(WeightsNotUsable):
        nothing.renormalised(COMPONENTS)
