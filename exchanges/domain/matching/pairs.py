"""One pair of cities: ruled out, or scored."""

from collections.abc import Collection, Iterable

from exchanges.domain.matching.components import COMPONENTS, worths_of
from exchanges.domain.matching.exact import divide
from exchanges.domain.matching.facts import CityFacts, Component, Explanation
from exchanges.domain.matching.gates import gates_of
from exchanges.domain.matching.learning import find_gains
from exchanges.domain.matching.weights import Weights


def explain(
    guest: CityFacts,
    host: CityFacts,
    weights: Weights,
    *,
    topics: Collection[str] | None = None,
    allow_same_country: bool = False,
) -> Explanation:
    """Return why `guest` should or cannot visit `host`.

    Only `topics` count when some are given, else all needs of the guest. Raises WeightsNotUsable
    when no component has a weight.
    """
    share = weights.renormalised(COMPONENTS)
    gains = find_gains(guest, host, topics)
    gates = gates_of(guest, host, gains, allow_same_country=allow_same_country)
    if gates:
        return Explanation(guest.slug, host.slug, gates, (), 0)
    components = tuple(
        Component(kind, value, divide(share[kind] * value, 1000), share[kind], facts)
        for kind, (value, facts) in worths_of(guest, host, gains).items()
    )
    score = sum(component.points for component in components)
    return Explanation(guest.slug, host.slug, (), components, score)


def rank_hosts(
    guest: CityFacts,
    hosts: Iterable[CityFacts],
    weights: Weights,
    topics: Collection[str] | None = None,
    *,
    allow_same_country: bool = False,
) -> tuple[Explanation, ...]:
    """Best first, equal scores by slug; the hosts that are ruled out follow, by slug."""
    explained = (
        explain(guest, host, weights, topics=topics, allow_same_country=allow_same_country)
        for host in hosts
    )
    return tuple(sorted(explained, key=lambda each: (each.is_ruled_out, -each.score, each.host)))
