"""One pair of cities: ruled out, or scored."""

from collections.abc import Collection, Iterable, Mapping

from exchanges.domain.matching.distance import unit_vector, whole_km
from exchanges.domain.matching.facts import (
    CityFacts,
    Component,
    ComponentKind,
    Explanation,
    Facts,
    Gate,
    GateKind,
    TopicGain,
)
from exchanges.domain.matching.weights import Weights

COMPONENTS = (ComponentKind.LEARNING, ComponentKind.LANGUAGE, ComponentKind.TRAVEL)

GAIN_BY_STEPS = (150, 600, 1000, 1000, 850, 700)
"""Per mille, by how many levels the host is ahead. Two or three steps can best be taken over."""

LEARNING_MINIMUM = 200
"""Per mille. A host that is nowhere ahead reaches at most 150, so it is never offered. One that is
ahead on a single topic is, unless that topic is a small part of what the guest wants to learn."""

WEIGHT_OF_CHOSEN_TOPIC = 2
INTERPRETATION = 400
TOO_FAR_KM = 3000


def explain(
    guest: CityFacts,
    host: CityFacts,
    weights: Weights,
    *,
    topics: Collection[str] | None = None,
    allow_same_country: bool = False,
) -> Explanation:
    """Why `guest` should or cannot visit `host`.

    Only `topics` count when some are given, else all needs of the guest. Raises WeightsNotUsable
    when no component in use has a weight.
    """
    share = weights.renormalised(COMPONENTS)
    gains = _gains(guest, host, topics)
    gates = _gates(guest, host, gains, allow_same_country=allow_same_country)
    if gates:
        return Explanation(guest.slug, host.slug, gates, (), 0)
    km = whole_km(
        unit_vector(guest.latitude, guest.longitude), unit_vector(host.latitude, host.longitude)
    )
    language, language_facts = _language(guest, host)
    components = (
        _component(ComponentKind.LEARNING, _learning(gains), share, {"topics": gains}),
        _component(ComponentKind.LANGUAGE, language, share, language_facts),
        _component(ComponentKind.TRAVEL, _travel(km), share, {"km": km}),
    )
    score = sum(component.points for component in components)
    return Explanation(guest.slug, host.slug, (), components, score)


def find_gates(
    guest: CityFacts,
    host: CityFacts,
    *,
    topics: Collection[str] | None = None,
    allow_same_country: bool = False,
) -> tuple[Gate, ...]:
    """Every reason that rules the pair out, whatever the weights."""
    gains = _gains(guest, host, topics)
    return _gates(guest, host, gains, allow_same_country=allow_same_country)


def rank_hosts(
    guest: CityFacts,
    hosts: Iterable[CityFacts],
    weights: Weights,
    topics: Collection[str] | None = None,
    *,
    allow_same_country: bool = False,
) -> tuple[Explanation, ...]:
    """Best first, equal scores by slug; the hosts that are ruled out follow, by slug."""
    explained = (
        explain(guest, host, weights, topics=topics, allow_same_country=allow_same_country)
        for host in hosts
    )
    return tuple(sorted(explained, key=lambda each: (each.is_ruled_out, -each.score, each.host)))


def _gains(
    guest: CityFacts, host: CityFacts, topics: Collection[str] | None
) -> tuple[TopicGain, ...]:
    if topics:
        wanted = {topic: guest.needs.get(topic, WEIGHT_OF_CHOSEN_TOPIC) for topic in topics}
    else:
        wanted = dict(guest.needs)
    gains = []
    for topic, weight in wanted.items():
        guest_level, host_level = guest.levels.get(topic, 0), host.levels.get(topic, 0)
        steps = host_level - guest_level
        gain = GAIN_BY_STEPS[steps] if steps >= 0 else 0
        gains.append(TopicGain(topic, weight, guest_level, host_level, gain))
    gains.sort(key=lambda each: (-each.weight * each.gain, each.topic))
    return tuple(gains)


def _gates(
    guest: CityFacts,
    host: CityFacts,
    gains: tuple[TopicGain, ...],
    *,
    allow_same_country: bool,
) -> tuple[Gate, ...]:
    if guest.slug == host.slug:
        return (Gate(GateKind.SAME_CITY, {"city": host.slug}),)
    gates = []
    if guest.country == host.country and not allow_same_country:
        gates.append(Gate(GateKind.SAME_COUNTRY, {"country": host.country}))
    if host.hosting_capacity < 1:
        gates.append(Gate(GateKind.NO_CAPACITY, {"hosting_capacity": host.hosting_capacity}))
    if _language(guest, host)[0] == 0:
        spoken = {
            "guest": tuple(sorted(guest.working_languages)),
            "host": tuple(sorted(host.working_languages)),
        }
        gates.append(Gate(GateKind.NO_COMMON_LANGUAGE, spoken))
    if not gains:
        gates.append(Gate(GateKind.NO_NEEDS, {}))
    elif (value := _learning(gains)) < LEARNING_MINIMUM:
        facts = {"topics": gains, "value": value, "minimum": LEARNING_MINIMUM}
        gates.append(Gate(GateKind.LEARNING_TOO_SMALL, facts))
    return tuple(gates)


def _learning(gains: tuple[TopicGain, ...]) -> int:
    useful = sum(each.weight * each.gain for each in gains)
    return _divide(useful, sum(each.weight for each in gains))


def _language(guest: CityFacts, host: CityFacts) -> tuple[int, Facts]:
    """Whoever has interpreters can bring them; the host's come first."""
    if shared := guest.working_languages & host.working_languages:
        return 1000, {"shared": tuple(sorted(shared)), "interpreter": ""}
    if host.has_interpretation:
        return INTERPRETATION, {"shared": (), "interpreter": "host"}
    if guest.has_interpretation:
        return INTERPRETATION, {"shared": (), "interpreter": "guest"}
    return 0, {"shared": (), "interpreter": ""}


def _travel(km: int) -> int:
    return _divide(1000 * max(0, TOO_FAR_KM - km), TOO_FAR_KM)


def _component(
    kind: ComponentKind, value: int, share: Mapping[ComponentKind, int], facts: Facts
) -> Component:
    out_of = share[kind]
    return Component(kind, value, _divide(out_of * value, 1000), out_of, facts)


def _divide(numerator: int, denominator: int) -> int:
    """Rounded half up; both at least zero."""
    return (2 * numerator + denominator) // (2 * denominator)
