"""From whom a person's right to act for an organisation comes."""

from __future__ import annotations

from collections.abc import Iterable

from exchanges.enums import MembershipRole
from exchanges.models import Membership, Organisation, User


def root_of_giver(giver: User | None, organisation: Organisation) -> int | None:
    """Return the id of the root by which this person gives roles in the organisation.

    It is that of the giver's contact membership there, else in the home office. None is unknown.
    """
    if giver is None:
        return None
    contacts = Membership.objects.filter(user=giver, role=MembershipRole.CONTACT)
    roots = dict(contacts.values_list("organisation", "root"))
    if organisation.pk in roots:
        return roots[organisation.pk]
    home = organisation.home_office_id
    return roots.get(home) if home is not None else None


def common_root(roots: Iterable[int | None]) -> int | None:
    """Return the root that all have in common; None, unknown, when they differ."""
    found = set(roots)
    return found.pop() if len(found) == 1 else None
