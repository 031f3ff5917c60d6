"""Everything that a plan is made from, as one value that is stored and never changes.

Its canonical JSON (sorted keys, no floats) is known by its SHA-256. The problem for the solver
follows from it alone, so that a stored plan can be solved again years later.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from exchanges.domain.dates import DateRange
from exchanges.domain.matching import CityFacts, Weights
from exchanges.enums import Fairness
from exchanges.plans.domain.facts import Pair, PlannedVisit

USUAL_SHARE = 40
"""Per cent of the exchanges that one country hosts at most."""


@dataclass(frozen=True, slots=True)
class RequestCity:
    """A city as it was when the plan was asked for.

    `places` and `delegation` are people. `is_in` says that it takes part in a visit of the
    programme already, so that the plan gains nothing from letting it take part for once.
    """

    facts: CityFacts
    places: int
    delegation: int
    credit: int = 0
    is_in: bool = False

    @property
    def slug(self) -> str:
        return self.facts.slug

    @property
    def hosting_left(self) -> int:
        return max(0, self.facts.hosting_capacity - self.facts.hosting_booked)

    @property
    def guest_left(self) -> int:
        return max(0, self.facts.guest_capacity - self.facts.guest_booked)


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """`country_share` is in per cent. `previous` are the visits of the plan that is repaired."""

    windows: tuple[DateRange, ...]
    cities: tuple[RequestCity, ...]
    weights: Weights
    exchanges: int
    fairness: Fairness
    country_share: int = USUAL_SHARE
    allow_same_country: bool = False
    needs_authority_host: bool = False
    needs_umn_host: bool = False
    fixed: frozenset[Pair] = frozenset()
    forbidden: frozenset[Pair] = frozenset()
    locked: tuple[PlannedVisit, ...] = ()
    previous: tuple[PlannedVisit, ...] = ()

    @property
    def is_repair(self) -> bool:
        return bool(self.previous)


def sha256_of(text: str) -> str:
    """The name of a request, from its canonical JSON."""
    return hashlib.sha256(text.encode()).hexdigest()


def country_limit(exchanges: int, percent: int) -> int:
    """How many visits one country may host: the share, rounded down, and at least one."""
    return max(1, exchanges * percent // 100)
