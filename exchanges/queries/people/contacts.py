"""Whom to tell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from exchanges.enums import InvitationState, MembershipRole, Side
from exchanges.models import Membership, Organisation, Programme, StudyVisit, User

Organisations = Iterable[Organisation | int] | QuerySet[Any, Any]
STILL_IN = (InvitationState.OPEN, InvitationState.ACCEPTED)


def contacts_of(organisations: Organisations) -> QuerySet[User]:
    """Return the contact persons, each once."""
    return User.objects.filter(
        is_active=True,
        memberships__role=MembershipRole.CONTACT,
        memberships__organisation__in=organisations,
    ).distinct()


def contacts_and_signatories_of(organisations: Organisations) -> QuerySet[User]:
    """Return those who hear of everything about roles, names and recoveries, each once."""
    return User.objects.filter(
        is_active=True,
        memberships__role__in=[MembershipRole.CONTACT, MembershipRole.SIGNATORY],
        memberships__organisation__in=organisations,
    ).distinct()


def who_act_for(organisations: QuerySet[Organisation]) -> QuerySet[User]:
    """Return the contact persons; where there is none, those of the home office."""
    contacts = Membership.objects.filter(role=MembershipRole.CONTACT, user__is_active=True)
    alone = organisations.exclude(Exists(contacts.filter(organisation=OuterRef("pk"))))
    acting = contacts.filter(
        Q(organisation__in=organisations) | Q(organisation__in=alone.values("home_office"))
    )
    return User.objects.filter(pk__in=acting.values("user"))


def office_of(programme: Programme) -> QuerySet[User]:
    return contacts_of([programme.coordinator_id])


def contacts_asked(visit: StudyVisit) -> QuerySet[User]:
    """Contacts of all organisations that were asked and are still in, the proposer's too."""
    invitations = visit.invitations.filter(state__in=STILL_IN)
    return contacts_of(invitations.values("organisation"))


def contacts_taking_part(visit: StudyVisit, side: Side | None = None) -> QuerySet[User]:
    invitations = visit.invitations.filter(state=InvitationState.ACCEPTED)
    if side is not None:
        invitations = invitations.filter(side=side)
    return contacts_of(invitations.values("organisation"))
