"""What needs a person's action, asked of the visits and of every app and wing that adds to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from exchanges.models import User
from exchanges.queries.people.roles import Roles, roles_of
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


action_sources: Registry[Callable[[Roles, datetime], list[Action]]] = Registry("sources of actions")
"""Each returns what waits for who has these roles. Its queries do not grow with rows."""


def actions_of(user: User, at: datetime) -> list[Action]:
    """Return what waits for this person from all sources, soonest first."""
    roles = roles_of(user)
    found = [action for source in action_sources for action in source(roles, at)]
    return sorted(found, key=lambda each: (each.by_date or date.max, each.title))
