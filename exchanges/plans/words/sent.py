"""What became of a visit of a plan that was sent as a proposal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from exchanges.domain.visit_phases import AGREED_ON, GIVEN_UP
from exchanges.enums import InvitationState, VisitState
from exchanges.models import SentRow, StudyVisit
from exchanges.plans.domain.facts import PlannedVisit


class Fate(StrEnum):
    """What became of a row; the middle ones are states of its visit."""

    OPEN = "open"
    DRAFT = "draft"
    PROPOSED = "proposed"
    AGREED = "agreed"
    GONE = "gone"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class SentVisit:
    """A row that was sent, from which day on, and the visit; None when its draft was discarded."""

    planned: PlannedVisit
    first_day: date
    visit: StudyVisit | None
    row: SentRow

    @property
    def fate(self) -> Fate:
        if self.visit is None:
            return Fate.DISCARDED
        if self.visit.state in GIVEN_UP:
            return Fate.GONE
        if self.visit.state in AGREED_ON:
            return Fate.AGREED
        return Fate(self.visit.state)

    @property
    def is_dead(self) -> bool:
        return self.fate in (Fate.GONE, Fate.DISCARDED)

    @property
    def is_accepted(self) -> bool:
        """Somebody who was asked said yes; reads prefetched rows."""
        if self.visit is None or self.visit.state != VisitState.PROPOSED:
            return False
        return any(
            each.state == InvitationState.ACCEPTED and not each.is_proposer
            for each in self.visit.invitations.all()
        )

    def is_of(self, planned: PlannedVisit) -> bool:
        """A repair keeps a visit when it keeps the host and the guests, in whatever week."""
        same_guests = set(self.planned.guests) == set(planned.guests)
        return self.planned.host == planned.host and same_guests


def sent_as(planned: PlannedVisit, sent: Iterable[SentVisit]) -> SentVisit | None:
    """What was sent for this visit of a plan: one that lives comes before those that are over."""
    of_this = [each for each in sent if each.is_of(planned)]
    return next((each for each in of_this if not each.is_dead), next(iter(of_this), None))
