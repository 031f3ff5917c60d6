"""The steps of a proposal: the core's own, and what apps and wings add behind them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from exchanges.models import StudyVisit
from exchanges.registry import Registry
from exchanges.words.proposals import SummaryLine


@dataclass(frozen=True, slots=True)
class Step:
    """`lines` says what the draft has, `is_missing` whether the draft cannot be sent like that.

    `page` makes the form for `exchanges.views.proposals.steps`, `template` shows it.
    """

    title: str | Promise
    lines: Callable[[StudyVisit], list[SummaryLine]]
    is_missing: Callable[[StudyVisit, datetime], bool]
    page: Callable[..., Any]
    template: str


proposal_steps: Registry[Step] = Registry("steps of a proposal")
"""By the last part of their address."""


def steps_missing(visit: StudyVisit, at: datetime) -> tuple[str, ...]:
    """Return the steps that keep this draft from being sent, in their order."""
    return tuple(name for name, step in proposal_steps.items() if step.is_missing(visit, at))


def summary_of(visit: StudyVisit) -> list[tuple[str, str, list[SummaryLine]]]:
    """Return each step with its title and what the draft has; reads prefetched rows."""
    return [(name, str(step.title), step.lines(visit)) for name, step in proposal_steps.items()]
