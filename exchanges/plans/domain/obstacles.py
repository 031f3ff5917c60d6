"""What stands in the way of any plan, before anything is solved: kinds and facts, no prose."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from exchanges.plans.domain.facts import Pair, PlanCity, PlanProblem
from exchanges.plans.domain.unmet import has_mix, may_host, reason_against


class ObstacleKind(StrEnum):
    """All but the last four leave no visit at all."""

    TOO_MANY_CITIES = "too_many_cities"
    NO_CITY = "no_city"
    ONE_CITY = "one_city"
    NO_EXCHANGES = "no_exchanges"
    NO_COUNTRY_SHARE = "no_country_share"
    NO_WINDOW = "no_window"
    NOBODY_HOSTS = "nobody_hosts"
    NOBODY_TRAVELS = "nobody_travels"
    ONE_COUNTRY = "one_country"
    NO_PAIR = "no_pair"
    NO_COMMON_WINDOW = "no_common_window"
    NO_PLACES = "no_places"
    NO_MIX = "no_mix"
    WISH = "wish"
    WISHES_NEED_EXCHANGES = "wishes_need_exchanges"
    WISHES_NEED_JOURNEYS = "wishes_need_journeys"
    WISHES_NEED_PLACES = "wishes_need_places"


WISHES = {
    ObstacleKind.WISH,
    ObstacleKind.WISHES_NEED_EXCHANGES,
    ObstacleKind.WISHES_NEED_JOURNEYS,
    ObstacleKind.WISHES_NEED_PLACES,
}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """`facts` by kind:

    - too_many_cities: count, most
    - one_city: city
    - nobody_hosts: without_capacity, without_authority, without_umn (how many cities each;
      the latter two where the host needs them)
    - one_country: country
    - no_places: places (the most that a host has), people (the smallest delegation)
    - wish: guest, host, reason (UnmetKind): a fixed pair or a guest of a locked visit that can
      never be kept
    - wishes_need_exchanges: needed, has: so many exchanges would keep the fixed pairs and locked
      visits
    - wishes_need_journeys: city, needed, has: so often would it have to travel
    - wishes_need_places: city, needed, has: so many people would it have to receive in all its
      visits together
    """

    kind: ObstacleKind
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_total(self) -> bool:
        """Whether no visit at all can be planned."""
        return self.kind not in WISHES


def find_obstacles(problem: PlanProblem, *, most_cities: int | None = None) -> tuple[Obstacle, ...]:
    """The first that leaves no visit at all; else the wishes that can never be kept.

    `most_cities` is what the caller can show.
    """
    total = next(_total(problem, most_cities), None)
    return (total,) if total is not None else tuple(_wishes(problem))


def _total(problem: PlanProblem, most_cities: int | None) -> Iterator[Obstacle]:
    cities = problem.cities
    if most_cities is not None and len(cities) > most_cities:
        yield Obstacle(ObstacleKind.TOO_MANY_CITIES, {"count": len(cities), "most": most_cities})
    if not cities:
        yield Obstacle(ObstacleKind.NO_CITY)
    elif len(cities) == 1:
        yield Obstacle(ObstacleKind.ONE_CITY, {"city": cities[0].slug})
    if problem.exchanges < 1:
        yield Obstacle(ObstacleKind.NO_EXCHANGES)
    if problem.country_limit < 1:
        yield Obstacle(ObstacleKind.NO_COUNTRY_SHARE)
    everywhere = (1 << max(problem.window_count, 0)) - 1
    if not any(city.windows & everywhere for city in cities):
        yield Obstacle(ObstacleKind.NO_WINDOW)
    hosts = [city for city in cities if may_host(problem, city)]
    guests = [city for city in cities if city.guest_left > 0]
    if not hosts:
        yield Obstacle(ObstacleKind.NOBODY_HOSTS, _why_nobody_hosts(problem))
    if not guests:
        yield Obstacle(ObstacleKind.NOBODY_TRAVELS)
    yield from _no_pairs(problem, hosts, guests, everywhere)


def _no_pairs(
    problem: PlanProblem, hosts: list[PlanCity], guests: list[PlanCity], everywhere: int
) -> Iterator[Obstacle]:
    host_of = {city.slug: city for city in hosts}
    guest_of = {city.slug: city for city in guests}
    pairs = [
        (guest_of[guest], host_of[host])
        for guest, host in problem.points
        if guest in guest_of and host in host_of and guest != host
        and (guest, host) not in problem.forbidden
    ]  # fmt: skip
    countries = {city.country for city in problem.cities}
    if not pairs and len(countries) == 1:
        yield Obstacle(ObstacleKind.ONE_COUNTRY, {"country": min(countries)})
    if not pairs:
        yield Obstacle(ObstacleKind.NO_PAIR)
    pairs = [(g, h) for g, h in pairs if g.windows & h.windows & everywhere]
    if not pairs:
        yield Obstacle(ObstacleKind.NO_COMMON_WINDOW)
    fitting = [(guest, host) for guest, host in pairs if guest.delegation <= host.places]
    if not fitting:
        places = max(host.places for _, host in pairs)
        people = min(guest.delegation for guest, _ in pairs)
        yield Obstacle(ObstacleKind.NO_PLACES, {"places": places, "people": people})
    by_slug, windows = {city.slug: city for city in problem.cities}, range(problem.window_count)
    if not any(has_mix(problem, by_slug, guest, host, [*windows]) for guest, host in fitting):
        yield Obstacle(ObstacleKind.NO_MIX)


def _why_nobody_hosts(problem: PlanProblem) -> dict[str, int]:
    cities = problem.cities
    return {
        "without_capacity": sum(city.hosting_left < 1 for city in cities),
        "without_authority": problem.needs_authority_host
        * sum(not city.has_local_authority for city in cities),
        "without_umn": problem.needs_umn_host * sum(not city.has_umn_member for city in cities),
    }


def _wishes(problem: PlanProblem) -> Iterator[Obstacle]:
    """Single wishes that cannot be kept; then what all others ask for together."""
    cities = {city.slug: city for city in problem.cities}
    wishes = problem.fixed | {pair for visit in problem.locked for pair in visit.pairs}
    possible = set()
    for guest, host in sorted(wishes):
        reason = reason_against(problem, cities, (guest, host))
        if reason is None:
            possible.add((guest, host))
            continue
        yield Obstacle(ObstacleKind.WISH, {"guest": guest, "host": host, "reason": reason})
    locked = {(visit.host, visit.window) for visit in problem.locked if possible & set(visit.pairs)}
    visits = Counter(host for host, _ in locked)
    needed = sum(max(visits[host], 1) for host in {host for _, host in possible})
    if needed > problem.exchanges:
        facts = {"needed": needed, "has": problem.exchanges}
        yield Obstacle(ObstacleKind.WISHES_NEED_EXCHANGES, facts)
    yield from _crowds(cities, possible)


def _crowds(cities: dict[str, PlanCity], wishes: set[Pair]) -> Iterator[Obstacle]:
    for slug, needed in sorted(Counter(guest for guest, _ in wishes).items()):
        if needed > (has := cities[slug].guest_left):
            facts = {"city": slug, "needed": needed, "has": has}
            yield Obstacle(ObstacleKind.WISHES_NEED_JOURNEYS, facts)
    for slug in sorted({host for _, host in wishes}):
        needed = sum(cities[guest].delegation for guest, host in wishes if host == slug)
        if needed > (has := cities[slug].places * cities[slug].hosting_left):
            facts = {"city": slug, "needed": needed, "has": has}
            yield Obstacle(ObstacleKind.WISHES_NEED_PLACES, facts)
