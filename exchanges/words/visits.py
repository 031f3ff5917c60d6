"""A visit in words: how far it is, whom it waits for, and its two sides."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchanges.domain.visit_states import STEPS
from exchanges.enums import Side, VisitMove, VisitState
from exchanges.labels import label
from exchanges.models import StudyVisit

WAITS_FOR: dict[VisitState, str | Promise] = {
    VisitState.DRAFT: _("It waits for the proposer to finish and send it."),
    VisitState.PROPOSED: _("It waits for answers, then for the proposer to pick the date."),
    VisitState.AGREED: _("It waits for the programme office to confirm it."),
    VisitState.CONFIRMED: _("The hosts build the agenda; everyone names their delegates."),
    VisitState.COMPLETED: _("It took place. Hosts and guests report, then close it."),
}


@dataclass(frozen=True, slots=True)
class Button:
    """The link to the page of a move."""

    label: str | Promise
    kind: str = "btn-primary"


ENDING = "btn-danger"
BUTTONS: dict[VisitMove, Button] = {
    VisitMove.CONFIRM: Button(_("Confirm the visit")),
    VisitMove.COMPLETE: Button(_("Complete the visit")),
    VisitMove.CLOSE: Button(_("Report and close")),
    VisitMove.RETURN: Button(_("Return to the proposer"), "btn-quiet"),
    VisitMove.WITHDRAW: Button(_("Withdraw the visit"), ENDING),
    VisitMove.CANCEL: Button(_("Cancel the visit"), ENDING),
}
"""Of the moves that the page of a visit offers; drafts and proposals have pages of their own."""


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
    return str(WAITS_FOR.get(VisitState(visit.state), ""))


def _status(number: int, position: int) -> str:
    if number == position:
        return "done" if position == len(STEPS) - 1 else "current"
    return "done" if number < position else "todo"


def side_titles() -> dict[Side, str]:
    return {Side.HOST: gettext("Hosts"), Side.GUEST: gettext("Guests")}
