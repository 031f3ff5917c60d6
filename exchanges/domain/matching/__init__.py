"""Which city could host which: a pair is ruled out for stated reasons, or scored in whole points.

Everything here is exact. Distances are whole kilometres, components whole per-mille, points whole
thousandths, all rounded half up, so that another implementation can give the same integers. Two
such are `scores` for all pairs and `index` for the best of very many; `advice` says what would open
more. They are imported by name, as they are needed.
"""

from exchanges.domain.matching.components import COMPONENTS, common_windows
from exchanges.domain.matching.facts import (
    CityFacts,
    Component,
    Explanation,
    Facts,
    Gate,
    GateKind,
    TopicGain,
)
from exchanges.domain.matching.gates import find_gates
from exchanges.domain.matching.pairs import explain, rank_hosts
from exchanges.domain.matching.weights import (
    DEFAULT_WEIGHTS,
    ComponentKind,
    Weights,
    WeightsNotUsable,
)

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
    "common_windows",
    "explain",
    "find_gates",
    "rank_hosts",
]
