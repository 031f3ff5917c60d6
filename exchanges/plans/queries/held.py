"""A plan beside the exchanges that were held before: the same measures for both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from exchanges.domain.matching import CityFacts, Explanation, Weights, explain
from exchanges.enums import CityRole, VisitState
from exchanges.models import City, StudyVisit
from exchanges.plans.domain import PlannedVisit
from exchanges.plans.domain.facts import Pair
from exchanges.plans.domain.request import PlanRequest
from exchanges.plans.domain.travel import PairTravel, Travel, round_trip
from exchanges.plans.words.held import HeldComparison, HeldExchange, HeldPair, Measures
from exchanges.plans.words.travel import travel_of
from exchanges.words.formats import day_range, month, sort_key
from exchanges.words.matching.reasons import gate_words


def compare_with_held(request: PlanRequest, visits: Sequence[PlannedVisit]) -> HeldComparison:
    """Return those of all programmes that are older than the platform, in four queries.

    Both sides are scored with the weights and profiles of the request. For those held, earlier
    visits and what is booked by now do not count: they would speak against every pair that met.
    Delegations are counted as large as the cities say today, so that travel can be compared.
    """
    rows = _held_visits()
    cities = _cities_of(rows, {slug for each in visits for slug in (each.host, *each.guests)})
    as_new = _Judge.of(request, as_new=True)
    exchanges = tuple(_held(row, as_new) for row in rows)
    held = _measures_of_held(exchanges)
    ahead = _measures_of_plan(visits, _Judge.of(request), cities)
    met = {(pair.guest.slug, pair.host.slug) for each in exchanges for pair in each.pairs}
    again = [pair for visit in visits for pair in visit.pairs if pair in met]
    return HeldComparison(
        exchanges=exchanges,
        held=held,
        planned=ahead,
        repeated=tuple((cities[guest], cities[host]) for guest, host in again),
        only_held=_without(held.cities, ahead.cities),
        only_planned=_without(ahead.cities, held.cities),
    )


@dataclass(frozen=True, slots=True)
class _Judge:
    """Scores pairs by the profiles of a request; `people` are its delegations."""

    facts: Mapping[str, CityFacts]
    people: Mapping[str, int]
    weights: Weights
    allow_same_country: bool

    @classmethod
    def of(cls, request: PlanRequest, *, as_new: bool = False) -> _Judge:
        """`as_new`: as if nobody had met and nothing were booked."""
        facts = {city.slug: city.facts for city in request.cities}
        if as_new:
            facts = {
                slug: replace(each, visited={}, hosting_booked=0, guest_booked=0)
                for slug, each in facts.items()
            }
        people = {city.slug: city.delegation for city in request.cities}
        return cls(facts, people, request.weights, request.allow_same_country)

    def explained(self, guest: str, host: str) -> Explanation | None:
        """None when one of the two is not in the request."""
        if guest not in self.facts or host not in self.facts:
            return None
        return explain(
            self.facts[guest],
            self.facts[host],
            self.weights,
            allow_same_country=self.allow_same_country,
        )

    def score(self, pair: Pair) -> int | None:
        found = self.explained(*pair)
        return None if found is None or found.is_ruled_out else found.score


def _held(visit: StudyVisit, judge: _Judge) -> HeldExchange:
    guests = _cities_in(visit, CityRole.GUEST)
    hosts = _cities_in(visit, CityRole.CO_HOST)
    if visit.host_city is not None:
        hosts = (visit.host_city, *hosts)
    return HeldExchange(
        visit=visit,
        when=_when(visit),
        guests=guests,
        hosts=hosts,
        people=visit.participants_about,
        pairs=tuple(
            _pair(guest, host, host != hosts[0], judge) for guest in guests for host in hosts
        ),
        travel=_tours(guests, hosts, judge.people),
    )


def _pair(guest: City, host: City, is_leg: bool, judge: _Judge) -> HeldPair:
    found = judge.explained(guest.slug, host.slug)
    if found is None:
        missing = host if host.slug not in judge.facts else guest
        words = _("%(city)s does not take part in this plan") % {"city": missing}
        return HeldPair(guest, host, is_leg, None, (words,))
    reasons = tuple(gate_words(gate, str(guest), str(host)) for gate in found.gates)
    return HeldPair(guest, host, is_leg, None if reasons else found.score, reasons)


def _tours(guests: Sequence[City], hosts: Sequence[City], people: Mapping[str, int]) -> Travel:
    """Each delegation goes through all hosts in turn, and home."""
    return Travel(
        tuple(
            PairTravel(
                guest.slug,
                hosts[0].slug,
                max(1, people.get(guest.slug, 1)),
                round_trip(guest, hosts),
            )
            for guest in guests
            if hosts
        )
    )


def _measures_of_held(exchanges: Sequence[HeldExchange]) -> Measures:
    pairs = {(pair.guest.slug, pair.host.slug): pair for each in exchanges for pair in each.pairs}
    return _measures(
        len(exchanges),
        [city for each in exchanges if each.pairs for city in (*each.guests, *each.hosts)],
        [pair.score for pair in pairs.values()],
        Travel(tuple(pair for each in exchanges for pair in each.travel.pairs)),
    )


def _measures_of_plan(
    visits: Sequence[PlannedVisit], judge: _Judge, cities: Mapping[str, City]
) -> Measures:
    return _measures(
        len(visits),
        [cities[slug] for each in visits for slug in (each.host, *each.guests) if slug in cities],
        [judge.score(pair) for each in visits for pair in each.pairs],
        travel_of(visits, judge.facts, judge.people).whole,
    )


def _measures(
    visits: int, cities: Iterable[City], scores: Sequence[int | None], travel: Travel
) -> Measures:
    found = sorted(set(cities), key=sort_key)
    possible = [score for score in scores if score is not None]
    return Measures(
        visits=visits,
        cities=tuple(found),
        countries=tuple(sorted({city.country for city in found})),
        pairs=len(scores),
        possible=len(possible),
        average=(2 * sum(possible) + len(possible)) // (2 * len(possible)) if possible else None,
        travel=travel,
    )


def _held_visits() -> list[StudyVisit]:
    visits = StudyVisit.objects.filter(state=VisitState.CLOSED, import_key__isnull=False)
    found = visits.select_related("host_city").prefetch_related("visit_cities__city")
    return list(found.order_by("reference"))


def _cities_of(rows: Iterable[StudyVisit], slugs: Iterable[str]) -> dict[str, City]:
    found = {city.slug: city for city in City.objects.filter(slug__in=list(slugs))}
    for row in rows:
        for city in (row.host_city, *(each.city for each in row.visit_cities.all())):
            if city is not None:
                found.setdefault(city.slug, city)
    return found


def _cities_in(visit: StudyVisit, role: CityRole) -> tuple[City, ...]:
    return tuple(each.city for each in visit.visit_cities.all() if each.role == role)


def _without(cities: Sequence[City], others: Sequence[City]) -> tuple[City, ...]:
    slugs = {city.slug for city in others}
    return tuple(city for city in cities if city.slug not in slugs)


def _when(visit: StudyVisit) -> str:
    if visit.start_date and visit.end_date:
        return day_range(visit.start_date, visit.end_date)
    return month(visit.known_month) if visit.known_month else _("dates not published")
