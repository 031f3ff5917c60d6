"""Why a city cannot be matched with others, and the cheapest changes that would open most of them.

Nothing is estimated: each change is made to a copy of the city, and its gates are found again.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from exchanges.domain.matching import gates
from exchanges.domain.matching.changes import OPENS, Change, ChangeKind, changed, possible_changes
from exchanges.domain.matching.facts import CityFacts, Gate, GateKind
from exchanges.domain.matching.learning import find_gains
from exchanges.enums import Side

MOST_CHANGES = 5
MOST_TOGETHER = 3
TRIED_TOGETHER = 3  # of each kind


@dataclass(frozen=True, slots=True)
class InTheWay:
    """How many cities a gate rules out, and how many of them for no other reason."""

    kind: GateKind
    cities: int
    alone: int


@dataclass(frozen=True, slots=True)
class Advice:
    """A city as guest or as host among others, all by slug.

    `partners` can be matched now. `changes` are single ones, the most partners for their cost
    first. While there is no partner and no single change opens any, `together` are the two or three
    that do so together (each with the same `opens`); empty when even these would not help.
    """

    side: Side
    partners: tuple[str, ...]
    in_the_way: tuple[InTheWay, ...]
    changes: tuple[Change, ...]
    together: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class _Case:
    city: CityFacts
    side: Side
    others: tuple[CityFacts, ...]
    gates: Mapping[str, frozenset[GateKind]]

    def pair(self, city: CityFacts, other: CityFacts) -> tuple[CityFacts, CityFacts]:
        return (city, other) if self.side == Side.GUEST else (other, city)

    def behind(self, kinds: frozenset[GateKind]) -> tuple[CityFacts, ...]:
        """Return the cities that one of these gates rules out, perhaps among others."""
        return tuple(each for each in self.others if self.gates[each.slug] & kinds)


@dataclass(frozen=True, slots=True)
class _Trial:
    """A change and the cities whose gates of its kind it does away with, whatever others remain."""

    change: Change
    frees: frozenset[str]


def changes_that_help(
    city: CityFacts,
    others: Iterable[CityFacts],
    side: Side,
    *,
    can_free: int = 0,
    allow_same_country: bool = False,
    most: int = MOST_CHANGES,
) -> Advice:
    """`can_free` are the windows (bits) that the city could free, if it wanted."""
    case = _case(city, others, side, allow_same_country=allow_same_country)
    trials = _trials(case, can_free)
    changes = _distinct(_ranked(filter(None, (_opening(case, trial) for trial in trials))))
    partners = tuple(sorted(slug for slug, kinds in case.gates.items() if not kinds))
    return Advice(
        side=side,
        partners=partners,
        in_the_way=_in_the_way(case),
        changes=changes[:most],
        together=() if partners or changes else _together(case, trials),
    )


def _case(
    city: CityFacts, others: Iterable[CityFacts], side: Side, *, allow_same_country: bool
) -> _Case:
    others = tuple(each for each in others if each.slug != city.slug)
    found = {}
    for other in others:
        guest, host = (city, other) if side == Side.GUEST else (other, city)
        gates_found = gates.find_gates(guest, host, allow_same_country=allow_same_country)
        found[other.slug] = frozenset(gate.kind for gate in gates_found)
    return _Case(city, side, others, found)


def _in_the_way(case: _Case) -> tuple[InTheWay, ...]:
    """Return what rules out most cities first."""
    all_of = Counter(kind for kinds in case.gates.values() for kind in kinds)
    alone = Counter(kind for kinds in case.gates.values() if len(kinds) == 1 for kind in kinds)
    order = list(GateKind)
    return tuple(
        InTheWay(kind, count, alone[kind])
        for kind, count in sorted(all_of.items(), key=lambda item: (-item[1], order.index(item[0])))
    )


def _trials(case: _Case, can_free: int) -> list[_Trial]:
    """Every change that does away with some gate."""
    hindered = [each for each in case.others if case.gates[each.slug]]
    trials = []
    for change in possible_changes(case.city, hindered, case.side, can_free):
        city = changed(case.city, change)
        frees = frozenset(
            other.slug
            for other in case.behind(OPENS[change.kind])
            if not _still_there(change.kind, *case.pair(city, other))
        )
        if frees:
            trials.append(_Trial(change, frees))
    return trials


def _still_there(kind: ChangeKind, guest: CityFacts, host: CityFacts) -> Gate | None:
    """Only a gate that a change of this kind has to do with: it leaves the others as they are."""
    match kind:
        case ChangeKind.FREE_WINDOWS:
            return gates.no_common_window(guest, host)
        case ChangeKind.ADD_LANGUAGE | ChangeKind.OFFER_INTERPRETATION:
            return gates.no_common_language(guest, host)
        case ChangeKind.HOST_ONCE:
            return gates.no_capacity(host)
        case ChangeKind.TRAVEL_ONCE:
            return gates.no_guest_capacity(guest)
        case ChangeKind.SHOW_TOPIC | ChangeKind.TELL_LEVEL | ChangeKind.ADD_NEED:
            return gates.too_little_learning(find_gains(guest, host))


def _opening(case: _Case, trial: _Trial) -> Change | None:
    """The change with the cities that it opens by itself; None when it opens no more than it
    closes."""
    kinds = OPENS[trial.change.kind]
    opens = tuple(sorted(slug for slug in trial.frees if case.gates[slug] <= kinds))
    if not opens:
        return None
    change = replace(trial.change, opens=opens, closes=_closes(case, trial.change))
    return change if len(change.opens) > len(change.closes) else None


def _closes(case: _Case, change: Change) -> tuple[str, ...]:
    """One more need makes the others count less, so that a partner for those may be lost."""
    if change.kind is not ChangeKind.ADD_NEED:
        return ()
    city = changed(case.city, change)
    open_now = (each for each in case.others if not case.gates[each.slug])
    return tuple(
        sorted(
            other.slug for other in open_now if _still_there(change.kind, *case.pair(city, other))
        )
    )


def _ranked(changes: Iterable[Change]) -> list[Change]:
    return sorted(
        changes,
        key=lambda each: (
            -(len(each.opens) - len(each.closes)) / each.cost,
            each.cost,
            list(ChangeKind).index(each.kind),
            tuple(each.facts.values()),
        ),
    )


def _distinct(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Without those that open nothing beyond a better change of their kind."""
    kept: list[Change] = []
    for change in changes:
        same_kind = (each for each in kept if each.kind is change.kind)
        if not any(set(change.opens) <= set(each.opens) for each in same_kind):
            kept.append(change)
    return tuple(kept)


def _together(case: _Case, trials: list[_Trial]) -> tuple[Change, ...]:
    """The fewest changes that open somebody, the most for their cost.

    They belong to different gates: of two that open the same one, a single change would do.
    """
    tried: list[_Trial] = []
    for kind in ChangeKind:
        same_kind = [each for each in trials if each.change.kind is kind]
        same_kind.sort(key=lambda each: (-len(each.frees) / each.change.cost, each.change.cost))
        tried += same_kind[:TRIED_TOGETHER]
    for size in range(2, MOST_TOGETHER + 1):
        found = (_joined(case, chosen) for chosen in combinations(tried, size))
        best = max(filter(None, found), key=_worth, default=())
        if best:
            return best
    return ()


def _joined(case: _Case, chosen: tuple[_Trial, ...]) -> tuple[Change, ...]:
    joint = frozenset().union(*(OPENS[trial.change.kind] for trial in chosen))
    slugs = frozenset.intersection(*(trial.frees for trial in chosen))
    opens = tuple(sorted(slug for slug in slugs if case.gates[slug] <= joint))
    return tuple(replace(trial.change, opens=opens) for trial in chosen) if opens else ()


def _worth(changes: tuple[Change, ...]) -> float:
    return len(changes[0].opens) / sum(each.cost for each in changes)
