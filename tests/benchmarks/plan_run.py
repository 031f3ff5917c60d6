"""One plan in a process of its own: `python -m tests.benchmarks.plan_run columns 100 1 10` solves
a synthetic problem of 100 cities, seed 1, in 10 seconds, and prints what came out as JSON."""

from __future__ import annotations

import json
import resource
import sys
from time import monotonic, perf_counter

from exchanges.plans.domain import Budget, Method, solve
from tests.benchmarks.synthetic import synthetic_problem
from tests.plan_checker import check_plan

OURS = "ours"
"""The method that `solve` chooses by itself."""


def main(method: str, count: int, seed: int, seconds: float) -> None:
    """`wrong` is what the independent checker says, `peak` the most memory in MB, of which
    `before` were in use before the plan was begun."""
    problem = synthetic_problem(count, seed)
    before, began = peak(), perf_counter()
    chosen = None if method == OURS else Method(method)
    result = solve(problem, Budget(seconds=seconds, clock=monotonic), method=chosen)
    told = {
        "seconds": perf_counter() - began,
        "objective": result.objective,
        "bound": result.bound,
        "gap": result.gap,
        "is_proven": result.is_proven,
        "visits": len(result.visits),
        "cities": len(result.taking_part),
        "pairs": len(problem.points),
        "before": before,
        "peak": peak(),
        "wrong": check_plan(problem, result),
    }
    sys.stdout.write(json.dumps(told))


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
