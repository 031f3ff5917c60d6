"""Cities as many as wanted, the same for the same seed, told about as unevenly as real ones."""

from collections.abc import Sequence
from random import Random

from exchanges.domain.matching import CityFacts
from exchanges.domain.matching.facts import ALL_WINDOWS

TOPICS = tuple(f"topic-{number}" for number in range(14))
LANGUAGES = ("en", "fr", "it", "el", "sl", "bg")
COUNTRIES = 12


def some_cities(
    count: int, seed: int = 1, *, topics: Sequence[str] = TOPICS, told: int = 6
) -> list[CityFacts]:
    """Each has a level on `told` of the topics and needs to learn three."""
    random = Random(seed)
    return [_city(random, number, count, topics, told) for number in range(count)]


def _city(random: Random, number: int, count: int, topics: Sequence[str], told: int) -> CityFacts:
    levels = {topic: random.randint(0, 5) for topic in random.sample(topics, told)}
    return CityFacts(
        slug=f"city-{number}",
        country=f"country-{number % COUNTRIES}",
        latitude=random.uniform(36, 60),
        longitude=random.uniform(-9, 28),
        working_languages=frozenset(random.sample(LANGUAGES, 2)),
        has_interpretation=random.random() < 0.3,
        levels=levels,
        needs={topic: random.randint(1, 3) for topic in random.sample(topics, 3)},
        hosting_capacity=random.randint(0, 2),
        guest_capacity=random.randint(0, 2),
        has_local_authority=random.random() < 0.8,
        has_umn_member=random.random() < 0.7,
        hosting_booked=random.randint(0, 1),
        windows=random.getrandbits(40) & random.getrandbits(40) & ALL_WINDOWS,
        not_shown=frozenset(random.sample(sorted(levels), 1)),
        visited={f"city-{random.randrange(count)}": "2022-05" for _ in range(2)},
        vetoes=frozenset({f"city-{random.randrange(count)}"}),
    )
