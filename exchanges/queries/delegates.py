from __future__ import annotations

from dataclasses import dataclass

from exchanges.enums import InvitationState, MembershipRole, Side
from exchanges.models import Delegate, Invitation, StudyVisit, User


@dataclass(frozen=True, slots=True)
class Group:
    """An organisation that takes part, with its people and whether the reader may name them."""

    invitation: Invitation
    delegates: list[Delegate]
    is_mine: bool


def groups_of(visit: StudyVisit, user: User, *, sees_people: bool) -> dict[str, list[Group]]:
    """Host and guest side, three queries; without names for who may not see them."""
    accepted = visit.invitations.filter(state=InvitationState.ACCEPTED)
    invitations = accepted.select_related("organisation__city", "city")
    delegates = list(visit.delegates.order_by("name")) if sees_people else []
    contacts = user.memberships.filter(role=MembershipRole.CONTACT)
    mine = set(contacts.values_list("organisation", flat=True))
    groups = [
        Group(
            invitation=invitation,
            delegates=[
                each for each in delegates if each.organisation_id == invitation.organisation_id
            ],
            is_mine=invitation.organisation_id in mine,
        )
        for invitation in invitations
    ]
    return {side.value: [each for each in groups if each.invitation.side == side] for side in Side}
