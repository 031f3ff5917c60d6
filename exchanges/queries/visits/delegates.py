from __future__ import annotations

from dataclasses import dataclass

from exchanges.enums import InvitationState, MembershipRole
from exchanges.models import Delegate, Invitation, StudyVisit, User
from exchanges.words.visits import side_titles


@dataclass(frozen=True, slots=True)
class Group:
    """An organisation that takes part, with its people and whether the reader may name them."""

    invitation: Invitation
    delegates: list[Delegate]
    is_mine: bool


def groups_of(visit: StudyVisit, user: User, *, sees_people: bool) -> list[tuple[str, list[Group]]]:
    """Host and guest side with their titles, three queries; names only for who may see them."""
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
    return [
        (title, [each for each in groups if each.invitation.side == side])
        for side, title in side_titles().items()
    ]
