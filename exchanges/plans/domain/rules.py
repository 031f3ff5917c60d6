"""The rules of a plan, counted over its visits: what every solver's answer has to pass."""

from collections import Counter
from collections.abc import Iterator, Sequence

from exchanges.plans.domain.facts import Pair, PlanCity, PlannedVisit, PlanProblem

Visits = Sequence[PlannedVisit]


def is_allowed(problem: PlanProblem, visits: Visits) -> bool:
    """Whether a plan breaks none of the rules in the docstring of PlanProblem."""
    cities = {city.slug: city for city in problem.cities}
    if any(slug not in cities for visit in visits for slug in (visit.host, *visit.guests)):
        return False
    return (
        all(_is_visit_allowed(problem, cities, visit) for visit in visits)
        and all(_limits_hold(problem, cities, visits))
        and is_unlike(problem, visits)
    )


def _is_visit_allowed(
    problem: PlanProblem, cities: dict[str, PlanCity], visit: PlannedVisit
) -> bool:
    host, guests = cities[visit.host], [cities[slug] for slug in visit.guests]
    team = [host, *guests]
    return (
        bool(guests)
        and 0 <= visit.window < problem.window_count
        and all(city.windows >> visit.window & 1 for city in team)
        and all(pair in problem.points for pair in visit.pairs)
        and not any(pair in problem.forbidden for pair in visit.pairs)
        and sum(city.delegation for city in guests) <= host.places
        and any(city.has_local_authority for city in team)
        and any(city.has_umn_member for city in team)
        and (host.has_local_authority or not problem.needs_authority_host)
        and (host.has_umn_member or not problem.needs_umn_host)
    )


def _limits_hold(
    problem: PlanProblem, cities: dict[str, PlanCity], visits: Visits
) -> Iterator[bool]:
    yield len(visits) <= max(problem.exchanges, 0)
    by_country = Counter(cities[visit.host].country for visit in visits)
    yield all(count <= problem.country_limit for count in by_country.values())
    hosting = Counter(visit.host for visit in visits)
    yield all(count <= cities[slug].hosting_left for slug, count in hosting.items())
    travelling = Counter(slug for visit in visits for slug in visit.guests)
    yield all(count <= cities[slug].guest_left for slug, count in travelling.items())
    pairs = Counter(pair for visit in visits for pair in visit.pairs)
    yield all(count == 1 for count in pairs.values())
    yield all(guest != host for guest, host in pairs)
    places = Counter((slug, each.window) for each in visits for slug in (each.host, *each.guests))
    yield all(count == 1 for count in places.values())


def is_unlike(problem: PlanProblem, visits: Visits) -> bool:
    """Whether enough visits of each earlier plan are missing."""
    meeting = {pair for visit in visits for pair in visit.pairs}
    return all(
        sum(not meeting.issuperset(visit.pairs) for visit in plan)
        >= min(problem.unlike_by, len(plan))
        for plan in problem.unlike
    )


def score_of(problem: PlanProblem, visits: Visits) -> int:
    return sum(problem.points[pair] for visit in visits for pair in visit.pairs)


def taking_part(visits: Visits) -> tuple[str, ...]:
    return tuple(sorted({slug for visit in visits for slug in (visit.host, *visit.guests)}))


def objective_of(problem: PlanProblem, visits: Visits) -> int:
    part = set(taking_part(visits))
    credit = sum(city.credit for city in problem.cities if city.slug in part)
    return score_of(problem, visits) + credit + problem.participation * len(part)


def unmet_pairs(problem: PlanProblem, visits: Visits) -> tuple[Pair, ...]:
    """Fixed pairs that do not meet, and guests that a locked visit lacks, in order."""
    meeting = {pair for visit in visits for pair in visit.pairs}
    held = {(pair, visit.window) for visit in visits for pair in visit.pairs}
    lost = {
        pair for visit in problem.locked for pair in visit.pairs if (pair, visit.window) not in held
    }
    return tuple(sorted(lost | (problem.fixed - meeting)))


def kept_wishes(problem: PlanProblem, visits: Visits) -> int:
    """Fixed pairs that meet, and guests of locked visits that are there in that window."""
    meeting = {pair for visit in visits for pair in visit.pairs}
    held = {(pair, visit.window) for visit in visits for pair in visit.pairs}
    asked = {(pair, visit.window) for visit in problem.locked for pair in visit.pairs}
    return len(problem.fixed & meeting) + len(asked & held)
