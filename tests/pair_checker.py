"""Whether the pairs of a plan may meet and are worth what the plan says, one pair at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from exchanges.domain.matching import CityFacts, Weights, explain, find_gates
from exchanges.plans.domain.facts import Pair, PlannedVisit

WISH_POINTS = 50


def check_pairs(
    visits: Sequence[PlannedVisit],
    facts: Mapping[str, CityFacts],
    weights: Weights,
    points: Mapping[Pair, int],
    *,
    allow_same_country: bool = False,
) -> list[str]:
    """Against what the cities told: no gate rules a pair out, and its points are what one pair
    explained by itself is worth, with its wishes. Never asks `score_all`."""
    told = []
    for guest, host in (pair for visit in visits for pair in visit.pairs):
        a, b = facts[guest], facts[host]
        for gate in find_gates(a, b, allow_same_country=allow_same_country):
            told.append(f"{guest} to {host} is ruled out: {gate.kind}.")
        wishes = (host in a.prefers) + (guest in b.prefers)
        worth = explain(a, b, weights, allow_same_country=allow_same_country).score
        worth += WISH_POINTS * wishes
        if points[guest, host] != worth:
            told.append(f"{guest} to {host} is worth {worth}, not {points[guest, host]}.")
    return told
