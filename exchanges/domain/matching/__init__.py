"""Which city could host which: a pair is ruled out for stated reasons, or scored in whole points.

Everything here is exact. Distances are whole kilometres, components whole per-mille, points whole
thousandths, all rounded half up, so that another implementation can give the same integers.
"""

from exchanges.domain.matching.facts import (
    CityFacts,
    Component,
    ComponentKind,
    Explanation,
    Facts,
    Gate,
    GateKind,
    TopicGain,
)
from exchanges.domain.matching.pairs import COMPONENTS, explain, find_gates, rank_hosts
from exchanges.domain.matching.weights import DEFAULT_WEIGHTS, Weights, WeightsNotUsable

__all__ = [
    "COMPONENTS",
    "DEFAULT_WEIGHTS",
    "CityFacts",
    "Component",
    "ComponentKind",
    "Explanation",
    "Facts",
    "Gate",
    "GateKind",
    "TopicGain",
    "Weights",
    "WeightsNotUsable",
    "explain",
    "find_gates",
    "rank_hosts",
]
