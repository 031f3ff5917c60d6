"""What is known about how far a plan can be trusted: values, and their JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from exchanges.plans.domain.facts import PlannedVisit
from exchanges.plans.domain.snapshot import visit_data, visits_of

MOSTLY = 2 / 3


class StabilityLevel(StrEnum):
    STABLE = "stable"
    MOSTLY = "mostly"
    FRAGILE = "fragile"


class LeftOutKind(StrEnum):
    """Why a city is not in the plan."""

    NO_PAIR = "no_pair"
    NO_ROOM = "no_room"
    LOSES = "loses"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another plan; `score` are the points of its pairs."""

    visits: tuple[PlannedVisit, ...]
    score: int
    objective: int
    taking_part: tuple[str, ...]
    is_proven: bool


@dataclass(frozen=True, slots=True)
class FairnessPrice:
    """The plan for the best pairs only: it has `price` points more."""

    score: int
    price: int
    taking_part: tuple[str, ...]
    visits: tuple[PlannedVisit, ...]
    is_proven: bool


@dataclass(frozen=True, slots=True)
class Stability:
    """Of `runs` with other weights, `same` gave the same visits; `visits` counts for each visit of
    the plan. `changed` are the weights that changed it, and whether they were raised."""

    runs: int
    same: int
    visits: tuple[int, ...]
    changed: tuple[tuple[str, bool], ...]

    @property
    def level(self) -> StabilityLevel:
        return self.level_of(self.same)

    def level_of(self, count: int) -> StabilityLevel:
        if count == self.runs:
            return StabilityLevel.STABLE
        if count >= MOSTLY * self.runs:
            return StabilityLevel.MOSTLY
        return StabilityLevel.FRAGILE


@dataclass(frozen=True, slots=True)
class WorstOff:
    """What a city gets: the best of its visits, which is its `rank`th best of so many `options`.

    One that does not travel has no host, no points and rank 0.
    """

    city: str
    host: str
    points: int
    rank: int
    options: int
    best_host: str
    best_points: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """By kind:

    - no_pair: `gates`, with how many other cities each rules it out
    - no_room: no plan under these rules has it, whatever it costs
    - loses: with it the plan would be `visits`, with so much less of the objective and the score
    - not_asked: there was no time, or the network is too large
    """

    city: str
    kind: LeftOutKind
    gates: tuple[tuple[str, int], ...] = ()
    loss: int = 0
    score_loss: int = 0
    visits: tuple[PlannedVisit, ...] = ()


@dataclass(frozen=True, slots=True)
class Analysis:
    """Without `is_small` only what needs no solver is there; without `is_complete` the time did
    not suffice for all."""

    alternatives: tuple[Alternative, ...] = ()
    fairness: FairnessPrice | None = None
    stability: Stability | None = None
    worst_off: WorstOff | None = None
    left_out: tuple[LeftOut, ...] = ()
    is_small: bool = True
    is_complete: bool = True


def analysis_data(analysis: Analysis) -> dict[str, Any]:
    fairness, stability, worst = analysis.fairness, analysis.stability, analysis.worst_off
    return {
        "alternatives": [_fields(each) for each in analysis.alternatives],
        "fairness": _fields(fairness) if fairness else None,
        "stability": _fields(stability) if stability else None,
        "worst_off": _fields(worst) if worst else None,
        "left_out": [_fields(each) for each in analysis.left_out],
        "is_small": analysis.is_small,
        "is_complete": analysis.is_complete,
    }


def analysis_of(data: Mapping[str, Any] | None) -> Analysis | None:
    """None while there is none, and when the analysis failed."""
    if not data or "failure" in data:
        return None
    fairness, stability, worst = data["fairness"], data["stability"], data["worst_off"]
    return Analysis(
        alternatives=tuple(Alternative(**_read(each)) for each in data["alternatives"]),
        fairness=FairnessPrice(**_read(fairness)) if fairness else None,
        stability=_stability(stability) if stability else None,
        worst_off=WorstOff(**worst) if worst else None,
        left_out=tuple(_left_out(each) for each in data["left_out"]),
        is_small=data["is_small"],
        is_complete=data["is_complete"],
    )


def _fields(value: Any) -> dict[str, Any]:
    found = {name: getattr(value, name) for name in type(value).__slots__}
    if visits := found.get("visits"):
        found["visits"] = [_visit(each) for each in visits]
    return found


def _visit(each: PlannedVisit | int) -> dict[str, Any] | int:
    return visit_data(each) if isinstance(each, PlannedVisit) else each


def _read(data: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: tuple(each) if isinstance(each, list) else each for name, each in data.items()}
    return found | {"visits": visits_of(data["visits"])}


def _stability(data: Mapping[str, Any]) -> Stability:
    return Stability(
        data["runs"], data["same"], tuple(data["visits"]), tuple(_pairs(data["changed"]))
    )


def _left_out(data: Mapping[str, Any]) -> LeftOut:
    gates = tuple(_pairs(data["gates"]))
    return LeftOut(**(_read(data) | {"kind": LeftOutKind(data["kind"]), "gates": gates}))


def _pairs(rows: Iterable[Iterable[Any]]) -> Iterable[Any]:
    return (tuple(row) for row in rows)
