"""Why a signatory cannot be confirmed, by whom one was, and what changed in somebody's roles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchanges.domain.signatories import ConfirmObstacle
from exchanges.enums import MembershipRole
from exchanges.labels import label
from exchanges.models import RoleChange, SignatoryProposal
from exchanges.words.formats import listed

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

OBSTACLES: Mapping[ConfirmObstacle, StrPromise] = {
    ConfirmObstacle.OBJECTED: gettext_lazy(
        "Somebody of the organisation objected to this person. The operator of this site decides."
    ),
    ConfirmObstacle.OWN_OFFICE: gettext_lazy(
        "The operator of this site confirms who signs for your own organisation."
    ),
    ConfirmObstacle.UNKNOWN_ROOT: gettext_lazy(
        "It is not known through whom the two came in. The operator of this site confirms."
    ),
    ConfirmObstacle.IS_PROPOSER: gettext_lazy(
        "You proposed this person. Somebody else must confirm."
    ),
    ConfirmObstacle.IS_CANDIDATE: gettext_lazy("You are this person. Somebody else must confirm."),
    ConfirmObstacle.IS_ROOT: gettext_lazy(
        "The invitations of these people go back to you. Somebody else must confirm."
    ),
    ConfirmObstacle.NOT_APPOINTED: gettext_lazy(
        "Only a contact whom the operator of this site appointed can confirm."
    ),
    ConfirmObstacle.TOO_EARLY: gettext_lazy(
        "Others in the organisation have 48 hours to object. You can confirm after that."
    ),
}


def obstacle_sentence(obstacle: ConfirmObstacle) -> str:
    return str(OBSTACLES[obstacle])


def confirmed_by(proposal: SignatoryProposal | None) -> str:
    """Return who confirmed a signatory, as other parties read it."""
    if proposal is None or proposal.confirmed_at is None:
        return _("before confirmations were recorded")
    if proposal.confirmed_by is None:
        return _("the operator")
    return str(proposal.confirmed_by)


def roles_given(change: RoleChange) -> str:
    return _role_names(change.given)


def roles_taken(change: RoleChange) -> str:
    return _role_names(row["role"] for row in change.taken)


def _role_names(roles: Iterable[str]) -> str:
    return listed(label(MembershipRole(role)) for role in roles)
