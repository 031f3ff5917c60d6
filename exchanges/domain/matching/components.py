"""What a possible pair is worth: each component per mille of itself, with what it was made of.

Each has its rule for one pair, and the same as a look-up for many pairs at once: the step that a
pair is on (STEPS) leads to the value (VALUES).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from exchanges.domain.matching.distance import unit_vector, whole_km
from exchanges.domain.matching.exact import divide
from exchanges.domain.matching.facts import CityFacts, Facts, TopicGain
from exchanges.domain.matching.learning import find_gains, learning_value
from exchanges.domain.matching.weights import ComponentKind

if TYPE_CHECKING:
    from exchanges.domain.matching.columns import Columns, Ints

COMPONENTS = tuple(ComponentKind)

INTERPRETATION = 400
ENOUGH_WINDOWS = 3
TOO_FAR_KM = 3000
VISITED_BEFORE = 200
ONE_SIDED = 500

Worth = tuple[int, Facts]

VALUES: Mapping[ComponentKind, Sequence[int]] = {
    ComponentKind.LEARNING: range(1001),  # by per mille
    ComponentKind.LANGUAGE: (INTERPRETATION, 1000),
    ComponentKind.DATES: [divide(1000 * n, ENOUGH_WINDOWS) for n in range(ENOUGH_WINDOWS + 1)],
    ComponentKind.TRAVEL: [
        divide(1000 * (TOO_FAR_KM - km), TOO_FAR_KM) for km in range(TOO_FAR_KM + 1)
    ],
    ComponentKind.NOVELTY: (1000, VISITED_BEFORE),
    ComponentKind.MIX: (ONE_SIDED, 1000),
    ComponentKind.RECIPROCITY: [min(1000, 2 * value) for value in range(1001)],  # by per mille
}
"""By step."""

STEPS: Mapping[ComponentKind, Callable[[Columns, Columns], Ints]] = {
    ComponentKind.LANGUAGE: lambda guests, hosts: guests.shares_language(hosts).astype(int),
    ComponentKind.DATES: lambda guests, hosts: guests.common_windows(hosts).clip(
        max=ENOUGH_WINDOWS
    ),
    ComponentKind.TRAVEL: lambda guests, hosts: guests.km_to(hosts, TOO_FAR_KM),
    ComponentKind.MIX: lambda guests, hosts: (guests.is_mixed & hosts.is_mixed).astype(int),
}
"""Of guests and hosts. Learning, reciprocity and novelty are about single topics or pairs: `scores`
and `index` find their steps."""


def worths_of(
    guest: CityFacts, host: CityFacts, gains: tuple[TopicGain, ...]
) -> dict[ComponentKind, Worth]:
    return {
        ComponentKind.LEARNING: _learning(gains),
        ComponentKind.LANGUAGE: shared_language(guest, host),
        ComponentKind.DATES: _dates(guest, host),
        ComponentKind.TRAVEL: _travel(guest, host),
        ComponentKind.NOVELTY: _novelty(guest, host),
        ComponentKind.MIX: _mix(guest, host),
        ComponentKind.RECIPROCITY: _reciprocity(guest, host),
    }


def _learning(gains: tuple[TopicGain, ...]) -> Worth:
    """Give the facts: topics (TopicGain, most useful first)."""
    return learning_value(gains), {"topics": gains}


def shared_language(guest: CityFacts, host: CityFacts) -> Worth:
    """Whoever has interpreters can bring them; the host's come first.

    Facts: shared (language codes, sorted), interpreter ("host", "guest" or "").
    """
    if shared := guest.working_languages & host.working_languages:
        return 1000, {"shared": tuple(sorted(shared)), "interpreter": ""}
    if host.has_interpretation:
        return INTERPRETATION, {"shared": (), "interpreter": "host"}
    if guest.has_interpretation:
        return INTERPRETATION, {"shared": (), "interpreter": "guest"}
    return 0, {"shared": (), "interpreter": ""}


def common_windows(a: CityFacts, b: CityFacts) -> tuple[int, ...]:
    """Return their indices, ascending."""
    common = a.windows & b.windows
    return tuple(index for index in range(common.bit_length()) if common >> index & 1)


def _dates(guest: CityFacts, host: CityFacts) -> Worth:
    """Give the facts: windows (indices, ascending)."""
    windows = common_windows(guest, host)
    value = VALUES[ComponentKind.DATES][min(len(windows), ENOUGH_WINDOWS)]
    return value, {"windows": windows}


def _travel(guest: CityFacts, host: CityFacts) -> Worth:
    """Give the facts: km."""
    km = whole_km(
        unit_vector(guest.latitude, guest.longitude), unit_vector(host.latitude, host.longitude)
    )
    return VALUES[ComponentKind.TRAVEL][min(km, TOO_FAR_KM)], {"km": km}


def _novelty(guest: CityFacts, host: CityFacts) -> Worth:
    """A return visit is no repetition: it goes the other way.

    Facts: visited (whether the guest was there), last ("2022-05" or ""), is_return (whether the
    host was the guest's guest).
    """
    visited = host.slug in guest.visited
    facts = {
        "visited": visited,
        "last": guest.visited.get(host.slug, ""),
        "is_return": guest.slug in host.visited,
    }
    return VISITED_BEFORE if visited else 1000, facts


def _mix(guest: CityFacts, host: CityFacts) -> Worth:
    """Give the facts: guest_authority, guest_umn, host_authority, host_umn."""
    facts = {
        "guest_authority": guest.has_local_authority,
        "guest_umn": guest.has_umn_member,
        "host_authority": host.has_local_authority,
        "host_umn": host.has_umn_member,
    }
    return 1000 if all(facts.values()) else ONE_SIDED, facts


def _reciprocity(guest: CityFacts, host: CityFacts) -> Worth:
    """What the host could learn in return, whatever the topic of this visit.

    Facts: topics (TopicGain for the host as guest, most useful first), value (per mille, before it
    is doubled).
    """
    gains = find_gains(host, guest)
    value = learning_value(gains)
    return min(1000, 2 * value), {"topics": gains, "value": value}
