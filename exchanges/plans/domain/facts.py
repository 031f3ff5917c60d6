"""What a plan is made of and what comes out: values only.

A visit takes place in a window; its host receives the delegations of one or several guests.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

Pair = tuple[str, str]
"""Guest and host, by slug."""


@dataclass(frozen=True, slots=True)
class PlanCity:
    """Visits that it can still host and make; places and delegation are people (at least 1).

    Bit i of `windows` is set when the city is free in window i. `credit` are points that its
    taking part is worth on top; -`participation` for one that takes part already.
    """

    slug: str
    country: str
    has_local_authority: bool
    has_umn_member: bool
    hosting_left: int
    guest_left: int
    places: int
    delegation: int
    windows: int
    credit: int = 0


@dataclass(frozen=True, slots=True, order=True)
class PlannedVisit:
    host: str
    window: int
    guests: tuple[str, ...]

    @property
    def pairs(self) -> tuple[Pair, ...]:
        return tuple((guest, self.host) for guest in self.guests)


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """Maximise the points of all pairs sent + `participation` (and credit) of each city that takes
    part, as host or guest.

    Rules, none of which a plan ever breaks:

    - at most `exchanges` visits; at most `country_limit` hosted by one country
    - a visit has at least one guest; the delegations of its guests fit the host's places
    - host and guests are all free in its window, and no city is in two visits in one window
    - no city hosts or travels more often than it can; no pair meets twice
    - only pairs in `points` (ruled-out pairs are not there; points may be negative), none of
      `forbidden`
    - among host and guests there are a local authority and a UMN member; with
      `needs_authority_host` and `needs_umn_host` the host itself has them

    What a plan keeps when the rules let it, at a price above everything else: `fixed` pairs, and
    `locked` visits (host, window and at least these guests). What it could not keep is in
    `PlanResult.unmet`. With `unlike`, at least `unlike_by` visits of each of these earlier plans
    are missing: a visit counts as missing when its host does not receive one of its guests.
    """

    cities: tuple[PlanCity, ...]
    points: Mapping[Pair, int]
    window_count: int
    exchanges: int
    participation: int
    country_limit: int
    needs_authority_host: bool = False
    needs_umn_host: bool = False
    fixed: frozenset[Pair] = frozenset()
    forbidden: frozenset[Pair] = frozenset()
    locked: tuple[PlannedVisit, ...] = ()
    unlike: tuple[tuple[PlannedVisit, ...], ...] = ()
    unlike_by: int = 2


class Method(StrEnum):
    HEURISTIC = "heuristic"
    MODEL = "model"
    COLUMNS = "columns"


class UnmetKind(StrEnum):
    """Why a fixed pair or a locked visit is not in the plan, the first that applies."""

    UNKNOWN_CITY = "unknown_city"
    FORBIDDEN = "forbidden"
    RULED_OUT = "ruled_out"
    NO_COMMON_WINDOW = "no_common_window"
    NO_CAPACITY = "no_capacity"
    NO_PLACES = "no_places"
    NO_MIX = "no_mix"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Unmet:
    pair: Pair
    kind: UnmetKind


class BindingKind(StrEnum):
    """What holds the plan back."""

    EXCHANGES = "exchanges"
    COUNTRY = "country"
    HOSTING = "hosting"
    PLACES = "places"
    GUEST = "guest"


@dataclass(frozen=True, slots=True)
class Binding:
    """`gain` are the points that one more would be worth at most, from the linear relaxation; 0
    when that is not known. `subject` is a city, a country or nothing."""

    kind: BindingKind
    subject: str
    gain: int


@dataclass(frozen=True, slots=True)
class Progress:
    """While it is being solved: the best plan so far and what no plan can exceed."""

    method: Method
    objective: int
    bound: int
    visits: int
    seconds: float


@dataclass(frozen=True, slots=True)
class PlanResult:
    """`objective` = `score` (points of the pairs) + points for taking part; never above `bound`."""

    visits: tuple[PlannedVisit, ...]
    score: int
    objective: int
    bound: int
    taking_part: tuple[str, ...]
    unmet: tuple[Unmet, ...]
    binding: tuple[Binding, ...]
    method: Method
    solver: str
    seconds: float
    was_stopped: bool

    @property
    def is_proven(self) -> bool:
        return self.objective == self.bound

    @property
    def gap(self) -> float:
        """What a better plan could gain at most, as a share of the bound; 0 when proven."""
        return (self.bound - self.objective) / self.bound if self.bound > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Budget:
    """How long to search: seconds on `clock` (monotonic), and whether somebody asked to stop.

    The domain reads no clock of its own; the edge hands one in.
    """

    seconds: float
    clock: Callable[[], float]
    is_stopped: Callable[[], bool] = lambda: False
    report: Callable[[Progress], None] = lambda progress: None
