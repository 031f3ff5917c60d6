"""A visit in words: how far it is, whom it waits for, and its two sides."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchanges.domain.visit_states import STEPS
from exchanges.enums import PublicFact, Side, VisitMove, VisitState
from exchanges.labels import label
from exchanges.models import StudyVisit

WAITS_FOR: dict[VisitState, str | Promise] = {
    VisitState.DRAFT: _("It waits for the proposer to finish and send it."),
    VisitState.PROPOSED: _("It waits for answers, then for the proposer to pick the date."),
    VisitState.AGREED: _("It waits for the programme office to confirm it."),
    VisitState.CONFIRMED: _("The hosts build the agenda; everyone names their delegates."),
    VisitState.COMPLETED: _("It took place. Hosts and guests report, then close it."),
}
LOOKS: dict[str, tuple[str, str]] = {
    VisitState.DRAFT: ("plain", "pencil-line"),
    VisitState.PROPOSED: ("blue", "send"),
    VisitState.AGREED: ("ok", "handshake"),
    VisitState.CONFIRMED: ("ok", "calendar-check"),
    VisitState.COMPLETED: ("blue", "flag"),
    VisitState.CLOSED: ("plain", "archive"),
    VisitState.DECLINED: ("stop", "x"),
    VisitState.WITHDRAWN: ("plain", "undo-2"),
    VisitState.CANCELLED: ("stop", "ban"),
}
"""The colour and the icon that stand beside the label of a state."""

MOVED: dict[VisitMove, tuple[str | Promise, str]] = {
    VisitMove.PROPOSE: (_("Proposed the visit and sent the invitations"), "send"),
    VisitMove.DISCARD: (_("Discarded the draft"), "trash-2"),
    VisitMove.ALL_HOSTS_DECLINED: (_("All hosts declined"), "octagon-x"),
    VisitMove.PICK_DATE: (_("Picked the date: %(first_day)s to %(last_day)s"), "calendar-check"),
    VisitMove.CONFIRM: (_("Confirmed the visit"), "badge-check"),
    VisitMove.RETURN: (_("Returned the visit to the proposer"), "rotate-ccw"),
    VisitMove.WITHDRAW: (_("Withdrew the proposal"), "undo-2"),
    VisitMove.COMPLETE: (_("Completed the visit"), "flag"),
    VisitMove.CANCEL: (_("Cancelled the visit"), "calendar-off"),
    VisitMove.CLOSE: (_("Closed the visit with its report"), "archive"),
    VisitMove.IMPORT: (_("Entered from before the program existed"), "upload"),
}
"""What the record says of a move, with an icon."""


@dataclass(frozen=True, slots=True)
class Button:
    """The link to the page of a move. `ends` the visit, or leads it `back`; else it goes on."""

    label: str | Promise
    ends: bool = False
    back: bool = False


BUTTONS: dict[VisitMove, Button] = {
    VisitMove.CONFIRM: Button(_("Confirm the visit")),
    VisitMove.COMPLETE: Button(_("Complete the visit")),
    VisitMove.CLOSE: Button(_("Report and close")),
    VisitMove.RETURN: Button(_("Return to the proposer"), back=True),
    VisitMove.WITHDRAW: Button(_("Withdraw the visit"), ends=True),
    VisitMove.CANCEL: Button(_("Cancel the visit"), ends=True),
}
"""Of the moves that the page of a visit offers; drafts and proposals have pages of their own."""


def public_facts() -> list[str]:
    """Return what the page says that closing a visit makes public, in this order."""
    return [label(fact) for fact in PublicFact]


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
