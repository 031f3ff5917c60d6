"""From a programme as it is now to a request for a plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from exchanges.domain.visit_phases import AGREED_ON, AHEAD
from exchanges.enums import CityRole, Fairness, PairRule, VisitState
from exchanges.models import (
    City,
    ParticipationCredit,
    PlanPair,
    Programme,
    StudyVisit,
    VisitCity,
)
from exchanges.plans.domain.facts import Pair
from exchanges.plans.domain.request import USUAL_SHARE, PlanRequest, RequestCity
from exchanges.queries.matching.data import load_matching_data
from exchanges.words.matching.data import MatchingData, Team

USUAL_SECONDS = 30


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """What the office chooses; `cities` are slugs, `country_share` per cent."""

    cities: tuple[str, ...]
    exchanges: int
    fairness: Fairness = Fairness.EVERYONE
    country_share: int = USUAL_SHARE
    time_limit: int = USUAL_SECONDS


def exchanges_left(programme: Programme) -> int:
    """Those that no visit took, less the agreed visits that only wait to be confirmed."""
    free = programme.exchanges.filter(visit=None).count()
    waiting = programme.visits.filter(state=VisitState.AGREED, counts_as_exchange=True).count()
    return max(0, free - waiting)


def usual_options(programme: Programme, at: datetime) -> PlanOptions:
    """What a form starts with: all cities, all exchanges that are left."""
    cities = tuple(sorted(load_matching_data(programme, at).facts))
    return PlanOptions(cities=cities, exchanges=exchanges_left(programme))


def request_of(programme: Programme, options: PlanOptions, at: datetime) -> PlanRequest:
    """A snapshot of all that counts; slugs that are no city of the programme are left out."""
    found = load_matching_data(programme, at, with_asked=True)
    chosen = set(options.cities)
    pairs = pairs_of(programme)
    ahead = pairs_in_states(programme, AHEAD).keys()  # no plan repeats them
    return PlanRequest(
        windows=found.windows,
        cities=_cities(found, chosen),
        weights=found.weights,
        exchanges=options.exchanges,
        fairness=Fairness(options.fairness),
        country_share=options.country_share,
        allow_same_country=programme.allows_same_country,
        needs_authority_host=True,
        needs_umn_host=programme.requires_umn_host,
        fixed=frozenset(pairs[PairRule.FIXED] - ahead),
        forbidden=frozenset(
            pair for pair in pairs[PairRule.FORBIDDEN] | ahead if chosen.issuperset(pair)
        ),
    )


def pairs_of(programme: Programme) -> dict[PairRule, set[Pair]]:
    rows = PlanPair.objects.filter(programme=programme)
    found: dict[PairRule, set[Pair]] = {rule: set() for rule in PairRule}
    for rule, guest, host in rows.values_list("rule", "guest__slug", "host__slug"):
        found[PairRule(rule)].add((guest, host))
    return found


def pairs_in_states(programme: Programme, states: Iterable[VisitState]) -> dict[Pair, str]:
    """Return who visits whom in the programme's visits in these states, with the reference."""
    rows = VisitCity.objects.filter(
        role=CityRole.GUEST, visit__programme=programme, visit__state__in=list(states)
    ).exclude(visit__host_city=None)
    found = rows.values_list("city__slug", "visit__host_city__slug", "visit__reference")
    return {(guest, host): reference for guest, host, reference in found}


def cities_taking_part(programme: Programme) -> set[int]:
    """Cities of the programme's visits that are agreed, confirmed or were held."""
    visits = StudyVisit.objects.filter(programme=programme, state__in=AGREED_ON)
    hosts = visits.exclude(host_city=None).values_list("host_city", flat=True)
    others = VisitCity.objects.filter(visit__in=visits).values_list("city", flat=True)
    return {*hosts, *others}


def open_credits(programme: Programme, cities: Iterable[City]) -> Counter[int]:
    """Points by city that were earned in other programmes and not used yet."""
    rows = ParticipationCredit.objects.filter(used_in=None, city__in=list(cities))
    points: Counter[int] = Counter()
    for city, earned in rows.exclude(earned_in=programme).values_list("city", "points"):
        points[city] += earned
    return points


def _cities(found: MatchingData, chosen: set[str]) -> tuple[RequestCity, ...]:
    teams = [team for team in found.teams if team.city.slug in chosen]
    credits = open_credits(found.programme, [team.city for team in teams])
    inside = cities_taking_part(found.programme)
    rows = [_city(found, team) for team in teams]
    rows = [
        replace(row, credit=credits[team.city.pk], is_in=team.city.pk in inside)
        for row, team in zip(rows, teams, strict=True)
    ]
    return tuple(sorted(rows, key=lambda row: row.slug))


def _city(found: MatchingData, team: Team) -> RequestCity:
    profile = getattr(team.city, "profile", None)
    return RequestCity(
        facts=found.facts[team.city.slug],
        places=profile.places_for_guests if profile else 0,
        delegation=profile.delegation_size if profile else 0,
    )
