"""Changes of roles: who hears of them, who can object, and what waits for the home office."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from exchanges.enums import MembershipRole, RoleChangeState
from exchanges.models import Membership, Organisation, RoleChange, User
from exchanges.permissions import is_member
from exchanges.queries.people.contacts import contacts_and_signatories_of

OBJECT_WITHIN = timedelta(days=14)
WAITING = (RoleChangeState.ASKED, RoleChangeState.OBJECTED)


def roles_are_frozen(organisation: Organisation) -> bool:
    """Return whether somebody objected to a change of roles, and nobody has decided yet."""
    return organisation.role_changes.filter(state=RoleChangeState.OBJECTED).exists()


def is_objected_to(person: User, organisation: int) -> bool:
    """Return whether an objection to a change of this person's roles is open."""
    changes = RoleChange.objects.filter(organisation=organisation, person=person)
    return changes.filter(state=RoleChangeState.OBJECTED).exists()


def people_told(organisation: Organisation) -> QuerySet[User]:
    """Return the contacts and signatories, who hear of everything about roles."""
    return contacts_and_signatories_of([organisation])


def operators() -> QuerySet[User]:
    return User.objects.filter(is_active=True, is_superuser=True)


def can_object_to_change(person: User, change: RoleChange, at: datetime) -> bool:
    """Return whether this person can still object: the one concerned, or a colleague.

    Nobody objects to what he or she did, nor to somebody's own leaving.
    """
    is_open = change.state == RoleChangeState.MADE and at <= change.made_at + OBJECT_WITHIN
    if not is_open or _has_left(change) or person.pk == change.made_by_id:
        return False
    return person.pk == change.person_id or is_member(person, change.organisation)


def is_for_operator(change: RoleChange) -> bool:
    """Return whether the operator decides, because the home office would judge its own doing."""
    home = change.organisation.home_office_id
    if home is None or home == change.organisation_id:
        return True
    made_by_office = Membership.objects.filter(
        user=change.made_by_id, organisation=home, role=MembershipRole.CONTACT
    )
    gives_signatory = MembershipRole.SIGNATORY in change.given
    return gives_signatory or change.made_by_id is None or made_by_office.exists()


def changes_to_object_to(
    member: User, organisation: Organisation, at: datetime
) -> list[RoleChange]:
    """Return those to which somebody of the organisation can object now, latest first."""
    recent = organisation.role_changes.filter(
        state=RoleChangeState.MADE, made_at__gte=at - OBJECT_WITHIN
    )
    by_others = recent.exclude(made_by=member).select_related("person", "made_by")
    found = by_others.order_by("-made_at", "-pk")
    return [change for change in found if not _has_left(change)]


def _has_left(change: RoleChange) -> bool:
    """Whether somebody gave up roles by own wish."""
    return change.made_by_id == change.person_id and not change.given


def changes_to_decide(office: Organisation) -> QuerySet[RoleChange]:
    """Return what waits for a decision in organisations of this home office, oldest first."""
    rows = RoleChange.objects.filter(organisation__home_office=office, state__in=WAITING)
    with_people = rows.select_related("organisation__city", "person", "made_by", "objected_by")
    return with_people.order_by("made_at", "pk")
