"""What rules a pair out. Whatever the weights, and always in the order of GateKind.

`gates_of` says it of one pair with the reasons, `can_meet` of many pairs at once without them.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from exchanges.domain.matching.components import shared_language
from exchanges.domain.matching.facts import CityFacts, Gate, GateKind, TopicGain
from exchanges.domain.matching.learning import LEARNING_MINIMUM, find_gains, learning_value

if TYPE_CHECKING:
    from exchanges.domain.matching.columns import Bools, Columns


def find_gates(
    guest: CityFacts,
    host: CityFacts,
    *,
    topics: Collection[str] | None = None,
    allow_same_country: bool = False,
) -> tuple[Gate, ...]:
    """Return every reason that rules the pair out; a city and itself only for being the same."""
    gains = find_gains(guest, host, topics)
    return gates_of(guest, host, gains, allow_same_country=allow_same_country)


def gates_of(
    guest: CityFacts,
    host: CityFacts,
    gains: tuple[TopicGain, ...],
    *,
    allow_same_country: bool,
) -> tuple[Gate, ...]:
    if guest.slug == host.slug:
        return (Gate(GateKind.SAME_CITY, {"city": host.slug}),)
    found = (
        None if allow_same_country else same_country(guest, host),
        forbidden(guest, host),
        no_capacity(host),
        no_guest_capacity(guest),
        no_common_window(guest, host),
        no_common_language(guest, host),
        too_little_learning(gains),
    )
    return tuple(gate for gate in found if gate)


def can_meet(guests: Columns, hosts: Columns, *, allow_same_country: bool) -> Bools:
    """No gate but a wish or the learning rules the pair out: `scores` and `index` see to these. A
    city is not told from itself."""
    possible: Bools = guests.shares_language(hosts) | hosts.interprets | guests.interprets
    possible &= (guests.windows & hosts.windows) != 0
    possible &= hosts.can_host & guests.can_travel
    if not allow_same_country:
        possible &= guests.countries != hosts.countries
    return possible


def same_country(guest: CityFacts, host: CityFacts) -> Gate | None:
    """Give the facts: country."""
    if guest.country != host.country:
        return None
    return Gate(GateKind.SAME_COUNTRY, {"country": host.country})


def forbidden(guest: CityFacts, host: CityFacts) -> Gate | None:
    """Give the facts: by ("guest", "host" or "both")."""
    by_guest, by_host = host.slug in guest.vetoes, guest.slug in host.vetoes
    if not by_guest and not by_host:
        return None
    by = "both" if by_guest and by_host else "guest" if by_guest else "host"
    return Gate(GateKind.FORBIDDEN, {"by": by})


def no_capacity(host: CityFacts) -> Gate | None:
    """Give the facts: hosting_capacity, booked."""
    if host.hosting_capacity > host.hosting_booked:
        return None
    facts = {"hosting_capacity": host.hosting_capacity, "booked": host.hosting_booked}
    return Gate(GateKind.NO_CAPACITY, facts)


def no_guest_capacity(guest: CityFacts) -> Gate | None:
    """Give the facts: guest_capacity, booked."""
    if guest.guest_capacity > guest.guest_booked:
        return None
    facts = {"guest_capacity": guest.guest_capacity, "booked": guest.guest_booked}
    return Gate(GateKind.NO_GUEST_CAPACITY, facts)


def no_common_window(guest: CityFacts, host: CityFacts) -> Gate | None:
    """Facts: guest, host (how many windows each has)."""
    if guest.windows & host.windows:
        return None
    free = {"guest": guest.windows.bit_count(), "host": host.windows.bit_count()}
    return Gate(GateKind.NO_COMMON_WINDOW, free)


def no_common_language(guest: CityFacts, host: CityFacts) -> Gate | None:
    """Give the facts: guest, host (language codes, sorted)."""
    if shared_language(guest, host)[0]:
        return None
    spoken = {
        "guest": tuple(sorted(guest.working_languages)),
        "host": tuple(sorted(host.working_languages)),
    }
    return Gate(GateKind.NO_COMMON_LANGUAGE, spoken)


def too_little_learning(gains: tuple[TopicGain, ...]) -> Gate | None:
    """Facts: topics (TopicGain, most useful first), value, minimum (per mille); no_needs: none."""
    if not gains:
        return Gate(GateKind.NO_NEEDS, {})
    value = learning_value(gains)
    if value >= LEARNING_MINIMUM:
        return None
    facts = {"topics": gains, "value": value, "minimum": LEARNING_MINIMUM}
    return Gate(GateKind.LEARNING_TOO_SMALL, facts)
