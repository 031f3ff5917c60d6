"""What can be put to the operator, and whom it concerns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from exchanges.enums import AskedState, DisputeKind, MembershipRole, RecoveryState
from exchanges.models import (
    City,
    Dispute,
    HeldVisitQuestion,
    Organisation,
    Programme,
    User,
)
from exchanges.permissions import Person
from exchanges.queries.people.contacts import contacts_of

SILENT_AFTER = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason to ask the operator; `city` for acting for one."""

    kind: DisputeKind
    city: City | None = None

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.city.slug}" if self.city else str(self.kind)


def grounds_of(organisation: Organisation, at: datetime) -> list[Ground]:
    """Return what about the organisation was refused, stopped or not answered, and its name."""
    silent = at - SILENT_AFTER
    found = [Ground(DisputeKind.NAME)]
    last = organisation.recoveries.order_by("-pk").first()
    if last is not None and last.state == RecoveryState.STOPPED:
        found.append(Ground(DisputeKind.RECOVERY))
    offer = organisation.handovers.order_by("-pk").first()
    if offer is not None and _is_stuck(offer.state, offer.offered_at, silent):
        found.append(Ground(DisputeKind.HANDOVER))
    questions = held_questions_about(organisation)
    if any(_is_stuck(each.state, each.asked_at, silent) for each in questions):
        found.append(Ground(DisputeKind.HELD_VISITS))
    claims = organisation.city_claims.exclude(city__in=organisation.active_in.all())
    latest = {claim.city: claim for claim in claims.select_related("city").order_by("pk")}
    found += [
        Ground(DisputeKind.CITY, city)
        for city, claim in latest.items()
        if _is_stuck(claim.state, claim.asked_at, silent)
    ]
    return found


def held_questions_about(organisation: Organisation) -> QuerySet[HeldVisitQuestion]:
    """Return what it, or a city for which it acts, was asked and has not confirmed."""
    mine = Q(organisation=organisation) | Q(city__in=organisation.active_in.all())
    return HeldVisitQuestion.objects.filter(mine).exclude(state=AskedState.ACCEPTED)


def people_concerned(
    organisation: Organisation, kind: DisputeKind, city: City | None
) -> QuerySet[User]:
    """Return everybody of the organisation, the offices around it, and who acts for the city."""
    offices = [*_offices_of(organisation), organisation.home_office_id or 0]
    if kind == DisputeKind.HANDOVER:
        offers = organisation.handovers.order_by("-pk")[:1]
        offices += [offer.to_office_id for offer in offers]
    people = Q(memberships__organisation=organisation) | Q(pk__in=contacts_of(offices))
    if city is not None:
        others = city.organisations.exclude(pk=organisation.pk)
        homes = others.exclude(home_office=None).values("home_office")
        people |= Q(pk__in=contacts_of(others)) | Q(pk__in=contacts_of(homes))
    return User.objects.filter(people, is_active=True).distinct()


def is_concerned(user: Person, organisation: Organisation) -> bool:
    """Return whether this person belongs to the organisation, or to an office around it."""
    if not isinstance(user, User):
        return False
    own = user.memberships.filter(organisation=organisation)
    offices = [*_offices_of(organisation), organisation.home_office_id or 0]
    acting = user.memberships.filter(role=MembershipRole.CONTACT, organisation__in=offices)
    return own.exists() or acting.exists()


def can_read_dispute(user: User, dispute: Dispute) -> bool:
    kind = DisputeKind(dispute.kind)
    concerned = people_concerned(dispute.organisation, kind, dispute.city)
    return concerned.filter(pk=user.pk).exists()


def _offices_of(organisation: Organisation) -> list[int]:
    """Return the coordinators of programmes that it takes part in or that ask it something."""
    programmes = Programme.objects.filter(
        Q(partners__organisation=organisation)
        | Q(
            partnership_invitations__organisation=organisation,
            partnership_invitations__state=AskedState.OPEN,
        )
        | Q(pk__in=held_questions_about(organisation).values("visit__programme"))
    )
    return list(programmes.values_list("coordinator", flat=True))


def _is_stuck(state: str, since: datetime, silent: datetime) -> bool:
    return state == AskedState.DECLINED or (state == AskedState.OPEN and since <= silent)
