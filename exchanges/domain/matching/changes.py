"""Single changes that a city could make to what it tells, and which gates each could open."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from exchanges.domain.matching.facts import CityFacts, Facts, GateKind
from exchanges.domain.matching.learning import WEIGHT_OF_CHOSEN_TOPIC, shown_level
from exchanges.enums import Side

EXPERIENCED = 3


class ChangeKind(StrEnum):
    SHOW_TOPIC = "show_topic"
    TELL_LEVEL = "tell_level"
    ADD_NEED = "add_need"
    FREE_WINDOWS = "free_windows"
    ADD_LANGUAGE = "add_language"
    TRAVEL_ONCE = "travel_once"
    OFFER_INTERPRETATION = "offer_interpretation"
    HOST_ONCE = "host_once"


COSTS = {
    ChangeKind.SHOW_TOPIC: 1,
    ChangeKind.TELL_LEVEL: 1,
    ChangeKind.ADD_NEED: 1,
    ChangeKind.FREE_WINDOWS: 1,
    ChangeKind.ADD_LANGUAGE: 2,
    ChangeKind.TRAVEL_ONCE: 2,
    ChangeKind.OFFER_INTERPRETATION: 3,
    ChangeKind.HOST_ONCE: 3,
}
"""Our judgement: a word costs least, a week kept free as much, people and rooms most."""

OPENS: Mapping[ChangeKind, frozenset[GateKind]] = {
    ChangeKind.SHOW_TOPIC: frozenset({GateKind.LEARNING_TOO_SMALL}),
    ChangeKind.TELL_LEVEL: frozenset({GateKind.LEARNING_TOO_SMALL}),
    ChangeKind.ADD_NEED: frozenset({GateKind.LEARNING_TOO_SMALL, GateKind.NO_NEEDS}),
    ChangeKind.FREE_WINDOWS: frozenset({GateKind.NO_COMMON_WINDOW}),
    ChangeKind.ADD_LANGUAGE: frozenset({GateKind.NO_COMMON_LANGUAGE}),
    ChangeKind.TRAVEL_ONCE: frozenset({GateKind.NO_GUEST_CAPACITY}),
    ChangeKind.OFFER_INTERPRETATION: frozenset({GateKind.NO_COMMON_LANGUAGE}),
    ChangeKind.HOST_ONCE: frozenset({GateKind.NO_CAPACITY}),
}


@dataclass(frozen=True, slots=True)
class Change:
    """`opens` are the cities, by slug, that can be matched after it, `closes` those that no longer
    can. `facts` by kind:

    - show_topic: topic, level (its own)
    - tell_level: topic, level (assumed: what being experienced would open)
    - add_need: topic, weight
    - free_windows: windows (one index, or two neighbouring ones)
    - add_language: language
    - travel_once: guest_capacity (the new one)
    - offer_interpretation: nothing
    - host_once: hosting_capacity (the new one)
    """

    kind: ChangeKind
    facts: Facts
    opens: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()

    @property
    def cost(self) -> int:
        return COSTS[self.kind] * len(self.facts.get("windows", (0,)))


def changed(city: CityFacts, change: Change) -> CityFacts:
    """The city as if it had made the change."""
    facts = change.facts
    match change.kind:
        case ChangeKind.SHOW_TOPIC:
            return replace(city, not_shown=city.not_shown - {facts["topic"]})
        case ChangeKind.TELL_LEVEL:
            return replace(city, levels={**city.levels, facts["topic"]: facts["level"]})
        case ChangeKind.ADD_NEED:
            return replace(city, needs={**city.needs, facts["topic"]: facts["weight"]})
        case ChangeKind.FREE_WINDOWS:
            freed = sum(1 << window for window in facts["windows"])
            return replace(city, windows=city.windows | freed)
        case ChangeKind.ADD_LANGUAGE:
            return replace(city, working_languages=city.working_languages | {facts["language"]})
        case ChangeKind.TRAVEL_ONCE:
            return replace(city, guest_capacity=facts["guest_capacity"])
        case ChangeKind.OFFER_INTERPRETATION:
            return replace(city, has_interpretation=True)
        case ChangeKind.HOST_ONCE:
            return replace(city, hosting_capacity=facts["hosting_capacity"])


def possible_changes(
    city: CityFacts, others: Iterable[CityFacts], side: Side, can_free: int
) -> Iterator[Change]:
    """What the city could change so that some of `others` find a way in."""
    others = tuple(others)
    if side == Side.HOST:
        yield Change(ChangeKind.HOST_ONCE, {"hosting_capacity": city.hosting_booked + 1})
        yield from _topics_to_show(city, others)
    else:
        yield Change(ChangeKind.TRAVEL_ONCE, {"guest_capacity": city.guest_booked + 1})
        yield from _topics_to_learn(city, others)
    yield from _windows_to_free(city, others, can_free)
    spoken = {code for each in others for code in each.working_languages}
    for code in sorted(spoken - city.working_languages):
        yield Change(ChangeKind.ADD_LANGUAGE, {"language": code})
    if not city.has_interpretation:
        yield Change(ChangeKind.OFFER_INTERPRETATION, {})


def _topics_to_show(city: CityFacts, guests: tuple[CityFacts, ...]) -> Iterator[Change]:
    wanted = {topic for guest in guests for topic in guest.needs}
    for topic in sorted(wanted):
        if topic not in city.levels:
            yield Change(ChangeKind.TELL_LEVEL, {"topic": topic, "level": EXPERIENCED})
        elif topic in city.not_shown and city.levels[topic]:
            yield Change(ChangeKind.SHOW_TOPIC, {"topic": topic, "level": city.levels[topic]})


def _topics_to_learn(city: CityFacts, hosts: tuple[CityFacts, ...]) -> Iterator[Change]:
    offered = {
        topic
        for host in hosts
        for topic in host.levels
        if topic not in city.needs and shown_level(host, topic) > city.levels.get(topic, 0)
    }
    for topic in sorted(offered):
        yield Change(ChangeKind.ADD_NEED, {"topic": topic, "weight": WEIGHT_OF_CHOSEN_TOPIC})


def _windows_to_free(
    city: CityFacts, others: tuple[CityFacts, ...], can_free: int
) -> Iterator[Change]:
    """Return single weeks, and fortnights of two neighbouring weeks."""
    wanted = 0
    for other in others:
        wanted |= other.windows
    free = can_free & wanted & ~city.windows
    for window in range(free.bit_length()):
        if free >> window & 1:
            yield Change(ChangeKind.FREE_WINDOWS, {"windows": (window,)})
        if free >> window & 3 == 3:
            yield Change(ChangeKind.FREE_WINDOWS, {"windows": (window, window + 1)})
