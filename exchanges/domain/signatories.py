"""When who may confirm that a person signs for an organisation."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

WAITS = timedelta(hours=48)
"""So long everybody else of the organisation has to object, if there is anybody else."""


class ConfirmObstacle(StrEnum):
    """Why a proposal cannot be confirmed by this person, or not yet."""

    OBJECTED = "objected"
    OWN_OFFICE = "own_office"
    UNKNOWN_ROOT = "unknown_root"
    IS_PROPOSER = "is_proposer"
    IS_CANDIDATE = "is_candidate"
    IS_ROOT = "is_root"
    NOT_APPOINTED = "not_appointed"
    TOO_EARLY = "too_early"


FOR_OPERATOR = (ConfirmObstacle.OBJECTED, ConfirmObstacle.OWN_OFFICE, ConfirmObstacle.UNKNOWN_ROOT)
"""Whoever asks in the home office, only the operator can go on."""


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """What is known of a proposal; people are ids. A root that is None is unknown."""

    proposer: int | None
    candidate: int
    roots: Set[int | None]
    """Of all memberships of the two in the organisation, and None if one of them has none."""
    proposed_at: datetime
    was_objected: bool
    has_own_office: bool
    has_others: bool
    """Whether anybody besides the two is a contact or signatory."""


def first_day_to_confirm(facts: ProposalFacts) -> datetime:
    return facts.proposed_at + WAITS if facts.has_others else facts.proposed_at


def obstacle_for_operator(facts: ProposalFacts, at: datetime) -> ConfirmObstacle | None:
    return ConfirmObstacle.TOO_EARLY if at < first_day_to_confirm(facts) else None


def obstacle_for(
    facts: ProposalFacts, person: int, *, is_appointed: bool, at: datetime
) -> ConfirmObstacle | None:
    """Return the first reason why this contact of the home office cannot confirm; None if none."""
    reasons = {
        ConfirmObstacle.OWN_OFFICE: facts.has_own_office,
        ConfirmObstacle.OBJECTED: facts.was_objected,
        ConfirmObstacle.IS_CANDIDATE: person == facts.candidate,
        ConfirmObstacle.IS_PROPOSER: person == facts.proposer,
        ConfirmObstacle.IS_ROOT: person in facts.roots,
        ConfirmObstacle.UNKNOWN_ROOT: None in facts.roots,
        ConfirmObstacle.NOT_APPOINTED: not is_appointed,
        ConfirmObstacle.TOO_EARLY: at < first_day_to_confirm(facts),
    }
    return next((reason for reason, holds in reasons.items() if holds), None)
