"""Several scripts played in one order of time, so that references and record follow it."""

from __future__ import annotations

import heapq
from collections.abc import Generator, Iterable
from datetime import datetime

Script = Generator[datetime, datetime, None]
"""Yields when its next step is, and is sent that moment when it is its turn."""


def play(scripts: Iterable[Script]) -> None:
    waiting = [(next(script), number, script) for number, script in enumerate(scripts)]
    heapq.heapify(waiting)
    while waiting:
        at, number, script = heapq.heappop(waiting)
        try:
            heapq.heappush(waiting, (script.send(at), number, script))
        except StopIteration:
            continue
