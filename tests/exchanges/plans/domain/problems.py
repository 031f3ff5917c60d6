"""Small problems of every shape, contradictions included, and a clock for the solver."""

from __future__ import annotations

from random import Random
from time import monotonic

from hypothesis import strategies as st

from exchanges.plans.domain import Budget, Pair, PlanCity, PlannedVisit, PlanProblem

SLUGS = ("athens", "koper", "liege", "sofia", "trieste")
STRANGER = "atlantis"
WINDOWS = 3


def budget(seconds: float = 600) -> Budget:
    """So much that only a solver which hangs uses it up: a busy machine is slow."""
    return Budget(seconds=seconds, clock=monotonic)


def small_problem(seed: int, *, with_wishes: bool = True) -> PlanProblem:
    """Two to five cities in up to three windows; `with_wishes`, also pairs and visits to keep,
    pairs that are forbidden, and earlier plans to differ from.

    Drawn evenly, as hypothesis by itself likes empty problems best, where no solver errs.
    """
    random = Random(seed)
    slugs = SLUGS[: random.choice([2, 3, 4, 4, 5, 5])]
    pairs = [(a, b) for a in slugs for b in slugs if a != b]
    density = random.choice([0.4, 0.7, 1.0])
    participation = random.choice([0, 0, 1000, 1000, 100_000])
    problem = PlanProblem(
        cities=tuple(_city(random, slug, participation) for slug in slugs),
        points={pair: _worth(random) for pair in pairs if random.random() < density},
        window_count=random.randint(1, WINDOWS),
        exchanges=random.choice([0, 1, 2, 3, 3, 3]),
        participation=participation,
        country_limit=random.randint(1, 3),
        needs_authority_host=random.random() < 0.1,
        needs_umn_host=random.random() < 0.1,
    )
    return _wishing(random, problem, pairs) if with_wishes else problem


def small_problems(*, with_wishes: bool = True) -> st.SearchStrategy[PlanProblem]:
    seeds = st.integers(0, 10**9)
    return seeds.map(lambda seed: small_problem(seed, with_wishes=with_wishes))


def _worth(random: Random) -> int:
    return random.randint(200, 1000) if random.random() < 0.8 else random.randint(-80, 80)


def _city(random: Random, slug: str, participation: int) -> PlanCity:
    return PlanCity(
        slug=slug,
        country=random.choice(["BE", "GR", "SI"]),
        has_local_authority=random.random() < 0.9,
        has_umn_member=random.random() < 0.8,
        hosting_left=random.choice([0, 1, 1, 2, 2]),
        guest_left=random.choice([0, 1, 1, 2, 2]),
        places=random.randint(2, 9),
        delegation=random.randint(1, 4),
        windows=random.choice([0b111, 0b111, 0b111, 0b101, 0b110, 0b011, 0]),
        credit=random.choice([0, 0, 0, 30, 150, -participation]),
    )


def _wishing(random: Random, problem: PlanProblem, pairs: list[Pair]) -> PlanProblem:
    everyone = [*pairs, *pairs, (STRANGER, SLUGS[0]), (SLUGS[1], STRANGER)]
    slugs = [city.slug for city in problem.cities]
    return PlanProblem(
        cities=problem.cities,
        points=problem.points,
        window_count=problem.window_count,
        exchanges=problem.exchanges,
        participation=problem.participation,
        country_limit=problem.country_limit,
        needs_authority_host=problem.needs_authority_host,
        needs_umn_host=problem.needs_umn_host,
        fixed=frozenset(random.sample(everyone, random.choice([0, 0, 0, 1, 2, 3]))),
        forbidden=frozenset(random.sample(everyone, random.choice([0, 0, 0, 1, 2]))),
        locked=_visits(random, slugs, random.choice([0, 0, 0, 1, 2])),
        unlike=tuple(_visits(random, slugs, 2) for _ in range(random.choice([0, 0, 0, 1, 2]))),
        unlike_by=random.randint(1, 2),
    )


def _visits(random: Random, slugs: list[str], count: int) -> tuple[PlannedVisit, ...]:
    """Of different hosts; some of them against the rules."""
    visits = []
    for host in random.sample(slugs, min(count, len(slugs))):
        others = [slug for slug in slugs if slug != host]
        guests = random.sample(others, min(len(others), random.choice([1, 1, 2])))
        visits.append(PlannedVisit(host, random.randrange(WINDOWS), tuple(sorted(guests))))
    return tuple(visits)
