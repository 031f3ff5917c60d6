"""Dated steps of several visits, taken in order of time: references and record follow it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SampleStep:
    at: datetime
    take: Callable[[datetime], object]


def take_in_order(steps: Iterable[SampleStep]) -> None:
    """Take the steps by time; those of one moment in the order given."""
    for step in sorted(steps, key=lambda step: step.at):
        step.take(step.at)
