"""Why a fixed pair or a guest of a locked visit cannot be in a plan."""

from itertools import combinations_with_replacement

from exchanges.plans.domain.facts import (
    Pair,
    PlanCity,
    PlannedVisit,
    PlanProblem,
    Unmet,
    UnmetKind,
)
from exchanges.plans.domain.rules import Visits, unmet_pairs


def find_unmet(problem: PlanProblem, visits: Visits) -> tuple[Unmet, ...]:
    """What the plan does not keep; CONFLICT where nothing but the other rules and wishes is in the
    way."""
    cities = {city.slug: city for city in problem.cities}
    return tuple(
        Unmet(pair, reason_against(problem, cities, pair) or _in_the_way(problem, cities, pair))
        for pair in unmet_pairs(problem, visits)
    )


def _in_the_way(problem: PlanProblem, cities: dict[str, PlanCity], pair: Pair) -> UnmetKind:
    """What the locked visit asks for together may be more than its host can receive."""
    asked = [visit for visit in problem.locked if pair in visit.pairs]
    crowded = any(_people(cities, visit) > cities[visit.host].places for visit in asked)
    return UnmetKind.NO_PLACES if crowded else UnmetKind.CONFLICT


def reason_against(
    problem: PlanProblem, cities: dict[str, PlanCity], pair: Pair
) -> UnmetKind | None:
    """The first reason why no plan can keep this wish, whatever else it holds; else None."""
    guest, host = cities.get(pair[0]), cities.get(pair[1])
    if guest is None or host is None:
        return UnmetKind.UNKNOWN_CITY
    if pair in problem.forbidden:
        return UnmetKind.FORBIDDEN
    if pair not in problem.points or guest is host:
        return UnmetKind.RULED_OUT
    asked = [visit for visit in problem.locked if pair in visit.pairs]
    windows = [w for w in range(problem.window_count) if (guest.windows & host.windows) >> w & 1]
    if not windows or any(visit.window not in windows for visit in asked):
        return UnmetKind.NO_COMMON_WINDOW
    if host.hosting_left < 1 or guest.guest_left < 1:
        return UnmetKind.NO_CAPACITY
    if guest.delegation > host.places:
        return UnmetKind.NO_PLACES
    wanted = [visit.window for visit in asked] or windows
    return None if has_mix(problem, cities, guest, host, wanted) else UnmetKind.NO_MIX


def _people(cities: dict[str, PlanCity], visit: PlannedVisit) -> int:
    return sum(cities[slug].delegation for slug in {*visit.guests} if slug in cities)


def may_host(problem: PlanProblem, city: PlanCity) -> bool:
    return (
        city.hosting_left > 0
        and (city.has_local_authority or not problem.needs_authority_host)
        and (city.has_umn_member or not problem.needs_umn_host)
    )


def has_mix(
    problem: PlanProblem,
    cities: dict[str, PlanCity],
    guest: PlanCity,
    host: PlanCity,
    windows: list[int],
) -> bool:
    """Whether the two, with at most two more guests of the host, have an authority and a UMN
    member among them in one of these windows."""
    if not may_host(problem, host):
        return False
    if _is_mixed([guest, host]):
        return True
    others = [
        city
        for city in cities.values()
        if city is not guest and city is not host and city.guest_left > 0
        and (city.slug, host.slug) in problem.points
        and (city.slug, host.slug) not in problem.forbidden
    ]  # fmt: skip
    return any(_can_join(guest, host, {a.slug: a, b.slug: b}, windows)
               for a, b in combinations_with_replacement(others, 2))  # fmt: skip


def _can_join(
    guest: PlanCity, host: PlanCity, more: dict[str, PlanCity], windows: list[int]
) -> bool:
    team = [guest, host, *more.values()]
    people = guest.delegation + sum(city.delegation for city in more.values())
    return (
        _is_mixed(team)
        and people <= host.places
        and any(all(city.windows >> window & 1 for city in team) for window in windows)
    )


def _is_mixed(team: list[PlanCity]) -> bool:
    has_authority = any(city.has_local_authority for city in team)
    return has_authority and any(city.has_umn_member for city in team)
