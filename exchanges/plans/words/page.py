"""A plan as its pages show it: the snapshot, the result, and its visits row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from exchanges.domain.dates import DateRange
from exchanges.models import ProgrammePlan
from exchanges.plans.domain import Pair, PlannedVisit, PlanResult
from exchanges.plans.domain.problem import points_of
from exchanges.plans.domain.request import PlanRequest, RequestCity
from exchanges.plans.domain.travel import Travel
from exchanges.plans.words.plan import ProofInWords, headline, proof_of, proof_sentence
from exchanges.plans.words.sent import SentVisit, sent_as
from exchanges.plans.words.travel import PlanTravel, emission_words, travel_of
from exchanges.words.formats import listed, sort_key


@dataclass(frozen=True, slots=True)
class PlanPlace:
    """A city of the snapshot; `is_known` while it still has a page."""

    slug: str
    name: str
    country: str
    latitude: float
    longitude: float
    is_known: bool


@dataclass(frozen=True, slots=True)
class PairRow:
    guest: PlanPlace
    host: PlanPlace
    points: int


@dataclass(frozen=True, slots=True)
class VisitRow:
    """`number` is the visit's place in the result; `sent` what became of it as a proposal."""

    number: int
    visit: PlannedVisit
    dates: DateRange
    host: PlanPlace
    pairs: tuple[PairRow, ...]
    travel: Travel
    sent: SentVisit | None = None

    @property
    def can_be_sent(self) -> bool:
        """Return whether it can be sent, also once more, when nothing came of it."""
        return self.sent is None or self.sent.is_dead

    @property
    def guests(self) -> list[PlanPlace]:
        return [pair.guest for pair in self.pairs]

    @property
    def guest_names(self) -> str:
        return listed(guest.name for guest in self.guests)

    @property
    def emission(self) -> str:
        return emission_words(self.travel.grams)

    @property
    def points(self) -> int:
        return sum(pair.points for pair in self.pairs)


@dataclass(frozen=True)
class PlanPage:
    """A plan with its snapshot and names in the reader's language."""

    plan: ProgrammePlan
    request: PlanRequest
    result: PlanResult | None
    places: Mapping[str, PlanPlace]
    sent: Sequence[SentVisit] = ()

    @cached_property
    def names(self) -> dict[str, str]:
        return {slug: place.name for slug, place in self.places.items()}

    @cached_property
    def by_slug(self) -> dict[str, RequestCity]:
        return {city.slug: city for city in self.request.cities}

    @property
    def headline(self) -> str:
        return headline_of(self.request, self.result) if self.result else ""

    @property
    def proof(self) -> ProofInWords | None:
        return proof_of(self.result) if self.result else None

    @property
    def proof_sentence(self) -> str:
        return proof_sentence(self.result) if self.result else ""

    @property
    def visits(self) -> tuple[PlannedVisit, ...]:
        return self.result.visits if self.result else ()

    @cached_property
    def travel(self) -> PlanTravel:
        return travel_of_visits(self, self.visits)

    @property
    def points(self) -> int:
        """Of its pairs; the result of a repair counts what it kept on top."""
        return sum(row.points for row in self.rows)

    @cached_property
    def rows(self) -> list[VisitRow]:
        return visit_rows(self, self.visits)

    def choices(self) -> list[tuple[str, str]]:
        """The cities by name, for a form."""
        return sorted(self.names.items(), key=lambda pair: sort_key(pair[1]))


def headline_of(request: PlanRequest, result: PlanResult) -> str:
    return headline(len(result.visits), len(result.taking_part), len(request.cities))


def visit_rows(page: PlanPage, visits: Sequence[PlannedVisit]) -> list[VisitRow]:
    """In the order of the result, whose numbers they carry."""
    travel = travel_of_visits(page, visits)
    return [
        VisitRow(
            number=number,
            visit=visit,
            dates=page.request.windows[visit.window],
            host=page.places[visit.host],
            pairs=_pairs(page, visit),
            travel=travel.visits[number],
            sent=sent_as(visit, page.sent),
        )
        for number, visit in enumerate(visits)
    ]


def travel_of_visits(page: PlanPage, visits: Iterable[PlannedVisit]) -> PlanTravel:
    people = {city.slug: city.delegation for city in page.request.cities}
    return travel_of(visits, page.places, people)


def points_of_visit(request: PlanRequest, visit: PlannedVisit) -> dict[Pair, int]:
    """Without scoring all pairs of the plan."""
    inside = {visit.host, *visit.guests}
    cities = tuple(city for city in request.cities if city.slug in inside)
    return points_of(replace(request, cities=cities))


def _pairs(page: PlanPage, visit: PlannedVisit) -> tuple[PairRow, ...]:
    points, places = points_of_visit(page.request, visit), page.places
    return tuple(
        PairRow(places[guest], places[visit.host], points.get((guest, visit.host), 0))
        for guest in visit.guests
    )
