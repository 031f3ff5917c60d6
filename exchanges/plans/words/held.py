"""The measures of a plan and of the exchanges that were held before."""

from __future__ import annotations

from dataclasses import dataclass

from exchanges.models import City, StudyVisit
from exchanges.plans.domain.travel import Travel


@dataclass(frozen=True, slots=True)
class HeldPair:
    """`score` is what today's profiles give the pair; when they rule it out, `reasons` say why."""

    guest: City
    host: City
    is_leg: bool
    score: int | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeldExchange:
    """`people` came about so many, as published; None when nothing was."""

    visit: StudyVisit
    when: str
    guests: tuple[City, ...]
    hosts: tuple[City, ...]
    people: int | None
    pairs: tuple[HeldPair, ...]
    travel: Travel


@dataclass(frozen=True, slots=True)
class Measures:
    """`pairs` are guests and hosts that met, co-hosts included, each once; `possible` are those
    that today's profiles do not rule out, `average` is their score."""

    visits: int
    cities: tuple[City, ...]
    countries: tuple[str, ...]
    pairs: int
    possible: int
    average: int | None
    travel: Travel


@dataclass(frozen=True, slots=True)
class HeldComparison:
    """`repeated` are pairs of the plan that met before, guest and host."""

    exchanges: tuple[HeldExchange, ...]
    held: Measures
    planned: Measures
    repeated: tuple[tuple[City, City], ...]
    only_held: tuple[City, ...]
    only_planned: tuple[City, ...]
