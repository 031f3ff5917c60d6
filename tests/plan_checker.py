"""Whether a plan holds, by code that shares nothing with the solver but the values it speaks in.

It reads the rules in the docstring of `PlanProblem` one by one and counts with a pencil: no
model, no bits shifted together, nothing clever. Every plan of every test and benchmark goes
through it. All functions return sentences; none when everything holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from exchanges.plans.domain.facts import (
    Pair,
    PlanCity,
    PlannedVisit,
    PlanProblem,
    PlanResult,
    Unmet,
    UnmetKind,
)

Visits = Sequence[PlannedVisit]
Rule = Callable[[PlanProblem, Visits], Iterator[str]]


def check_plan(problem: PlanProblem, result: PlanResult) -> list[str]:
    """The rules, the figures, and what the result says that it could not keep."""
    figures = [*_figures(problem, result), *_unmet(problem, result)]
    return [*broken_rules(problem, result.visits), *figures]


def broken_rules(problem: PlanProblem, visits: Visits) -> list[str]:
    """What these visits break, whoever made them."""
    if strangers := [*_strangers(problem, visits)]:
        return strangers
    return [sentence for rule in RULES for sentence in rule(problem, visits)]


def value_of(problem: PlanProblem, visits: Visits) -> int:
    """The objective, from the visits alone."""
    cities = {city.slug: city for city in problem.cities}
    taking_part = {slug for visit in visits for slug in (visit.host, *visit.guests)}
    points = sum(problem.points[pair] for visit in visits for pair in visit.pairs)
    return points + sum(problem.participation + cities[slug].credit for slug in taking_part)


def unmet_pairs(problem: PlanProblem, visits: Visits) -> set[Pair]:
    """Fixed pairs that do not meet, and guests of a locked visit missing from that very visit."""
    meeting = {pair for visit in visits for pair in visit.pairs}
    held = {(visit.host, visit.window, guest) for visit in visits for guest in visit.guests}
    lost = {
        (guest, locked.host)
        for locked in problem.locked
        for guest in locked.guests
        if (locked.host, locked.window, guest) not in held
    }
    return set(problem.fixed - meeting) | lost


def missing_visits(earlier: Visits, visits: Visits) -> int:
    """How many visits of an earlier plan are missing: their host lacks one of their guests."""
    meeting = {pair for visit in visits for pair in visit.pairs}
    return sum(any(pair not in meeting for pair in visit.pairs) for visit in earlier)


def _strangers(problem: PlanProblem, visits: Visits) -> Iterator[str]:
    known = {city.slug for city in problem.cities}
    for visit in visits:
        for slug in (visit.host, *visit.guests):
            if slug not in known:
                yield f"{slug} is no city of this problem."
        if not 0 <= visit.window < problem.window_count:
            yield f"{visit.host} hosts in window {visit.window}, which does not exist."


def _city(problem: PlanProblem, slug: str) -> PlanCity:
    return next(city for city in problem.cities if city.slug == slug)


def _exchanges(problem: PlanProblem, visits: Visits) -> Iterator[str]:
    if len(visits) > max(problem.exchanges, 0):
        yield f"{len(visits)} visits, but {problem.exchanges} exchanges."


def _countries(problem: PlanProblem, visits: Visits) -> Iterator[str]:
    for country, count in Counter(_city(problem, each.host).country for each in visits).items():
        if count > problem.country_limit:
            yield f"{country} hosts {count} visits, at most {problem.country_limit} are allowed."


def _guests(problem: PlanProblem, visits: Visits) -> Iterator[str]:
    for visit in visits:
        if not visit.guests:
            yield f"{visit.host} hosts nobody in window {visit.window}."
        if visit.host in visit.guests:
            yield f"{visit.host} visits itself."
        if len(set(visit.guests)) < len(visit.guests):
            yield f"{visit.host} receives the same guest twice in one visit."


def _places(problem: PlanProblem, visits: Visits) -> Iterator[str]:
    for visit in visits:
        people = sum(_city(problem, guest).delegation for guest in visit.guests)
        places = _city(problem, visit.host).places
        if people > places:
            yield f"{visit.host} receives {people} people, but has {places} places."


def _free(problem: PlanProblem, visits: Visits) -> Iterator[str]:
    for visit in visits:
        for slug in (visit.host, *visit.guests):
            if _city(problem, slug).windows // 2**visit.window % 2 == 0:
                yield f"{slug} is not free in window {visit.window}."


def _one_place_at_a_time(problem: PlanProblem, visits: Visits) -> Iterator[str]:
    taken = Counter((slug, each.window) for each in visits for slug in {each.host, *each.guests})
    for (slug, window), count in sorted(taken.items()):
        if count > 1:
            yield f"{slug} is in {count} visits in window {window}."


def _capacities(problem: PlanProblem, visits: Visits) -> Iterator[str]:
    hosting = Counter(visit.host for visit in visits)
    travelling = Counter(guest for visit in visits for guest in visit.guests)
    for slug, count in hosting.items():
        if count > _city(problem, slug).hosting_left:
            yield f"{slug} hosts {count} times, more often than it can."
    for slug, count in travelling.items():
        if count > _city(problem, slug).guest_left:
            yield f"{slug} travels {count} times, more often than it can."


def _pairs(problem: PlanProblem, visits: Visits) -> Iterator[str]:
    for (guest, host), count in Counter(p for visit in visits for p in visit.pairs).items():
        if count > 1:
            yield f"{guest} visits {host} {count} times."
        if (guest, host) not in problem.points:
            yield f"{guest} to {host} is ruled out."
        if (guest, host) in problem.forbidden:
            yield f"{guest} to {host} is forbidden."


def _mix(problem: PlanProblem, visits: Visits) -> Iterator[str]:
    for visit in visits:
        host = _city(problem, visit.host)
        team = [host, *(_city(problem, guest) for guest in visit.guests)]
        if not any(city.has_local_authority for city in team):
            yield f"No local authority takes part in the visit to {visit.host}."
        if not any(city.has_umn_member for city in team):
            yield f"No UMN member takes part in the visit to {visit.host}."
        if problem.needs_authority_host and not host.has_local_authority:
            yield f"{visit.host} hosts without a local authority."
        if problem.needs_umn_host and not host.has_umn_member:
            yield f"{visit.host} hosts without a UMN member."


def _unlike(problem: PlanProblem, visits: Visits) -> Iterator[str]:
    for number, earlier in enumerate(problem.unlike):
        missing = missing_visits(earlier, visits)
        if missing < min(problem.unlike_by, len(earlier)):
            yield f"Only {missing} visits of earlier plan {number} are missing."


RULES: tuple[Rule, ...] = (
    _exchanges,
    _countries,
    _guests,
    _places,
    _free,
    _one_place_at_a_time,
    _capacities,
    _pairs,
    _mix,
    _unlike,
)


def _figures(problem: PlanProblem, result: PlanResult) -> Iterator[str]:
    if [*_strangers(problem, result.visits)] or any(
        pair not in problem.points for visit in result.visits for pair in visit.pairs
    ):
        return
    score = sum(problem.points[pair] for visit in result.visits for pair in visit.pairs)
    if result.score != score:
        yield f"The score is {score}, not {result.score}."
    objective = value_of(problem, result.visits)
    if result.objective != objective:
        yield f"The objective is {objective}, not {result.objective}."
    if result.bound < objective:
        yield f"The bound {result.bound} is below the objective {objective}."
    taking_part = {slug for visit in result.visits for slug in (visit.host, *visit.guests)}
    if sorted(result.taking_part) != sorted(taking_part):
        yield f"{len(taking_part)} cities take part, not exactly those that it names."


def _unmet(problem: PlanProblem, result: PlanResult) -> Iterator[str]:
    expected = unmet_pairs(problem, result.visits)
    named = Counter(each.pair for each in result.unmet)
    for guest, host in sorted(expected - set(named)):
        yield f"It does not say that {guest} to {host} is unmet."
    for guest, host in sorted(set(named) - expected):
        yield f"It says that {guest} to {host} is unmet, which is not so."
    for (guest, host), count in named.items():
        if count > 1:
            yield f"It says {count} times that {guest} to {host} is unmet."
    for each in result.unmet:
        if not _is_reason(problem, each):
            yield f"{each.pair[0]} to {each.pair[1]} is not unmet for the reason {each.kind}."


def _is_reason(problem: PlanProblem, unmet: Unmet) -> bool:
    """The first that applies, of those that the pair alone decides; of the later ones, whether
    what is said is true."""
    known = {city.slug: city for city in problem.cities}
    guest, host = (known.get(slug) for slug in unmet.pair)
    if guest is None or host is None:
        return unmet.kind is UnmetKind.UNKNOWN_CITY
    if unmet.pair in problem.forbidden:
        return unmet.kind is UnmetKind.FORBIDDEN
    if unmet.pair not in problem.points:
        return unmet.kind is UnmetKind.RULED_OUT
    return _is_true(problem, unmet, guest, host)


def _is_true(problem: PlanProblem, unmet: Unmet, guest: PlanCity, host: PlanCity) -> bool:
    asked = [each for each in problem.locked if unmet.pair in each.pairs]
    both = [w for w in range(problem.window_count) if (guest.windows & host.windows) >> w & 1]
    delegations = {city.slug: city.delegation for city in problem.cities}
    people = [sum(delegations.get(slug, 0) for slug in each.guests) for each in asked]
    return {
        UnmetKind.NO_COMMON_WINDOW: not both or any(each.window not in both for each in asked),
        UnmetKind.NO_CAPACITY: host.hosting_left < 1 or guest.guest_left < 1,
        UnmetKind.NO_PLACES: max([guest.delegation, *people]) > host.places,
        UnmetKind.NO_MIX: True,
        UnmetKind.CONFLICT: True,
    }.get(unmet.kind, False)
