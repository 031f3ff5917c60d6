"""Why a pair is in a plan, or why it is not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from exchanges.domain.matching import Explanation, explain
from exchanges.models import PlanPair
from exchanges.plans.domain import Pair
from exchanges.plans.domain.problem import points_of
from exchanges.plans.words.page import PlanPage, PlanPlace, VisitRow
from exchanges.words.matching.components import LABELS
from exchanges.words.matching.data import Names
from exchanges.words.matching.reasons import Tone, gate_words, sentence, tone


@dataclass(frozen=True, slots=True)
class PairReason:
    words: str
    is_caution: bool


@dataclass(frozen=True, slots=True)
class PairWhy:
    """`points` are the score and what wishes add. `gates` rule it out, else `reasons` speak for it,
    as the guest reads them."""

    guest: PlanPlace
    host: PlanPlace
    score: int
    points: int
    parts: tuple[tuple[str, int], ...]
    reasons: tuple[PairReason, ...]
    gates: tuple[str, ...]

    @property
    def wishes(self) -> int:
        return self.points - self.score


class FateKind(StrEnum):
    """What a plan says of a pair, the first that applies."""

    IN_IT = "in_it"
    RULED_OUT = "ruled_out"
    FORBIDDEN = "forbidden"
    BETTER = "better"


@dataclass(frozen=True, slots=True)
class PairFate:
    """`row` is the visit that has it; `said` what the office says of the pair now."""

    kind: FateKind
    why: PairWhy
    row: VisitRow | None
    said: PlanPair | None


def why(page: PlanPage, pair: Pair, names: Names) -> PairWhy:
    guest, host = (page.places[slug] for slug in pair)
    found = explanation(page, pair)
    cities = tuple(page.by_slug[slug] for slug in pair)
    points = points_of(replace(page.request, cities=cities)).get(pair, 0)
    return PairWhy(
        guest=guest,
        host=host,
        score=found.score,
        points=points,
        parts=tuple((str(LABELS[each.kind]), each.points) for each in found.components),
        reasons=tuple(
            PairReason(sentence(each, names), tone(each) == Tone.CAUTION)
            for each in found.components
        ),
        gates=tuple(gate_words(gate, guest.name, host.name) for gate in found.gates),
    )


def explanation(page: PlanPage, pair: Pair) -> Explanation:
    """Explain it by the profiles, weeks and weights of the snapshot."""
    guest, host = (page.by_slug[slug].facts for slug in pair)
    allowed = page.request.allow_same_country
    return explain(guest, host, page.request.weights, allow_same_country=allowed)
