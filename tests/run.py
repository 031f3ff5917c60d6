"""Runs all suites: `python -m tests.run`. What cannot run here is named; with CI=true it fails.

The browser mostly waits, so its suite runs beside the others. Its lines are kept, and come last.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from queue import SimpleQueue
from signal import SIGINT, SIGKILL, SIGTERM, default_int_handler, signal
from threading import Thread

from tests.postgres_cluster import binaries, postgres_cluster

CHROMIUM = Path("/usr/bin/chromium")
NO_TESTS = 5
SECONDS_TO_END = 20
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
    "--ignore=tests/exchanges/mail/test_letters.py",
    "--ignore=tests/exchanges/mail/test_role_letters.py",
    "--ignore=tests/agreements/mail",
    "--ignore=tests/mlp_planner/test_demo_load.py",
    "--ignore=tests/mlp_planner/test_proxy.py",
    "--ignore=tests/mlp_planner/test_settings.py",
    "--ignore=tests/mlp_planner/test_unknown_proxy.py",
    "--ignore=tests/mlp_planner/test_wheel.py",
]
"""Without a database, or the same on every one; the demo is on SQLite by its nature."""

ON_POSTGRES = [
    "--ignore=tests/exchanges/views",
    "--ignore=tests/exchanges/test_admin.py",
    "--ignore=tests/exchanges/plans/management",
    "--ignore=tests/exchanges/plans/operations/test_solving.py",
    "--ignore=tests/exchanges/plans/views",
    "--ignore=tests/agreements/views",
]
"""Played once too, on PostgreSQL where there is one: the matrix asks every view on SQLite."""

KEPT = {"PYTHONDONTWRITEBYTECODE": ""}
"""Else each process compiles the tests again, and rewrites their assertions."""


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


class Suite:
    """A run of pytest, whose lines are kept until they are shown."""

    def __init__(self, name: str, *arguments: str, **environment: str) -> None:
        self.name = name
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pytest", "-q", "-rs", *arguments],
            env={**os.environ, **KEPT, **environment},
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C comes to us alone, and we pass it on
        )
        self._lines: SimpleQueue[str | None] = SimpleQueue()
        Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))
        self._lines.put(None)

    def show(self, report: Report) -> None:
        """From the first line to the last, as soon as each comes."""
        say(f"\n== {self.name}")
        last = ""
        for line in iter(self._lines.get, None):
            say(line)
            last = line.strip() or last
        if self.process.wait() == NO_TESTS:
            report.skip(self.name, "it has no tests")
        else:
            report.add(self.name, last, failed=self.process.returncode != 0)

    def stop(self) -> None:
        """As Ctrl-C does, so that it closes what it opened; by force when that takes too long."""
        if self.process.poll() is not None:
            return
        self.process.send_signal(SIGINT)
        try:
            self.process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            say(f"{self.name} does not end by itself, so it is killed.")
        finally:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, SIGKILL)


@contextmanager
def started(name: str, *arguments: str, **environment: str) -> Iterator[Suite]:
    suite = Suite(name, *arguments, **environment)
    try:
        yield suite
    finally:
        suite.stop()


def run_suite(report: Report, name: str, *arguments: str, **environment: str) -> None:
    with started(name, *arguments, **environment) as suite:
        suite.show(report)


def run_all(report: Report) -> None:
    with ExitStack() as stack:
        has_browser = CHROMIUM.exists()
        if has_browser:
            browser = stack.enter_context(started("Browser", "-m", "browser"))
        postgres = binaries()
        once = ON_POSTGRES if postgres else []
        run_suite(report, "SQLite", *PARALLEL, *once, "-m", "not browser and not postgres")
        if postgres:
            run_on_postgres(report, postgres)
        else:
            report.skip("PostgreSQL", "initdb is missing: install postgresql")
        if has_browser:
            browser.show(report)
        else:
            report.skip("Browser", f"{CHROMIUM} is missing: install chromium")


def run_on_postgres(report: Report, folder: Path) -> None:
    with postgres_cluster(folder) as url:
        arguments = [*PARALLEL, *ONCE, "-m", "not browser"]
        run_suite(report, "PostgreSQL", *arguments, TEST_DATABASE_URL=url)


def main() -> int:
    report = Report()
    run_all(report)
    say("\n== Summary")
    for line in report.lines:
        say(line)
    return 1 if report.failed else 0


if __name__ == "__main__":
    signal(SIGINT, default_int_handler)  # a shell's background ignores it, for what we start too
    signal(SIGTERM, lambda number, frame: sys.exit(143))
    sys.exit(main())
