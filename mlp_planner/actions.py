"""What waits for the person signed in, from both apps: asked once a request."""

from collections.abc import Callable
from datetime import date, datetime

from django.http import HttpRequest

from agreements.queries.actions import agreement_actions
from exchanges.models import User
from exchanges.queries.visits.action_rules import Action
from exchanges.queries.visits.actions import visit_actions

SOURCES: tuple[Callable[[User, datetime], list[Action]], ...] = (visit_actions, agreement_actions)


def waiting_actions(request: HttpRequest, at: datetime) -> list[Action]:
    """Soonest first; nothing, and no query, for who is not signed in."""
    if not isinstance(request.user, User):
        return []
    kept: tuple[User, list[Action]] | None = vars(request).get("waiting_actions")
    if kept is None or kept[0] != request.user:
        found = [action for source in SOURCES for action in source(request.user, at)]
        found.sort(key=lambda each: (each.by_date or date.max, each.title))
        kept = (request.user, found)
        vars(request)["waiting_actions"] = kept
    return kept[1]
