"""Who takes part in an agreement, and whom to tell."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from agreements.models import Agreement, Party, Version
from agreements.queries.states import is_over
from exchanges.enums import InvitationState, MembershipRole, Side
from exchanges.models import Invitation, Organisation, StudyVisit, User
from exchanges.queries.people.contacts import contacts_and_signatories_of, contacts_of, office_of


def accepted_invitations(visit: StudyVisit) -> list[Invitation]:
    """Return the invitations of organisations that took part, hosts first."""
    invitations = visit.invitations.filter(state=InvitationState.ACCEPTED)
    found = invitations.select_related("organisation__city", "city").order_by("pk")
    return sorted(found, key=lambda each: each.side != Side.HOST)


def parties_of(agreement: Agreement) -> list[Party]:
    return list(agreement.parties.select_related("organisation__city", "city"))


def current_version(agreement: Agreement) -> Version:
    return agreement.versions.get(number=agreement.current_number)


def party_contacts(agreement: Agreement) -> QuerySet[User]:
    return contacts_of(agreement.parties.values("organisation"))


def signatories_of(agreement: Agreement) -> QuerySet[User]:
    return User.objects.filter(
        is_active=True,
        memberships__role=MembershipRole.SIGNATORY,
        memberships__organisation__in=agreement.parties.values("organisation"),
    ).distinct()


def people_of_other_parties(organisation: Organisation, at: datetime) -> QuerySet[User]:
    """Return contacts and signatories of whom it has an agreement with that is not over."""
    agreements = Agreement.objects.exclude(is_over(at)).filter(parties__organisation=organisation)
    others = Party.objects.filter(agreement__in=agreements).exclude(organisation=organisation)
    return contacts_and_signatories_of(others.values("organisation"))


def all_concerned(agreement: Agreement) -> list[User]:
    """Return contacts of the parties, their signatories, and the office; each once."""
    groups = (party_contacts(agreement), signatories_of(agreement), office_of(agreement.programme))
    return list({person.pk: person for group in groups for person in group}.values())


def is_concerned(person: User, agreement: Agreement) -> bool:
    """Say whether it is one of those now: roles change between a move and its mail."""
    return any(each.pk == person.pk for each in all_concerned(agreement))
