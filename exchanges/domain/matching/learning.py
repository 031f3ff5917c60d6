"""What a guest would learn from a host, topic by topic."""

from collections.abc import Collection, Mapping

from exchanges.domain.matching.exact import divide
from exchanges.domain.matching.facts import CityFacts, TopicGain

MOST_LEVEL = 5

GAIN_BY_STEPS = (150, 600, 1000, 1000, 850, 700)
"""Per mille, by how many levels the host is ahead. Two or three steps can best be taken over."""

LEARNING_MINIMUM = 200
"""Per mille. A host that is nowhere ahead reaches at most 150, so it is never offered. One that is
ahead on a single topic is, unless that topic is a small part of what the guest wants to learn."""

WEIGHT_OF_CHOSEN_TOPIC = 2


def wanted_topics(guest: CityFacts, topics: Collection[str] | None) -> Mapping[str, int]:
    """Their weights: those of the guest's needs, 2 for a chosen topic that is none of them."""
    if not topics:
        return guest.needs
    return {topic: guest.needs.get(topic, WEIGHT_OF_CHOSEN_TOPIC) for topic in topics}


def shown_level(host: CityFacts, topic: str) -> int:
    return 0 if topic in host.not_shown else host.levels.get(topic, 0)


def gain_of(guest_level: int, host_level: int) -> int:
    return GAIN_BY_STEPS[host_level - guest_level] if host_level >= guest_level else 0


def find_gains(
    guest: CityFacts, host: CityFacts, topics: Collection[str] | None = None
) -> tuple[TopicGain, ...]:
    """Return them, most useful first."""
    gains = []
    for topic, weight in wanted_topics(guest, topics).items():
        own, theirs = guest.levels.get(topic, 0), shown_level(host, topic)
        gains.append(TopicGain(topic, weight, own, theirs, gain_of(own, theirs)))
    gains.sort(key=lambda each: (-each.weight * each.gain, each.topic))
    return tuple(gains)


def learning_value(gains: tuple[TopicGain, ...]) -> int:
    """Return it per mille; 0 without any topic."""
    if not gains:
        return 0
    useful = sum(each.weight * each.gain for each in gains)
    return divide(useful, sum(each.weight for each in gains))
