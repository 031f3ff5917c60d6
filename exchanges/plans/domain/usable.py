"""Which numbers can be meant."""

from collections.abc import Sequence
from itertools import pairwise

from exchanges.plans.domain.facts import PlanCity, PlanProblem

MOST_WINDOWS = 63
MOST_POINTS = 10**9
MOST_WORTH = 10**12
"""So that whatever is added up stays exact."""


class ProblemNotUsable(ValueError):
    """The numbers make no sense, whatever the plan: says which."""


def check_usable(problem: PlanProblem, cities: Sequence[PlanCity]) -> None:
    """Raises ProblemNotUsable; `cities` are in the order of their slugs."""
    for city, following in pairwise(cities):
        if city.slug == following.slug:
            raise ProblemNotUsable(f"The city {city.slug} is there twice.")
    for city in cities:
        if not 1 <= city.delegation <= MOST_POINTS:
            raise ProblemNotUsable(f"The delegation of {city.slug} cannot be {city.delegation}.")
        if not 0 <= problem.participation + city.credit <= MOST_WORTH:
            raise ProblemNotUsable(f"Taking part has no usable worth for {city.slug}.")
    if not 0 <= problem.window_count <= MOST_WINDOWS:
        raise ProblemNotUsable(f"There can be at most {MOST_WINDOWS} windows.")
    for (guest, host), points in problem.points.items():
        if not -MOST_POINTS <= points <= MOST_POINTS:
            raise ProblemNotUsable(f"The points of {guest} and {host} cannot be {points}.")
