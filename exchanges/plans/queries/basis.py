"""What a plan was made from, for its readers."""

from __future__ import annotations

from dataclasses import dataclass

from exchanges.domain.matching import COMPONENTS
from exchanges.models import PlanPair
from exchanges.plans.domain import Pair
from exchanges.plans.queries.reasons import said_of_pairs
from exchanges.plans.words.basis import _rules
from exchanges.plans.words.page import PlanPage, PlanPlace
from exchanges.words.matching.components import LABELS

PairSaid = tuple[PlanPlace, PlanPlace, PlanPair | None]


@dataclass(frozen=True, slots=True)
class Basis:
    rules: tuple[tuple[str, str], ...]
    weights: tuple[tuple[str, int], ...]
    fixed: tuple[PairSaid, ...]
    forbidden: tuple[PairSaid, ...]
    cities: tuple[str, ...]


def basis_of(page: PlanPage) -> Basis:
    request = page.request
    return Basis(
        rules=tuple(_rules(page)),
        weights=tuple((str(LABELS[kind]), getattr(request.weights, kind)) for kind in COMPONENTS),
        fixed=_said(page, request.fixed),
        forbidden=_said(page, request.forbidden),
        cities=tuple(name for _slug, name in page.choices()),
    )


def _said(page: PlanPage, pairs: frozenset[Pair]) -> tuple[PairSaid, ...]:
    return tuple(said_of_pairs(page, pairs))
