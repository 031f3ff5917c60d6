"""A problem as numbers: cities, pairs and windows by index, and only what can happen at all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from exchanges.plans.domain.facts import Pair, PlanCity, PlannedVisit, PlanProblem
from exchanges.plans.domain.reduction import Slot, find_slots
from exchanges.plans.domain.usable import check_usable

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

AUTHORITY, UMN = 1, 2


@dataclass(frozen=True, slots=True)
class Unlike:
    """Visits of an earlier plan, as pairs, of which at least `missing` must not all meet."""

    visits: tuple[tuple[int, ...], ...]
    missing: int


@dataclass(frozen=True)
class Arrays:
    """Cities in the order of their slugs; pairs by host, then guest.

    `free` and `mask` are bits over `slots`: when a city is free, and when both of a pair are.
    `gives` tells by bits who is on a city's team; `country_limit` is by
    country. `worth` are the points for its taking part.
    `wish` counts what a pair keeps in any slot, `wish_at` what it keeps in one slot.
    """

    problem: PlanProblem
    exchanges: int
    slots: tuple[Slot, ...]
    slugs: tuple[str, ...]
    country: Ints
    country_limit: Ints
    hosting: Ints
    guesting: Ints
    places: Ints
    delegation: Ints
    gives: Ints
    worth: Ints
    free: Ints
    guest: Ints
    host: Ints
    points: Ints
    mask: Ints
    wish: Ints
    wish_at: dict[tuple[int, int], int]
    unlike: tuple["Unlike", ...]

    @property
    def city_count(self) -> int:
        return len(self.slugs)

    @property
    def pair_count(self) -> int:
        return len(self.guest)

    @cached_property
    def start(self) -> Ints:
        """Where the pairs of each host begin; one more at the end."""
        return np.searchsorted(self.host, np.arange(self.city_count + 1)).astype(np.int64)

    @cached_property
    def hosts(self) -> Ints:
        """Those that somebody can visit."""
        return np.unique(self.host)

    @cached_property
    def can_meet(self) -> Flags:
        """Return pair by slot."""
        return np.asarray((self.mask[:, None] >> np.arange(len(self.slots))) & 1, dtype=bool)

    @cached_property
    def wish_by_slot(self) -> Ints | None:
        """Pair by slot: what is kept there only."""
        if not self.wish_at:
            return None
        wishes = np.zeros((self.pair_count, len(self.slots)), dtype=np.int64)
        for at, count in self.wish_at.items():
            wishes[at] = count
        return wishes

    @cached_property
    def roomy(self) -> Flags:
        return np.array([slot.is_roomy for slot in self.slots], dtype=bool)

    @cached_property
    def index(self) -> dict[Pair, int]:
        names = self.slugs
        pairs = zip(self.guest.tolist(), self.host.tolist(), strict=True)
        return {(names[guest], names[host]): number for number, (guest, host) in enumerate(pairs)}

    @cached_property
    def wish_count(self) -> int:
        return int(self.wish.sum()) + sum(self.wish_at.values())


def arrays_of(problem: PlanProblem) -> Arrays:
    """Raises ProblemNotUsable for a city twice, negative points for taking part, delegations of
    nobody, or numbers beyond what can be added up exactly."""
    cities = sorted(problem.cities, key=lambda city: city.slug)
    check_usable(problem, cities)
    slots = _slots(problem, cities)
    free = _ints(
        sum((city.windows >> slot.windows[0] & 1) << at for at, slot in enumerate(slots))
        for city in cities
    )
    guest, host, points = _pairs(problem, cities, free)
    slugs = tuple(city.slug for city in cities)
    ends = list(zip(guest.tolist(), host.tolist(), strict=True))
    index = {(slugs[a], slugs[b]): number for number, (a, b) in enumerate(ends)}
    hosting = _ints(_hosting(problem, city) for city in cities)
    return Arrays(
        problem=problem,
        exchanges=max(0, min(problem.exchanges, int(hosting.sum()))),
        slots=slots,
        slugs=slugs,
        hosting=hosting,
        **_of_countries(problem, cities),
        **_of_cities(problem, cities),
        free=free,
        guest=guest,
        host=host,
        points=points,
        mask=free[guest] & free[host],
        wish=_ints(pair in problem.fixed for pair in index),
        wish_at=_wishes_at(problem, index, slots),
        unlike=tuple(_unlike(plan, problem.unlike_by, index) for plan in problem.unlike),
    )


def _of_countries(problem: PlanProblem, cities: Sequence[PlanCity]) -> dict[str, Ints]:
    countries = sorted({city.country for city in cities})
    limit = max(0, min(problem.country_limit, problem.exchanges))
    return {
        "country": _ints(countries.index(city.country) for city in cities),
        "country_limit": _ints(limit for _ in countries),
    }


def _of_cities(problem: PlanProblem, cities: Sequence[PlanCity]) -> dict[str, Ints]:
    most = sum(city.delegation for city in cities)
    gives = (AUTHORITY * city.has_local_authority + UMN * city.has_umn_member for city in cities)
    return {
        "guesting": _ints(_guesting(problem, city) for city in cities),
        "places": _ints(min(max(city.places, 0), most) for city in cities),
        "delegation": _ints(city.delegation for city in cities),
        "gives": _ints(gives),
        "worth": _ints(problem.participation + city.credit for city in cities),
    }


def _ints(values: Iterable[int]) -> Ints:
    return np.array(list(values), dtype=np.int64)


def _hosting(problem: PlanProblem, city: PlanCity) -> int:
    if problem.needs_authority_host and not city.has_local_authority:
        return 0
    if problem.needs_umn_host and not city.has_umn_member:
        return 0
    return max(0, min(city.hosting_left, problem.exchanges, problem.window_count))


def _guesting(problem: PlanProblem, city: PlanCity) -> int:
    return max(0, min(city.guest_left, problem.exchanges, problem.window_count))


def _pairs(problem: PlanProblem, cities: Sequence[PlanCity], free: Ints) -> tuple[Ints, Ints, Ints]:
    """Guests, hosts and points of the pairs that can meet, by host, then guest."""
    number = {city.slug: index for index, city in enumerate(cities)}
    hosting = [_hosting(problem, city) for city in cities]
    guesting = [_guesting(problem, city) for city in cities]
    when = free.tolist()
    found = []
    for pair, points in problem.points.items():
        guest, host = number.get(pair[0], -1), number.get(pair[1], -1)
        if min(guest, host) < 0 or guest == host or pair in problem.forbidden:
            continue
        if not hosting[host] or not guesting[guest] or not when[guest] & when[host]:
            continue
        if cities[guest].delegation <= cities[host].places:
            found.append((host, guest, points))
    found.sort()
    return (
        _ints(each[1] for each in found),
        _ints(each[0] for each in found),
        _ints(each[2] for each in found),
    )


def _slots(problem: PlanProblem, cities: Sequence[PlanCity]) -> tuple[Slot, ...]:
    free = [
        sum((city.windows >> window & 1) << at for at, city in enumerate(cities))
        for window in range(problem.window_count)
    ]
    kept = {visit.window for visit in problem.locked if 0 <= visit.window < problem.window_count}
    return find_slots(free, kept, _most_in_the_way(problem, cities) + 1)


def _most_in_the_way(problem: PlanProblem, cities: Sequence[PlanCity]) -> int:
    """How many visits can share a city with one visit, at most."""
    visits = [_hosting(problem, city) + _guesting(problem, city) for city in cities]
    others = sorted(
        ((max(count - 1, 0), city) for count, city in zip(visits, cities, strict=True)),
        key=lambda each: -each[0],
    )
    smallest = min((city.delegation for city in cities), default=1)
    places = max((city.places for city in cities), default=0)
    crowd = max(places, 0) // smallest + 1
    return min(max(problem.exchanges - 1, 0), sum(count for count, _ in others[:crowd]))


def _wishes_at(
    problem: PlanProblem, index: dict[Pair, int], slots: Sequence[Slot]
) -> dict[tuple[int, int], int]:
    """Guests of locked visits, by pair and slot; several locked visits can ask for the same."""
    at = {slot.windows[0]: number for number, slot in enumerate(slots) if not slot.is_roomy}
    found: dict[tuple[int, int], int] = {}
    for pair, window in {(pair, visit.window) for visit in problem.locked for pair in visit.pairs}:
        if pair in index and window in at:
            found[index[pair], at[window]] = 1
    return dict(sorted(found.items()))


def _unlike(plan: Sequence[PlannedVisit], by: int, index: dict[Pair, int]) -> Unlike:
    """Visits with a pair that cannot meet are missing anyway."""
    visits = tuple(
        tuple(index[pair] for pair in visit.pairs)
        for visit in plan
        if all(pair in index for pair in visit.pairs)
    )
    return Unlike(visits, max(0, min(by, len(plan)) - (len(plan) - len(visits))))
