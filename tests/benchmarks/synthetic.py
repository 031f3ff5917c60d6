"""Networks of cities that never existed, the same for the same seed.

They are made to be as unhandy as real ones. Cities know a few topics of many, and want to learn
where they know little, so most pairs are useless. English is common but not everywhere. Whole
countries are away in the same weeks. One city in ten has no local authority with it, one in five
no UMN member. One in four hosts nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import log10
from random import Random

from exchanges.domain.matching import DEFAULT_WEIGHTS, CityFacts
from exchanges.domain.matching.scores import score_all
from exchanges.plans.domain import Pair, PlanCity, PlanProblem
from tests.benchmarks.countries import COUNTRIES, Country

WINDOWS = 8
EXCHANGES_PER_CITY = 0.4
PARTICIPATION = 1000
COUNTRY_SHARE = 40  # percent
HOSTS_EACH = 60
MOST_WITH_ALL_HOSTS = 500

HOLIDAYS = 0.12
"""How likely a window is lost to a whole country."""

BLACKOUTS = 0.3
"""How likely a window is lost to one city, on top."""

WORTH_OF_WISH = 50


@dataclass(frozen=True)
class Network:
    """Cities with what only the plan asks: people whom they can receive, and whom they send."""

    cities: tuple[CityFacts, ...]
    places: Mapping[str, int]
    delegation: Mapping[str, int]


@cache
def synthetic_cities(count: int, seed: int, *, windows: int = WINDOWS) -> Network:
    """`count` cities of up to 34 countries.

    - 14 topics at 20 cities, 40 at 2,000 and more; a city knows 2 to 6 of them (level 1 to 5) and
      wants to learn 1 to 4 (weight 1 to 3), mostly the popular ones
    - hosts 0 to 2 times a year, travels once or twice; 6 to 30 places, 2 to 6 people travelling
    - each window is lost with 12 % to all cities of a country, and with 30 % to a city by itself
    - one in eight was a guest somewhere before, one in ten wishes for a city or refuses one
    """
    random = Random(f"{count} {seed}")
    topics = [f"topic-{number:02}" for number in range(topic_count(count))]
    closed = {each.code: lost_windows(random, windows, HOLIDAYS) for each in COUNTRIES}
    homes = random.choices(COUNTRIES, [each.weight for each in COUNTRIES], k=count)
    slugs = [f"{home.code.lower()}-{number:05}" for number, home in enumerate(homes)]
    cities = []
    for slug, home in zip(slugs, homes, strict=True):
        lost = closed[home.code] | lost_windows(random, windows, BLACKOUTS)
        cities.append(one_city(random, slug, home, topics, slugs, (2**windows - 1) & ~lost))
    return Network(
        tuple(cities),
        {slug: random.randint(6, 30) for slug in slugs},
        {slug: random.randint(2, 6) for slug in slugs},
    )


def topic_count(cities: int) -> int:
    """14 for up to 20 cities, then thirteen more with every factor of ten, at most 40."""
    return min(40, max(14, round(14 + 13 * log10(max(cities, 1) / 20))))


def lost_windows(random: Random, windows: int, likely: float) -> int:
    return sum(2**window for window in range(windows) if random.random() < likely)


def one_city(
    random: Random, slug: str, home: Country, topics: list[str], slugs: list[str], windows: int
) -> CityFacts:
    levels = known_topics(random, topics)
    return CityFacts(
        slug=slug,
        country=home.code,
        latitude=round(home.latitude + random.gauss(0, 1.2), 4),
        longitude=round(home.longitude + random.gauss(0, 1.6), 4),
        working_languages=spoken(random, home),
        has_interpretation=random.random() < 0.25,
        levels=levels,
        needs=wanted_topics(random, topics, levels),
        hosting_capacity=random.choices((0, 1, 2), (25, 50, 25))[0],
        guest_capacity=random.choices((1, 2), (60, 40))[0],
        has_local_authority=random.random() < 0.9,
        has_umn_member=random.random() < 0.8,
        windows=windows,
        not_shown=frozenset(topic for topic in levels if random.random() < 0.05),
        visited={random.choice(slugs): "2022-05"} if random.random() < 0.12 else {},
        prefers=frozenset(one_in_twenty(random, slugs)),
        vetoes=frozenset(one_in_twenty(random, slugs)),
    )


def spoken(random: Random, home: Country) -> frozenset[str]:
    languages = {random.choice(home.languages)}
    if random.random() < home.english:
        languages.add("en")
    if random.random() < 0.15:
        languages.add(random.choice(("fr", "de", "it", "es")))
    return frozenset(languages)


def known_topics(random: Random, topics: list[str]) -> dict[str, int]:
    """Experienced cities know more topics, and better."""
    if random.random() < 0.3:
        chosen = popular(random, topics, random.randint(4, 6))
        return {topic: random.randint(3, 5) for topic in chosen}
    chosen = popular(random, topics, random.randint(2, 5))
    return {topic: random.randint(1, 4) for topic in chosen}


def wanted_topics(random: Random, topics: list[str], levels: Mapping[str, int]) -> dict[str, int]:
    open_to = [topic for topic in topics if levels.get(topic, 0) < 4]
    chosen = popular(random, open_to, random.randint(1, 4))
    return {topic: random.randint(1, 3) for topic in chosen}


def popular(random: Random, topics: list[str], count: int) -> list[str]:
    """Different topics; the first five times as likely as the last of forty."""
    chances = {topic: 1 / (rank + 10) for rank, topic in enumerate(topics)}
    chosen = []
    for _ in range(count):
        chosen += random.choices([*chances], [*chances.values()])
        del chances[chosen[-1]]
    return chosen


def one_in_twenty(random: Random, slugs: list[str]) -> list[str]:
    return [random.choice(slugs)] if random.random() < 0.05 else []


def synthetic_problem(
    count: int,
    seed: int,
    *,
    exchanges: int | None = None,
    participation: int = PARTICIPATION,
    windows: int = WINDOWS,
) -> PlanProblem:
    """The programme plan of a synthetic network: two visits for every five cities (eight at 20).

    Up to 500 cities all pairs count that no gate rules out; beyond, each guest keeps its best 60
    hosts, so that 2,000 cities have some 117,000 pairs instead of several hundred thousand.
    """
    network = synthetic_cities(count, seed, windows=windows)
    allowed = round(EXCHANGES_PER_CITY * count) if exchanges is None else exchanges
    return PlanProblem(
        cities=tuple(plan_city(network, each) for each in network.cities),
        points=points_of(network, HOSTS_EACH if count > MOST_WITH_ALL_HOSTS else count),
        window_count=windows,
        exchanges=allowed,
        participation=participation,
        country_limit=max(1, allowed * COUNTRY_SHARE // 100),
    )


def plan_city(network: Network, city: CityFacts) -> PlanCity:
    return PlanCity(
        slug=city.slug,
        country=city.country,
        has_local_authority=city.has_local_authority,
        has_umn_member=city.has_umn_member,
        hosting_left=city.hosting_capacity,
        guest_left=city.guest_capacity,
        places=network.places[city.slug],
        delegation=network.delegation[city.slug],
        windows=city.windows,
    )


def points_of(network: Network, hosts_each: int) -> dict[Pair, int]:
    """What each pair is worth: its score, and more when one of them wishes for the other."""
    points = {}
    rows = score_all(network.cities, DEFAULT_WEIGHTS).tolist()
    for guest, scores in zip(network.cities, rows, strict=True):
        worth = {
            host.slug: score + WORTH_OF_WISH * wishes(guest, host)
            for host, score in zip(network.cities, scores, strict=True)
            if score >= 0
        }
        best = sorted(worth, key=lambda slug: (-worth[slug], slug))[:hosts_each]
        points.update({(guest.slug, slug): worth[slug] for slug in best})
    return points


def wishes(guest: CityFacts, host: CityFacts) -> int:
    return (host.slug in guest.prefers) + (guest.slug in host.prefers)
