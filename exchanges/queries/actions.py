"""What needs a person's action, asked of the visits and of every app and wing that adds to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from exchanges.models import User
from exchanges.registry import Registry


@dataclass(frozen=True, slots=True)
class Action:
    """One line of "Needs your action"."""

    icon: str
    title: str
    detail: str
    button: str
    url_name: str
    url_argument: str | int
    since: datetime | None = None
    by_date: date | None = None


action_sources: Registry[Callable[[User, datetime], list[Action]]] = Registry("sources of actions")
"""Each returns what waits for a person, in a number of queries that does not grow with rows."""


def actions_of(user: User, at: datetime) -> list[Action]:
    """Return what waits for this person from all sources, soonest first."""
    found = [action for source in action_sources for action in source(user, at)]
    return sorted(found, key=lambda each: (each.by_date or date.max, each.title))
