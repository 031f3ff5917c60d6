"""Who belongs where, and whose an address is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q, QuerySet

from exchanges.enums import MembershipRole
from exchanges.labels import label
from exchanges.links import PURPOSE_ACCOUNT, proves, read_token
from exchanges.models import (
    AccountInvitation,
    Membership,
    Organisation,
    Partner,
    Programme,
    User,
)

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    MembershipWithPart = WithAnnotations[Membership, "PartInProgrammes"]


class PartInProgrammes(TypedDict):
    """What the organisation of a membership is in programmes."""

    coordinates: bool
    takes_part: bool


def memberships_of(user: User) -> list[MembershipWithPart]:
    """Return a person's memberships with organisation and seat, oldest first."""
    programmes = Programme.objects.filter(coordinator=OuterRef("organisation"))
    partners = Partner.objects.filter(organisation=OuterRef("organisation"))
    return list(
        user.memberships.select_related("organisation__city")
        .annotate(coordinates=Exists(programmes), takes_part=Exists(partners))
        .order_by("pk")
    )


def organisations_whose_people_are_shown_to(user: User) -> QuerySet[Organisation]:
    """Return the person's own; for an office its programmes' partners and those it brought in."""
    contact = user.memberships.filter(role=MembershipRole.CONTACT).values("organisation")
    coordinated = Programme.objects.filter(coordinator__in=contact)
    own = user.memberships.values("organisation")
    return Organisation.objects.filter(
        Q(pk__in=own)
        | Q(pk__in=coordinated.values("partners__organisation"))
        | Q(home_office__in=contact)
    )


@dataclass(frozen=True, slots=True)
class Member:
    person: User
    memberships: Sequence[Membership]

    @property
    def function(self) -> str:
        return next((each.function for each in self.memberships if each.function), "")

    @property
    def roles(self) -> list[MembershipRole]:
        return sorted(MembershipRole(each.role) for each in self.memberships)

    @property
    def role_names(self) -> list[str]:
        return [label(role) for role in self.roles]


def members_of(organisation: Organisation) -> list[Member]:
    """Return each person once with all roles, by name."""
    rows = organisation.memberships.select_related("user").order_by("user__name", "user", "pk")
    people: dict[int, list[Membership]] = {}
    for row in rows:
        people.setdefault(row.user_id, []).append(row)
    return [Member(rows[0].user, rows) for rows in people.values()]


def open_invitations_of(organisation: Organisation) -> QuerySet[AccountInvitation]:
    waiting = organisation.account_invitations.filter(accepted_at=None, revoked_at=None)
    return waiting.select_related("invited_by").order_by("-invited_at", "pk")


def account_with(email: str) -> User | None:
    """Return whose address this is; one that somebody added but never verified is nobody's."""
    person = User.objects.filter(email__iexact=email).first()
    if person is None:
        verified = EmailAddress.objects.filter(email__iexact=email, verified=True)
        person = User.objects.filter(pk__in=verified.values("user")).first()
    return person


def addresses_of(person: User) -> set[str]:
    """Return the confirmed addresses of a person; before any is confirmed, the one on file."""
    confirmed = EmailAddress.objects.filter(user=person, verified=True)
    return set(confirmed.values_list("email", flat=True)) or {person.email}


def has_address(person: User, email: str) -> bool:
    return account_with(email) == person


def invitation_by_token(text: str) -> tuple[AccountInvitation, int] | None:
    """Return the invitation and the generation that this link proves, which may be an older one."""
    token = read_token(text)
    if token is None:
        return None
    rows = AccountInvitation.objects.select_related("organisation__city", "invited_by")
    invitation = rows.filter(pk=token.subject).first()
    if invitation is None:
        return None
    for generation in range(invitation.generation, -1, -1):
        if proves(token, PURPOSE_ACCOUNT, generation=generation):
            return invitation, generation
    return None
