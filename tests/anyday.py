"""Runs the suite on the days that programs stumble over: `python -m tests.anyday`.

`faketime`, a Debian package, moves the clock of every process, and the tests take the moved moment
as their own. Browser tests, races and benchmarks have no day and stay out.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from calendar import SUNDAY, isleap
from datetime import UTC, date, datetime, time, timedelta

from tests.moment import NAME
from tests.run import PARALLEL, say

SELECTED = [
    *PARALLEL,
    "-m",
    "not browser and not postgres",
    "--ignore=tests/benchmarks",
    "--ignore-glob=*races.py",
]
MOVED = {
    "TZ": "UTC",
    # Waiting, and how long something took, have no day. Each version knows one of the names.
    "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    "DONT_FAKE_MONOTONIC": "1",
    # Otherwise Python takes every compiled file for an old one, here and in the next real run.
    "NO_FAKE_STAT": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
}


def moments(today: date) -> dict[str, datetime]:
    """The next of each, in UTC."""
    at_night = time(0, 50)
    return {
        "31 December": datetime.combine(date(today.year, 12, 31), time(23, 40), UTC),
        "29 February": datetime.combine(leap_day(today), time(9), UTC),
        "clocks go forward": datetime.combine(last_sunday_of_march(today), at_night, UTC),
        "a year ahead": datetime.combine(today + timedelta(days=365), time(9), UTC),
    }


def leap_day(today: date) -> date:
    year = today.year if (today.month, today.day) <= (2, 29) else today.year + 1
    while not isleap(year):
        year += 1
    return date(year, 2, 29)


def last_sunday_of_march(today: date) -> date:
    """On which all of Europe's clocks go forward at 01:00 UTC."""
    last = date(today.year, 3, 31)
    last -= timedelta(days=(last.weekday() - SUNDAY) % 7)
    return last if last >= today else last_sunday_of_march(date(today.year + 1, 1, 1))


def run_on(moment: datetime, arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="anyday-") as folder:
        # pytest deletes old folders of others, and beside the others' files it would be the future
        own = f"--basetemp={folder}/tests"
        pytest = [sys.executable, "-m", "pytest", "-q", own, *SELECTED, *arguments]
        return subprocess.run(
            ["faketime", f"{moment:%Y-%m-%d %H:%M:%S}", *pytest],
            env={**os.environ, **MOVED, NAME: moment.isoformat()},
            check=False,
        ).returncode


def main(arguments: list[str]) -> int:
    if shutil.which("faketime") is None:
        say("faketime is missing, so no day was tried. On Debian: apt-get install faketime")
        return 1
    outcomes = {}
    for day, moment in moments(datetime.now(UTC).date()).items():
        say(f"\n== {day}: {moment:%Y-%m-%d %H:%M} UTC")
        outcomes[day] = run_on(moment, arguments)
    say("\n== Summary")
    for day, code in outcomes.items():
        say(f"{day}: {'failed' if code else 'passed'}")
    return 1 if any(outcomes.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
