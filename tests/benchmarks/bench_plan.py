"""The programme plan of synthetic networks, against the plain model with the same solver and time,
and against the heuristic. About twelve minutes; `BENCH_PLAN=20,100` takes these sizes only."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from tests.benchmarks.plan_run import OURS

SEEDS = {20: (1, 2, 3, 4, 5), 100: (1, 2, 3), 500: (1,), 2000: (1,)}
SECONDS = {20: 5, 100: 10, 500: 60, 2000: 120}
METHODS = {OURS: "plan", "model": "plain model", "heuristic": "heuristic"}

Run = Mapping[str, Any]


def run() -> list[str]:
    chosen = os.environ.get("BENCH_PLAN", ",".join(map(str, SEEDS)))
    return [line for size in chosen.split(",") for line in lines_of(int(size))]


def lines_of(count: int) -> list[str]:
    seeds, seconds = SEEDS[count], SECONDS[count]
    found = {method: [solved(method, count, seed, seconds) for seed in seeds] for method in METHODS}
    pairs = median(each["pairs"] for each in found[OURS])
    many = "1 seed" if len(seeds) == 1 else f"{len(seeds)} seeds"
    head = f"{count} cities, {pairs:,.0f} pairs, {many}, at most {seconds} s each:"
    return [head, *(line_of(method, runs, found[OURS]) for method, runs in found.items())]


def solved(method: str, count: int, seed: int, seconds: int) -> Run:
    """A fresh process, so that its memory is its own. A plan that breaks a rule ends the run."""
    command = [sys.executable, "-m", "tests.benchmarks.plan_run"]
    command += [method, str(count), str(seed), str(seconds)]
    told: Run = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    if told["wrong"]:
        raise AssertionError(told["wrong"])
    return told


def line_of(method: str, runs: Sequence[Run], ours: Sequence[Run]) -> str:
    """Medians; the gap also at worst, and the objective as a share of ours, seed by seed."""
    gaps = [each["gap"] for each in runs]
    shares = [a["objective"] / b["objective"] for a, b in zip(runs, ours, strict=True)]
    middle = {key: median(each[key] for each in runs) for key in ("objective", "bound", "seconds")}
    objective, bound, taken = middle.values()
    worst = f" (at worst {max(gaps):.2%})" if len(runs) > 1 else ""
    share = "" if method == OURS else f", {median(shares):.4f} x the plan's objective"
    return (
        f"  {METHODS[method]:<11} objective {objective:>9,.0f}, bound {bound:>9,.0f}, "
        f"gap {median(gaps):.2%}{worst}, {taken:.1f} s, "
        f"{max(each['peak'] for each in runs):.0f} MB{share}"
    )
