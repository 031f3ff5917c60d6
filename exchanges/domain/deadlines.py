"""How long each step of a visit may take. Lists, reminders and the office read the same days."""

from datetime import timedelta

from exchanges.enums import VisitState

CONFIRM_WITHIN = timedelta(days=14)
"""The office, from the day on which the visit was agreed."""

DELEGATES_BEFORE = timedelta(days=21)
"""Guests name their delegates, and hosts build the agenda, so long before the first day."""

COMPLETE_WITHIN = timedelta(days=14)
"""The hosts say that the visit took place, from its last day."""

CLOSE_WITHIN = timedelta(days=60)
"""Hosts and guests report, from the day on which the visit was completed."""

PATIENCE = timedelta(days=14)
"""Any other step, from the day on which it began."""


def within(state: VisitState) -> timedelta:
    """Return how long a visit may stay in a state, from the day on which it came there."""
    limits = {VisitState.AGREED: CONFIRM_WITHIN, VisitState.COMPLETED: CLOSE_WITHIN}
    return limits.get(state, PATIENCE)
