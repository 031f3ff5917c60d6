"""What a possible pair is worth: each component per mille of itself, with what it was made of."""

from exchanges.domain.matching.distance import unit_vector, whole_km
from exchanges.domain.matching.exact import divide
from exchanges.domain.matching.facts import CityFacts, ComponentKind, Facts, TopicGain
from exchanges.domain.matching.learning import find_gains, learning_value

COMPONENTS = tuple(ComponentKind)

INTERPRETATION = 400
ENOUGH_WINDOWS = 3
TOO_FAR_KM = 3000
VISITED_BEFORE = 200
ONE_SIDED = 500

Worth = tuple[int, Facts]


def worths_of(
    guest: CityFacts, host: CityFacts, gains: tuple[TopicGain, ...]
) -> dict[ComponentKind, Worth]:
    return {
        ComponentKind.LEARNING: (learning_value(gains), {"topics": gains}),
        ComponentKind.LANGUAGE: shared_language(guest, host),
        ComponentKind.DATES: _dates(guest, host),
        ComponentKind.TRAVEL: _travel(guest, host),
        ComponentKind.NOVELTY: _novelty(guest, host),
        ComponentKind.MIX: _mix(guest, host),
        ComponentKind.RECIPROCITY: _reciprocity(guest, host),
    }


def shared_language(guest: CityFacts, host: CityFacts) -> Worth:
    """Whoever has interpreters can bring them; the host's come first."""
    if shared := guest.working_languages & host.working_languages:
        return 1000, {"shared": tuple(sorted(shared)), "interpreter": ""}
    if host.has_interpretation:
        return INTERPRETATION, {"shared": (), "interpreter": "host"}
    if guest.has_interpretation:
        return INTERPRETATION, {"shared": (), "interpreter": "guest"}
    return 0, {"shared": (), "interpreter": ""}


def common_windows(a: CityFacts, b: CityFacts) -> tuple[int, ...]:
    """Their indices, ascending."""
    common = a.windows & b.windows
    return tuple(index for index in range(common.bit_length()) if common >> index & 1)


def _dates(guest: CityFacts, host: CityFacts) -> Worth:
    windows = common_windows(guest, host)
    return min(1000, divide(1000 * len(windows), ENOUGH_WINDOWS)), {"windows": windows}


def _travel(guest: CityFacts, host: CityFacts) -> Worth:
    km = whole_km(
        unit_vector(guest.latitude, guest.longitude), unit_vector(host.latitude, host.longitude)
    )
    return divide(1000 * max(0, TOO_FAR_KM - km), TOO_FAR_KM), {"km": km}


def _novelty(guest: CityFacts, host: CityFacts) -> Worth:
    """A return visit is no repetition: it goes the other way."""
    visited = host.slug in guest.visited
    facts = {
        "visited": visited,
        "last": guest.visited.get(host.slug, ""),
        "is_return": guest.slug in host.visited,
    }
    return VISITED_BEFORE if visited else 1000, facts


def _mix(guest: CityFacts, host: CityFacts) -> Worth:
    facts = {
        "guest_authority": guest.has_local_authority,
        "guest_umn": guest.has_umn_member,
        "host_authority": host.has_local_authority,
        "host_umn": host.has_umn_member,
    }
    return 1000 if all(facts.values()) else ONE_SIDED, facts


def _reciprocity(guest: CityFacts, host: CityFacts) -> Worth:
    """What the host could learn in return, whatever the topic of this visit."""
    gains = find_gains(host, guest)
    value = learning_value(gains)
    return min(1000, 2 * value), {"topics": gains, "value": value}
