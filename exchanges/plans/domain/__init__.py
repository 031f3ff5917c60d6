"""The best set of visits for a programme as a whole, with a proof of how good it is."""

from exchanges.plans.domain.facts import (
    Binding,
    BindingKind,
    Budget,
    Method,
    Pair,
    PlanCity,
    PlannedVisit,
    PlanProblem,
    PlanResult,
    Progress,
    Unmet,
    UnmetKind,
)
from exchanges.plans.domain.obstacles import Obstacle, ObstacleKind, find_obstacles
from exchanges.plans.domain.solve import solve

__all__ = [
    "Binding",
    "BindingKind",
    "Budget",
    "Method",
    "Obstacle",
    "ObstacleKind",
    "Pair",
    "PlanCity",
    "PlanProblem",
    "PlanResult",
    "PlannedVisit",
    "Progress",
    "Unmet",
    "UnmetKind",
    "find_obstacles",
    "solve",
]
