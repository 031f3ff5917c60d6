from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchanges.domain.matching import CityFacts, GateKind, find_gates
from exchanges.domain.matching.advice import Advice, InTheWay, changes_that_help
from exchanges.domain.matching.changes import ChangeKind, changed, possible_changes
from exchanges.domain.matching.facts import ALL_WINDOWS
from exchanges.enums import Side
from tests.exchanges.domain.matching.sample_cities import SHOP, city, speaks
from tests.exchanges.domain.matching.strategies import networks

GUEST = city("athens", "GR", needs={SHOP: 3}, windows=0b1)
HOST = city("trieste", levels={SHOP: 2}, windows=0b1)


def open_to(own: CityFacts, others: Iterable[CityFacts], side: Side) -> set[str]:
    return {
        other.slug
        for other in others
        if not (find_gates(own, other) if side == Side.GUEST else find_gates(other, own))
    }


def kinds(advice: Advice) -> list[ChangeKind]:
    return [change.kind for change in advice.changes]


def test_a_city_without_others_gets_no_advice() -> None:
    assert changes_that_help(GUEST, [GUEST], Side.GUEST) == Advice(Side.GUEST, (), (), (), ())


def test_what_stands_in_the_way_is_counted() -> None:
    others = [
        HOST,
        replace(HOST, slug="deaf", working_languages=speaks()),
        replace(HOST, slug="busy", windows=0b10),
        replace(HOST, slug="busy-and-deaf", windows=0b10, working_languages=speaks()),
    ]
    advice = changes_that_help(GUEST, others, Side.GUEST)
    assert advice.partners == ("trieste",)
    assert advice.in_the_way == (
        InTheWay(GateKind.NO_COMMON_WINDOW, 2, 1),
        InTheWay(GateKind.NO_COMMON_LANGUAGE, 2, 1),
    )


def test_one_more_fortnight_is_found_when_it_opens_more_than_a_week() -> None:
    hosts = [
        replace(HOST, slug=f"host-{number}", windows=1 << window)
        for number, window in enumerate([9, 9, 9, 10, 10, 20])
    ]
    advice = changes_that_help(GUEST, hosts, Side.GUEST, can_free=0b11 << 9 | 1 << 20)
    assert [(each.facts["windows"], len(each.opens)) for each in advice.changes] == [
        ((9,), 3), ((9, 10), 5), ((20,), 1),
    ]  # fmt: skip


def test_only_weeks_that_can_be_freed_are_suggested() -> None:
    host = replace(HOST, windows=0b1100)
    assert changes_that_help(GUEST, [host], Side.GUEST, can_free=0b10).changes == ()
    [change] = changes_that_help(GUEST, [host], Side.GUEST, can_free=0b1000).changes
    assert change.facts == {"windows": (3,)}


@pytest.mark.parametrize(
    ("own", "other", "side", "kind", "facts"),
    [
        (GUEST, replace(HOST, working_languages=speaks("it")), Side.GUEST,
         ChangeKind.ADD_LANGUAGE, {"language": "it"}),
        (GUEST, replace(HOST, working_languages=speaks()), Side.GUEST,
         ChangeKind.OFFER_INTERPRETATION, {}),
        (replace(GUEST, guest_capacity=2, guest_booked=2), HOST, Side.GUEST,
         ChangeKind.TRAVEL_ONCE, {"guest_capacity": 3}),
        (replace(GUEST, needs={}), HOST, Side.GUEST,
         ChangeKind.ADD_NEED, {"topic": SHOP, "weight": 2}),
        (replace(HOST, hosting_capacity=0), GUEST, Side.HOST,
         ChangeKind.HOST_ONCE, {"hosting_capacity": 1}),
        (replace(HOST, hosting_booked=2), GUEST, Side.HOST,
         ChangeKind.HOST_ONCE, {"hosting_capacity": 3}),
        (replace(HOST, not_shown=frozenset({SHOP})), GUEST, Side.HOST,
         ChangeKind.SHOW_TOPIC, {"topic": SHOP, "level": 2}),
        (replace(HOST, levels={}), GUEST, Side.HOST,
         ChangeKind.TELL_LEVEL, {"topic": SHOP, "level": 3}),
    ],
)  # fmt: skip
def test_the_change_that_would_help_is_named(
    own: CityFacts, other: CityFacts, side: Side, kind: ChangeKind, facts: dict[str, object]
) -> None:
    change = changes_that_help(own, [other], side).changes[0]
    assert (change.kind, change.facts, change.opens) == (kind, facts, (other.slug,))


def test_a_city_that_is_behind_is_not_told_to_claim_more() -> None:
    behind = replace(HOST, levels={SHOP: 0})
    advice = changes_that_help(behind, [GUEST], Side.HOST)
    assert (advice.changes, advice.together) == ((), ())
    assert advice.in_the_way == (InTheWay(GateKind.LEARNING_TOO_SMALL, 1, 1),)


def test_a_veto_is_never_argued_with() -> None:
    host = replace(HOST, working_languages=speaks("it"), vetoes=frozenset({"athens"}))
    advice = changes_that_help(GUEST, [host], Side.GUEST)
    assert (advice.changes, advice.together) == ((), ())


def test_a_need_that_would_lose_a_partner_is_charged_for_it() -> None:
    levels = {"housing": 4, "interpreting": 5, SHOP: 1}
    guest = replace(GUEST, needs={"housing": 1, "interpreting": 1}, levels=levels)
    keen = replace(HOST, slug="keen", levels={"housing": 5})
    shops = [replace(HOST, slug=f"shop-{number}", levels={SHOP: 3}) for number in range(3)]
    advice = changes_that_help(guest, [keen, *shops], Side.GUEST)
    assert advice.partners == ("keen",)
    [change] = advice.changes
    assert (change.opens, change.closes) == (("shop-0", "shop-1", "shop-2"), ("keen",))
    assert changes_that_help(guest, [keen, shops[0]], Side.GUEST).changes == ()


def test_changes_that_only_help_together_are_given_together() -> None:
    guest = replace(GUEST, guest_capacity=0, working_languages=speaks(), needs={})
    advice = changes_that_help(guest, [HOST, replace(HOST, slug="milan")], Side.GUEST)
    assert advice.changes == ()
    assert [(each.kind, each.opens) for each in advice.together] == [
        (ChangeKind.ADD_NEED, ("milan", "trieste")),
        (ChangeKind.ADD_LANGUAGE, ("milan", "trieste")),
        (ChangeKind.TRAVEL_ONCE, ("milan", "trieste")),
    ]


@settings(max_examples=40, deadline=None)
@given(networks(), st.sampled_from(Side), st.integers(0, ALL_WINDOWS) | st.integers(0, 7))
def test_each_change_opens_and_closes_what_it_says(
    network: list[CityFacts], side: Side, can_free: int
) -> None:
    for own in network:
        advice = changes_that_help(own, network, side, can_free=can_free, most=100)
        assert set(advice.partners) == open_to(own, network, side)
        for change in advice.changes:
            after = open_to(changed(own, change), network, side)
            assert set(change.opens) == after - set(advice.partners)
            assert set(change.closes) == set(advice.partners) - after
        assert all(
            (len(one.opens) - len(one.closes)) * other.cost
            >= (len(other.opens) - len(other.closes)) * one.cost
            for one, other in pairwise(advice.changes)
        )


@settings(max_examples=40, deadline=None)
@given(networks(), st.sampled_from(Side), st.integers(0, 7))
def test_no_change_that_opens_more_for_its_cost_is_missed(
    network: list[CityFacts], side: Side, can_free: int
) -> None:
    for own in network:
        others = [each for each in network if each.slug != own.slug]
        advice = changes_that_help(own, network, side, can_free=can_free)
        best = max(
            (
                (len(open_to(changed(own, change), others, side)) - len(advice.partners))
                / change.cost
                for change in possible_changes(own, others, side, can_free)
            ),
            default=0.0,
        )
        first = advice.changes[0] if advice.changes else None
        found = (len(first.opens) - len(first.closes)) / first.cost if first else 0.0
        assert found == pytest.approx(max(best, 0.0))


@settings(max_examples=40, deadline=None)
@given(networks(), st.sampled_from(Side))
def test_changes_given_together_open_what_they_say_and_none_is_idle(
    network: list[CityFacts], side: Side
) -> None:
    for own in network:
        advice = changes_that_help(own, network, side, can_free=ALL_WINDOWS)
        changes = advice.together
        if not changes:
            continue
        assert not advice.partners
        after = own
        for change in changes:
            after = changed(after, change)
        assert set(changes[0].opens) <= open_to(after, network, side)
        for left_out in changes:
            fewer = own
            for change in changes:
                fewer = fewer if change is left_out else changed(fewer, change)
            assert not set(left_out.opens) & open_to(fewer, network, side)
