"""Nobody asks the real clock: `python -m tests.real_clock` names the lines that do.

The program reads `exchanges.clock`, at its edge; tests have the fixture `clock` and `AT`.
Stopwatches (`time.monotonic`, `perf_counter`, `process_time`) tell no time of day and are free.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ASKING = {
    "datetime.now", "datetime.today", "datetime.utcnow", "date.today",
    "time.time", "time.time_ns", "time.gmtime", "time.localtime", "time.ctime", "time.strftime",
    "timezone.now", "timezone.localdate", "timezone.localtime", "functions.Now", "Now",
}  # fmt: skip
FIELDS = {"auto_now", "auto_now_add"}
IMPORTED = {"time": {"time", "time_ns", "gmtime", "localtime", "ctime", "strftime"},
            "django.utils.timezone": {"now", "localdate", "localtime"}}  # fmt: skip
EXCEPTIONS = {
    "exchanges/clock.py": "It is the clock.",
    "exchanges/models/people.py": "The day on which an account was made is Django's to write.",
    "mlp_planner/context.py": "The demo says how far its clock is from the real one.",
    "mlp_planner/mail_folder.py": "The demo's mails are sorted by the moment of writing the file.",
    "tests/anyday.py": "The days are the next ones from the real today.",
    "tests/conftest.py": "It makes sure that faketime has moved the process.",
    "tests/mlp_planner/test_demo.py": "The demo's clock is compared with the one it is moved from.",
}


def faults(source: str) -> Iterator[tuple[int, str]]:
    """Each line that asks, with the words that it uses."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            owner = node.value
            name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            if f"{name}.{node.attr}" in ASKING:
                yield node.lineno, f"{name}.{node.attr}"
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Now":
            yield node.lineno, "Now"
        elif isinstance(node, ast.keyword) and node.arg in FIELDS:
            yield node.value.lineno, str(node.arg)
        elif isinstance(node, ast.ImportFrom):
            asked = IMPORTED.get(node.module or "", set())
            yield from (
                (node.lineno, f"{node.module}.{each.name}")
                for each in node.names
                if each.name in asked
            )


def main() -> int:
    listed = subprocess.run(["git", "ls-files", "*.py"], capture_output=True, text=True, check=True)
    found, excused = [], set()
    for name in listed.stdout.split():
        if "/migrations/" in name or not Path(name).exists():
            continue
        for line, words in faults(Path(name).read_text(encoding="utf-8")):
            if name in EXCEPTIONS:
                excused.add(name)
            else:
                found.append(f"{name}:{line}: {words} asks the real clock.")
    found += [f"{name}: it asks no more; drop the exception." for name in {*EXCEPTIONS} - excused]
    for each in found:
        sys.stdout.write(f"{each}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
