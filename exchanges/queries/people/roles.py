"""What a person is: contact or signatory of which organisations, office of which programmes."""

from __future__ import annotations

from dataclasses import dataclass

from exchanges.enums import MembershipRole
from exchanges.models import User


@dataclass(frozen=True, slots=True)
class Roles:
    """The ids of organisations and programmes, read at once for all who ask.

    `programmes` are those of whose coordinator the person is a contact.
    """

    user: User
    contact_of: frozenset[int]
    signs_for: frozenset[int]
    programmes: frozenset[int]


def roles_of(user: User) -> Roles:
    """Return a person's roles with one query."""
    rows = list(
        user.memberships.values_list("organisation", "role", "organisation__coordinated_programmes")
    )
    contact, signatory = MembershipRole.CONTACT, MembershipRole.SIGNATORY
    return Roles(
        user,
        frozenset(organisation for organisation, role, _ in rows if role == contact),
        frozenset(organisation for organisation, role, _ in rows if role == signatory),
        frozenset(programme for _, role, programme in rows if programme and role == contact),
    )
