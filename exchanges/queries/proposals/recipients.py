"""To whom the mails of a proposal go."""

from __future__ import annotations

from dataclasses import dataclass

from exchanges.enums import InvitationState, MembershipRole
from exchanges.models import Invitation, Membership, Organisation, StudyVisit, User
from exchanges.words.proposals import hosts_first


@dataclass(frozen=True, slots=True)
class Recipient:
    person: User
    function: str
    organisation: Organisation
    invitation: Invitation


def recipients_of(visit: StudyVisit) -> list[Recipient]:
    """Return the contact persons of those invited but the proposer's; reads prefetched rows."""
    invited = {
        each.organisation_id: each
        for each in hosts_first(visit)
        if not each.is_proposer and each.state != InvitationState.WITHDRAWN
    }
    for invitation in invited.values():
        invitation.visit = visit
    return [
        Recipient(row.user, row.function, row.organisation, invited[row.organisation_id])
        for row in contacts_in(invited)
    ]


def contacts_in(organisations: list[int] | dict[int, Invitation]) -> list[Membership]:
    """Return contact persons in the order of the organisations given, then by name."""
    order = list(organisations)
    rows = Membership.objects.filter(
        organisation__in=order, role=MembershipRole.CONTACT, user__is_active=True
    ).select_related("user", "organisation__city")
    return sorted(rows, key=lambda row: (order.index(row.organisation_id), row.user.name))
