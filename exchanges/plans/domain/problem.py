"""From a request to what the solver is asked: what pairs and taking part are worth."""

from __future__ import annotations

from collections.abc import Mapping
from heapq import nlargest

import numpy as np

from exchanges.domain.matching.facts import ALL_WINDOWS
from exchanges.domain.matching.scores import score_all
from exchanges.enums import Fairness
from exchanges.plans.domain.facts import Pair, PlanCity, PlannedVisit, PlanProblem
from exchanges.plans.domain.request import PlanRequest, RequestCity, country_limit

WISH_POINTS = 50
"""For each of the two cities of a pair that would like to be matched with the other."""

BALANCED_POINTS = 1000
"""With a balance of both, a city that takes part is worth as much as the best possible pair."""


def points_of(request: PlanRequest) -> dict[Pair, int]:
    """What each possible pair is worth: its score, and WISH_POINTS a wish."""
    facts = [city.facts for city in request.cities]
    slugs = [city.slug for city in facts]
    scores = score_all(facts, request.weights, allow_same_country=request.allow_same_country)
    guests, hosts = np.nonzero(scores >= 0)
    points = {
        (slugs[guest], slugs[host]): score
        for guest, host, score in zip(
            guests.tolist(), hosts.tolist(), scores[guests, hosts].tolist(), strict=True
        )
    }
    for city in facts:
        for other in city.prefers:
            for pair in ((city.slug, other), (other, city.slug)):
                if pair in points:
                    points[pair] += WISH_POINTS
    return points


def problem_of(request: PlanRequest) -> PlanProblem:
    """A repair puts participation before few changes before score, by prices:

    - a pair of the earlier plan is worth C more than its points p; C = S(p) + all credits + 1,
      where S bounds what the pairs of any plan can bring together (`most_points`). So one kept
      pair more outweighs every gain in score.
    - taking part is worth S(p + C) + all credits + 1, so that one city more outweighs any number
      of kept pairs; nothing when the plan was asked for the best pairs only.

    A change is a pair of the earlier plan that is gone. New pairs are free: they use what the
    cancellation left. All rules of a plan hold as they are.
    """
    points = points_of(request)
    if request.is_repair:
        points = with_price_of_change(request, points)
    participation = participation_of(request, points)
    return PlanProblem(
        cities=tuple(plan_city(city, participation) for city in request.cities),
        points=points,
        window_count=len(request.windows),
        exchanges=request.exchanges,
        participation=participation,
        country_limit=country_limit(request.exchanges, request.country_share),
        needs_authority_host=request.needs_authority_host,
        needs_umn_host=request.needs_umn_host,
        fixed=request.fixed,
        forbidden=request.forbidden,
        locked=request.locked,
    )


def plan_city(city: RequestCity, participation: int) -> PlanCity:
    """One that takes part already gets nothing for it: its credit takes it away again.

    Who has not said how many places or people there are has one.
    """
    return PlanCity(
        slug=city.slug,
        country=city.facts.country,
        has_local_authority=city.facts.has_local_authority,
        has_umn_member=city.facts.has_umn_member,
        hosting_left=city.hosting_left,
        guest_left=city.guest_left,
        places=max(1, city.places),
        delegation=max(1, city.delegation),
        windows=city.facts.windows & ALL_WINDOWS,
        credit=-participation if city.is_in else city.credit,
    )


def participation_of(request: PlanRequest, points: Mapping[Pair, int]) -> int:
    """What it is worth that a city takes part at all.

    For as many cities as possible it is more than all that pairs and credits can bring, so that
    no gain in score outweighs a city.
    """
    if request.fairness == Fairness.SCORE:
        return 0
    if request.fairness == Fairness.BALANCED and not request.is_repair:
        return BALANCED_POINTS
    return most_points(request, points) + _credits(request) + 1


def with_price_of_change(request: PlanRequest, points: Mapping[Pair, int]) -> dict[Pair, int]:
    price = most_points(request, points) + _credits(request) + 1
    earlier = pairs_in(request.previous)
    return {pair: value + price * (pair in earlier) for pair, value in points.items()}


def most_points(request: PlanRequest, points: Mapping[Pair, int]) -> int:
    """No plan's pairs bring more than this: a bound that is cheap, not sharp.

    Each guest travels at most `guest_left` times, and all visits together have so many guests.
    """
    by_guest: dict[str, list[int]] = {city.slug: [] for city in request.cities}
    for (guest, _host), value in points.items():
        by_guest[guest].append(value)
    left = {city.slug: city.guest_left for city in request.cities}
    best = [value for slug, each in by_guest.items() for value in nlargest(left[slug], each)]
    return sum(nlargest(request.exchanges * _most_guests(request), best))


def pairs_in(visits: tuple[PlannedVisit, ...]) -> frozenset[Pair]:
    return frozenset(pair for visit in visits for pair in visit.pairs)


def _most_guests(request: PlanRequest) -> int:
    places = max((city.places for city in request.cities), default=1)
    smallest = min((max(1, city.delegation) for city in request.cities), default=1)
    return max(1, min(places // smallest, len(request.cities)))


def _credits(request: PlanRequest) -> int:
    return sum(city.credit for city in request.cities)
