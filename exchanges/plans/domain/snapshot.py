"""Requests and results as JSON: the same value always gives the same text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from exchanges.domain.dates import DateRange
from exchanges.domain.matching import CityFacts, ComponentKind, Weights
from exchanges.enums import Fairness
from exchanges.plans.domain.facts import (
    Binding,
    BindingKind,
    Method,
    Pair,
    PlannedVisit,
    PlanResult,
    Unmet,
    UnmetKind,
)
from exchanges.plans.domain.request import PlanRequest, RequestCity

T = TypeVar("T")
Data = Mapping[str, Any]
FORMAT = 1
SETS = ("working_languages", "not_shown", "prefers", "vetoes")
MAPPINGS = ("levels", "needs", "visited")
PLAIN = (
    "slug",
    "country",
    "has_interpretation",
    "hosting_capacity",
    "guest_capacity",
    "has_local_authority",
    "has_umn_member",
    "hosting_booked",
    "guest_booked",
    "windows",
)
OPTIONS = (
    "exchanges",
    "country_share",
    "allow_same_country",
    "needs_authority_host",
    "needs_umn_host",
)
RESULT = ("score", "objective", "bound", "solver", "seconds", "was_stopped")


def to_json(request: PlanRequest) -> str:
    """Canonical: sorted keys, no spaces, no floats (coordinates are texts)."""
    data = {
        "format": FORMAT,
        "windows": [[str(each.start), str(each.end)] for each in request.windows],
        "cities": [_city(each) for each in request.cities],
        "weights": {kind.value: getattr(request.weights, kind) for kind in ComponentKind},
        "fairness": request.fairness.value,
        "fixed": sorted(request.fixed),
        "forbidden": sorted(request.forbidden),
        "locked": [visit_data(each) for each in request.locked],
        "previous": [visit_data(each) for each in request.previous],
        **{name: getattr(request, name) for name in OPTIONS},
    }
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


class UnknownFormat(ValueError):
    """A newer program wrote this snapshot."""


def from_json(text: str) -> PlanRequest:
    """Read a request of any format that was ever written. Raises UnknownFormat."""
    data = json.loads(text)
    return _reader(REQUESTS, data)(data)


def result_of(data: Mapping[str, Any]) -> PlanResult:
    """Read a result of any format that was ever written. Raises UnknownFormat."""
    return _reader(RESULTS, data)(data)


def _reader(readers: Mapping[int, Callable[[Data], T]], data: Data) -> Callable[[Data], T]:
    """Results did not name their format at first."""
    number = data.get("format", 1)
    if number not in readers:
        raise UnknownFormat(f"A snapshot of format {number} cannot be read here.")
    return readers[number]


def _request_1(data: Data) -> PlanRequest:
    return PlanRequest(
        windows=tuple(_days(each) for each in data["windows"]),
        cities=tuple(_city_of(each) for each in data["cities"]),
        weights=Weights(**data["weights"]),
        fairness=Fairness(data["fairness"]),
        fixed=_pairs(data["fixed"]),
        forbidden=_pairs(data["forbidden"]),
        locked=visits_of(data["locked"]),
        previous=visits_of(data["previous"]),
        **{name: data[name] for name in OPTIONS},
    )


def result_data(result: PlanResult) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "visits": [visit_data(each) for each in result.visits],
        "taking_part": list(result.taking_part),
        "unmet": [[*each.pair, each.kind.value] for each in result.unmet],
        "binding": [[each.kind.value, each.subject, each.gain] for each in result.binding],
        "method": result.method.value,
        **{name: getattr(result, name) for name in RESULT},
    }


def _result_1(data: Data) -> PlanResult:
    return PlanResult(
        visits=visits_of(data["visits"]),
        taking_part=tuple(data["taking_part"]),
        unmet=tuple(Unmet((guest, host), UnmetKind(kind)) for guest, host, kind in data["unmet"]),
        binding=tuple(
            Binding(BindingKind(kind), subject, gain) for kind, subject, gain in data["binding"]
        ),
        method=Method(data["method"]),
        **{name: data[name] for name in RESULT},
    )


def visit_data(visit: PlannedVisit) -> dict[str, Any]:
    return {"host": visit.host, "window": visit.window, "guests": list(visit.guests)}


def visits_of(rows: Iterable[Mapping[str, Any]]) -> tuple[PlannedVisit, ...]:
    return tuple(
        PlannedVisit(host=row["host"], window=row["window"], guests=tuple(row["guests"]))
        for row in rows
    )


def _city(city: RequestCity) -> dict[str, Any]:
    facts = city.facts
    return {
        "places": city.places,
        "delegation": city.delegation,
        "credit": city.credit,
        "is_in": city.is_in,
        "latitude": repr(float(facts.latitude)),
        "longitude": repr(float(facts.longitude)),
        **{name: sorted(getattr(facts, name)) for name in SETS},
        **{name: dict(getattr(facts, name)) for name in MAPPINGS},
        **{name: getattr(facts, name) for name in PLAIN},
    }


def _city_of(data: Mapping[str, Any]) -> RequestCity:
    known: dict[str, Any] = {name: frozenset(data[name]) for name in SETS}
    known |= {name: data[name] for name in (*MAPPINGS, *PLAIN)}
    known |= {name: float(data[name]) for name in ("latitude", "longitude")}
    facts = CityFacts(**known)
    return RequestCity(facts, data["places"], data["delegation"], data["credit"], data["is_in"])


def _days(pair: Sequence[str]) -> DateRange:
    return DateRange(date.fromisoformat(pair[0]), date.fromisoformat(pair[1]))


def _pairs(pairs: Iterable[Sequence[str]]) -> frozenset[Pair]:
    return frozenset((guest, host) for guest, host in pairs)


REQUESTS: dict[int, Callable[[Data], PlanRequest]] = {1: _request_1}
RESULTS: dict[int, Callable[[Data], PlanResult]] = {1: _result_1}
"""A field more is another format: the readers of older ones stay, and give it a value."""
