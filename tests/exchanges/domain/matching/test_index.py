"""The index gives what ranking all hosts one by one would give, down to the order of ties."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchanges.domain.matching import (
    DEFAULT_WEIGHTS,
    CityFacts,
    ComponentKind,
    Explanation,
    Weights,
    WeightsNotUsable,
    rank_hosts,
)
from exchanges.domain.matching.index import HostIndex
from tests.benchmarks.some_cities import some_cities
from tests.exchanges.domain.matching.sample_cities import SAMPLE, SHOP, city, sample, speaks
from tests.exchanges.domain.matching.strategies import any_weights, cities, networks, topics


def by_ranking_all(
    guest: CityFacts,
    hosts: list[CityFacts],
    count: int,
    weights: Weights = DEFAULT_WEIGHTS,
    chosen: frozenset[str] | None = None,
    *,
    allow_same_country: bool = False,
) -> tuple[Explanation, ...]:
    ranked = rank_hosts(guest, hosts, weights, chosen, allow_same_country=allow_same_country)
    return tuple(each for each in ranked if not each.is_ruled_out)[:count]


@settings(max_examples=40, deadline=None)
@given(
    cities(),
    networks(),
    st.integers(0, 10),
    any_weights,
    st.none() | st.frozensets(topics),
    st.booleans(),
)
def test_top_is_the_beginning_of_the_ranking(
    guest: CityFacts,
    hosts: list[CityFacts],
    count: int,
    weights: Weights,
    chosen: frozenset[str] | None,
    allow_same_country: bool,
) -> None:
    top = HostIndex(hosts).top(
        guest, count, weights, topics=chosen, allow_same_country=allow_same_country
    )
    assert top == by_ranking_all(
        guest, hosts, count, weights, chosen, allow_same_country=allow_same_country
    )


@settings(max_examples=40, deadline=None)
@given(cities(), st.integers(0, 20), any_weights)
def test_equal_hosts_come_by_slug(guest: CityFacts, count: int, weights: Weights) -> None:
    plain = city("x", "SI", levels={SHOP: 3}, working_languages=speaks("en", "fr", "it"))
    hosts = [replace(plain, slug=f"host-{number * 7 % 16}") for number in range(16)]
    assert HostIndex(hosts).top(guest, count, weights) == by_ranking_all(
        guest, hosts, count, weights
    )


@pytest.mark.parametrize("count", [1, 20, 500])
def test_top_of_several_hundred_hosts_with_sparse_topics(count: int) -> None:
    names = [f"topic-{number}" for number in range(60)]
    hosts = some_cities(400, seed=2, topics=names, told=9)
    index = HostIndex(hosts)
    for guest in hosts[:40]:
        assert index.top(guest, count, DEFAULT_WEIGHTS) == by_ranking_all(guest, hosts, count)


def test_the_sample_programme_is_ranked_alike() -> None:
    top = HostIndex(SAMPLE).top(sample("athens"), 3, DEFAULT_WEIGHTS, topics=[SHOP])
    assert [(each.host, each.score) for each in top] == [
        ("sofia", 986), ("ljubljana", 889), ("trieste", 888),
    ]  # fmt: skip


def test_a_guest_from_elsewhere_needs_not_be_in_the_index() -> None:
    guest = city("tartu", "EE", needs={SHOP: 3}, working_languages=speaks("et", "en"))
    hosts = list(SAMPLE)
    assert HostIndex(hosts).top(guest, 9, DEFAULT_WEIGHTS) == by_ranking_all(guest, hosts, 9)
    deaf = replace(guest, working_languages=speaks("et"))
    assert HostIndex(hosts).top(deaf, 9, DEFAULT_WEIGHTS) == by_ranking_all(deaf, hosts, 9)


def test_a_city_is_not_offered_what_it_was_when_the_index_was_built() -> None:
    before = city("trieste", levels={SHOP: 4})
    now = city("trieste", levels={SHOP: 1}, needs={SHOP: 3})
    assert HostIndex([before]).top(now, 9, DEFAULT_WEIGHTS, allow_same_country=True) == ()


@pytest.mark.parametrize("hosts", [[], [city("a", "GR")]])
def test_an_index_of_hardly_any_host_offers_none(hosts: list[CityFacts]) -> None:
    assert HostIndex(hosts).top(city("b", needs={SHOP: 1}), 20, DEFAULT_WEIGHTS) == ()


def test_a_negative_count_gives_nothing() -> None:
    assert HostIndex(SAMPLE).top(sample("athens"), -1, DEFAULT_WEIGHTS) == ()


def test_two_hosts_of_the_same_slug_are_refused() -> None:
    with pytest.raises(ValueError, match="same slug"):
        HostIndex([city("a"), city("a")])


def test_weights_that_are_all_zero_are_refused() -> None:
    nothing = Weights(*(0 for _ in ComponentKind))
    with pytest.raises(WeightsNotUsable):
        HostIndex(SAMPLE).top(sample("athens"), 20, nothing)
