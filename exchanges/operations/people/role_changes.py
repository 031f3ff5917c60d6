"""Every change of roles is kept and told; a change that somebody objects to stops the next."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from exchanges.enums import MembershipRole, Message, RoleChangeState
from exchanges.models import Membership, Organisation, RoleChange, User
from exchanges.operations.mail.outbox import tell
from exchanges.operations.refusals import Refusal
from exchanges.queries.people.role_changes import people_told, roles_are_frozen

COLUMNS = (
    "role",
    "function",
    "given_by_id",
    "invited_by_id",
    "root_id",
    "is_appointed",
    "proposal_id",
)
MOMENTS = ("since", "recovered_at")


class RolesAreFrozen(Refusal):
    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody objected to a change of roles in this organisation. "
                "You can go on when the home office has decided."
            )
        )


def raise_if_frozen(organisation: Organisation) -> None:
    """Raises RolesAreFrozen."""
    if roles_are_frozen(organisation):
        raise RolesAreFrozen


def note(
    organisation: Organisation,
    person: User,
    *,
    before: Iterable[Membership],
    after: Collection[MembershipRole],
    by: User | None,
    at: datetime,
) -> RoleChange:
    """Keep what changed, in the caller's transaction, and tell everybody whom it concerns.

    `before` are the memberships as they were, `after` the roles that the person has now.
    """
    change = RoleChange(organisation=organisation, person=person, made_by=by)
    return make(change, before=before, after=after, at=at)


def make(
    change: RoleChange,
    *,
    before: Iterable[Membership],
    after: Collection[MembershipRole],
    at: datetime,
) -> RoleChange:
    """As `note`, for a change that was asked for before."""
    rows = list(before)
    change.given = sorted(set(after) - {MembershipRole(row.role) for row in rows})
    change.taken = [_kept(row) for row in rows if row.role not in after]
    change.state, change.made_at = RoleChangeState.MADE, at
    change.save()
    told = [*people_told(change.organisation), change.person]
    tell(told, Message.ROLE_CHANGED, at=at, role_change=change.pk)
    return change


def put_back(change: RoleChange) -> None:
    """Make the roles again as they were before the change, as far as it touched them."""
    of_person = Membership.objects.filter(user=change.person, organisation=change.organisation)
    of_person.filter(role__in=change.given).delete()
    there = set(of_person.values_list("role", flat=True))
    Membership.objects.bulk_create(
        Membership(
            user_id=change.person_id,
            organisation_id=change.organisation_id,
            **{name: _moment(row.get(name)) for name in MOMENTS},
            **{name: row[name] for name in COLUMNS},
        )
        for row in change.taken
        if row["role"] not in there
    )


def _kept(row: Membership) -> dict[str, Any]:
    columns = {name: getattr(row, name) for name in COLUMNS}
    moments = {name: getattr(row, name) for name in MOMENTS}
    return columns | {name: at and at.isoformat() for name, at in moments.items()}


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
