"""A visit in words: how far it is, whom it waits for, and its two sides."""

from __future__ import annotations

from django.utils.translation import gettext as _

from exchanges.domain.visit_states import STEPS
from exchanges.enums import Side, VisitState
from exchanges.labels import label
from exchanges.models import StudyVisit


def steps(visit: StudyVisit) -> list[dict[str, str]]:
    """The stepper: what is done, where it stands, what is to come."""
    state = VisitState(visit.state)
    if state not in STEPS:
        return [
            {"label": label(VisitState.PROPOSED), "status": "done"},
            {"label": label(state), "status": "stop"},
        ]
    position = STEPS.index(state)
    return [
        {"label": label(each), "status": _status(number, position)}
        for number, each in enumerate(STEPS)
    ]


def waits_for(visit: StudyVisit) -> str:
    """Whose move it is, in words."""
    return {
        VisitState.DRAFT: _("It waits for the proposer to finish and send it."),
        VisitState.PROPOSED: _("It waits for answers, then for the proposer to pick the date."),
        VisitState.AGREED: _("It waits for the programme office to confirm it."),
        VisitState.CONFIRMED: _("The hosts build the agenda; everyone names their delegates."),
        VisitState.COMPLETED: _("It took place. Hosts and guests report, then close it."),
    }.get(VisitState(visit.state), "")


def _status(number: int, position: int) -> str:
    if number == position:
        return "done" if position == len(STEPS) - 1 else "current"
    return "done" if number < position else "todo"


def side_titles() -> dict[Side, str]:
    return {Side.HOST: _("Hosts"), Side.GUEST: _("Guests")}
