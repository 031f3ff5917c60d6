"""Runs every `bench_*.py` of this folder, which has `run() -> list[str]`, and prints its lines."""

import importlib
import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

for path in sorted(Path(__file__).parent.glob("bench_*.py")):
    sys.stdout.write(f"== {path.stem.removeprefix('bench_')}\n")
    sys.stdout.flush()
    for line in importlib.import_module(f"tests.benchmarks.{path.stem}").run():
        sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
