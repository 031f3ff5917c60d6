"""What would change it for a city that is ruled out, gate by gate."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from exchanges.domain.matching import GateKind
from exchanges.words.matching.data import Pair
from exchanges.words.matching.gates import GATE_WORDS
from exchanges.words.matching.matches import Match, Reason
from exchanges.words.matching.ways import other_topics


@dataclass(frozen=True, slots=True)
class Remedy:
    """A gate with sentences on what would open it, and other topics (slug, name) that would."""

    reason: Reason
    ways: tuple[str, ...]
    topics: tuple[tuple[str, str], ...] = ()


def remedies_for(match: Match, topics: Collection[str]) -> list[Remedy]:
    """One a gate, in their order; none for a city that is possible."""
    if not match.gates:
        return []
    facts, found = match.matching.facts, match.explanation
    pair = Pair(match.matching, facts[found.guest], facts[found.host], match.side, topics)
    return [
        Remedy(
            reason,
            tuple(str(way) for way in GATE_WORDS[gate.kind].remedy(gate.facts, pair)),
            other_topics(pair) if gate.kind is GateKind.LEARNING_TOO_SMALL else (),
        )
        for gate, reason in zip(match.gates, match.reasons, strict=True)
    ]
