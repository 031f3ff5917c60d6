"""What rules a pair out. Whatever the weights, and always in the order of GateKind."""

from collections.abc import Collection, Iterator

from exchanges.domain.matching.components import shared_language
from exchanges.domain.matching.facts import CityFacts, Gate, GateKind, TopicGain
from exchanges.domain.matching.learning import LEARNING_MINIMUM, find_gains, learning_value


def find_gates(
    guest: CityFacts,
    host: CityFacts,
    *,
    topics: Collection[str] | None = None,
    allow_same_country: bool = False,
) -> tuple[Gate, ...]:
    """Every reason that rules the pair out; a city and itself only for being the same."""
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
    gates = [*_capacity_and_wishes(guest, host, allow_same_country), *_meeting(guest, host)]
    gates.extend(_learning(gains))
    return tuple(gates)


def _capacity_and_wishes(
    guest: CityFacts, host: CityFacts, allow_same_country: bool
) -> Iterator[Gate]:
    if guest.country == host.country and not allow_same_country:
        yield Gate(GateKind.SAME_COUNTRY, {"country": host.country})
    if by := _forbidden_by(guest, host):
        yield Gate(GateKind.FORBIDDEN, {"by": by})
    if host.hosting_capacity - host.hosting_booked < 1:
        facts = {"hosting_capacity": host.hosting_capacity, "booked": host.hosting_booked}
        yield Gate(GateKind.NO_CAPACITY, facts)
    if guest.guest_capacity - guest.guest_booked < 1:
        facts = {"guest_capacity": guest.guest_capacity, "booked": guest.guest_booked}
        yield Gate(GateKind.NO_GUEST_CAPACITY, facts)


def _forbidden_by(guest: CityFacts, host: CityFacts) -> str:
    by_guest, by_host = host.slug in guest.vetoes, guest.slug in host.vetoes
    if by_guest and by_host:
        return "both"
    return "guest" if by_guest else "host" if by_host else ""


def _meeting(guest: CityFacts, host: CityFacts) -> Iterator[Gate]:
    if not guest.windows & host.windows:
        free = {"guest": guest.windows.bit_count(), "host": host.windows.bit_count()}
        yield Gate(GateKind.NO_COMMON_WINDOW, free)
    if shared_language(guest, host)[0] == 0:
        spoken = {
            "guest": tuple(sorted(guest.working_languages)),
            "host": tuple(sorted(host.working_languages)),
        }
        yield Gate(GateKind.NO_COMMON_LANGUAGE, spoken)


def _learning(gains: tuple[TopicGain, ...]) -> Iterator[Gate]:
    if not gains:
        yield Gate(GateKind.NO_NEEDS, {})
    elif (value := learning_value(gains)) < LEARNING_MINIMUM:
        facts = {"topics": gains, "value": value, "minimum": LEARNING_MINIMUM}
        yield Gate(GateKind.LEARNING_TOO_SMALL, facts)
