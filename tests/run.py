"""Runs all suites: `python -m tests.run`. What cannot run here is named; with CI=true it fails."""

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from signal import SIGTERM, signal

from tests.postgres_cluster import binaries, postgres_cluster

CHROMIUM = Path("/usr/bin/chromium")
NO_TESTS = 5
PARALLEL = ["-n", "2"]
ONCE = [
    "--ignore=tests/exchanges/domain",
    "--ignore=tests/exchanges/plans/domain",
    "--ignore=tests/exchanges/words",
    "--ignore=tests/exchanges/templatetags",
    "--ignore=tests/agreements/domain",
    "--ignore=tests/exchanges/exports",
    "--ignore=tests/agreements/exports",
    "--ignore=tests/look",
    "--ignore=tests/matrix",
    "--ignore=tests/benchmarks",
    "--ignore=tests/mlp_planner/test_demo_load.py",
    "--ignore=tests/mlp_planner/test_wheel.py",
]
"""Without a database, or the same on every one; the demo is on SQLite by its nature."""


class Report:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.failed = False

    def add(self, suite: str, outcome: str, *, failed: bool) -> None:
        self.lines.append(f"{suite}: {outcome}")
        self.failed = self.failed or failed

    def skip(self, suite: str, reason: str) -> None:
        in_ci = os.environ.get("CI", "").lower() in ("1", "true")
        self.add(suite, f"SKIPPED, {reason}", failed=in_ci)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def run_suite(report: Report, suite: str, *arguments: str, **environment: str) -> None:
    say(f"\n== {suite}")
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", "-q", "-rs", *arguments],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    last = ""
    for line in process.stdout:
        say(line.rstrip("\n"))
        last = line.strip() or last
    if process.wait() == NO_TESTS:
        report.skip(suite, "it has no tests")
    else:
        report.add(suite, last, failed=process.returncode != 0)


def main() -> int:
    report = Report()
    run_suite(report, "SQLite", *PARALLEL, "-m", "not browser and not postgres")
    with ExitStack() as stack:
        folder = binaries()
        if folder:
            url = stack.enter_context(postgres_cluster(folder))
            arguments = [*PARALLEL, *ONCE, "-m", "not browser"]
            run_suite(report, "PostgreSQL", *arguments, TEST_DATABASE_URL=url)
        else:
            report.skip("PostgreSQL", "initdb is missing: install postgresql")
    if CHROMIUM.exists():
        run_suite(report, "Browser", "-m", "browser")
    else:
        report.skip("Browser", f"{CHROMIUM} is missing: install chromium")
    say("\n== Summary")
    for line in report.lines:
        say(line)
    return 1 if report.failed else 0


if __name__ == "__main__":
    signal(SIGTERM, lambda number, frame: sys.exit(143))
    sys.exit(main())
