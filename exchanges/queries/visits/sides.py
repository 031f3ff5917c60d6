"""Who takes part in a visit or was asked: hosts and guests, with those outside the partnership."""

from __future__ import annotations

from dataclasses import dataclass

from exchanges.enums import InvitationState
from exchanges.models import Invitation, StudyVisit, ThirdParty
from exchanges.words.visits import side_titles


@dataclass(frozen=True, slots=True)
class SideOfVisit:
    title: str
    invitations: list[Invitation]
    third_parties: list[ThirdParty]


def sides_of(visit: StudyVisit) -> list[SideOfVisit]:
    """Read it in two queries."""
    asked = visit.invitations.exclude(state=InvitationState.WITHDRAWN)
    invitations = list(asked.select_related("organisation__city", "city"))
    parties = list(visit.third_parties.all())
    return [
        SideOfVisit(
            title=title,
            invitations=[each for each in invitations if each.side == side],
            third_parties=[each for each in parties if each.side == side],
        )
        for side, title in side_titles().items()
    ]
