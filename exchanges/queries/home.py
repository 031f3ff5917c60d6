"""What the home page asks beside actions, time line and map."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from exchanges.domain.deadlines import COMPLETE_WITHIN, within
from exchanges.domain.visit_states import OVER
from exchanges.enums import InvitationState, MembershipRole, PartnerRole, VisitState
from exchanges.models import (
    CityProfile,
    Invitation,
    Organisation,
    Partner,
    Practice,
    Programme,
    StudyVisit,
    User,
)
from exchanges.queries.visits import with_cities


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """What a contact does first for an organisation, and whether it is done."""

    organisation: Organisation
    has_profile: bool
    has_second_contact: bool
    has_proposed: bool

    @property
    def is_finished(self) -> bool:
        return self.has_profile and self.has_second_contact and self.has_proposed


def first_steps(organisation: Organisation) -> FirstSteps:
    """Three queries."""
    contacts = organisation.memberships.filter(role=MembershipRole.CONTACT, user__is_active=True)
    own_profile = CityProfile.objects.filter(city=organisation.city_id, is_sample=False)
    return FirstSteps(
        organisation,
        has_profile=own_profile.exclude(working_languages=[]).exists(),
        has_second_contact=contacts.values("user").distinct().count() > 1,
        has_proposed=organisation.proposed_visits.filter(proposed_at__isnull=False).exists(),
    )


def partners_among(programme: Programme, organisations: Collection[int]) -> set[int]:
    """Which of these organisations take part in the programme with a city."""
    partners = programme.partners.exclude(role=PartnerRole.COORDINATOR)
    partners = partners.filter(organisation__in=organisations)
    return set(partners.values_list("organisation", flat=True))


def stuck_count(user: User, at: datetime) -> int:
    """How many visits of this person's office wait too long: as `office.waiting_visits` has it."""
    today = at.date()
    offices = user.memberships.filter(role=MembershipRole.CONTACT).values("organisation")
    silent = Exists(Invitation.objects.filter(visit=OuterRef("pk"), state=InvitationState.OPEN))
    for_answers = Q(silent, state=VisitState.PROPOSED, answer_by__isnull=False)
    for_its_end = Q(state=VisitState.CONFIRMED, end_date__isnull=False)
    late = for_answers & Q(answer_by__lt=today)
    late |= for_its_end & Q(end_date__lt=today - COMPLETE_WITHIN)
    for state in set(VisitState) - OVER:
        since = Q(state=state, state_since__date__lt=today - within(state))
        late |= since & ~for_answers & ~for_its_end
    visits = StudyVisit.objects.visible_to(user).filter(programme__coordinator__in=offices)
    return visits.filter(late).count()


def programmes_told() -> QuerySet[Programme]:
    """For the public: the real ones first, each with its numbers."""
    partners = Partner.objects.exclude(role=PartnerRole.COORDINATOR)
    held = StudyVisit.objects.filter(state=VisitState.CLOSED)
    return (
        Programme.objects.select_related("coordinator__city")
        .annotate(partner_count=_count_of(partners), held_count=_count_of(held))
        .order_by("is_sample", "start_date")
    )


def _count_of(rows: QuerySet[Partner] | QuerySet[StudyVisit]) -> Coalesce:
    own = rows.filter(programme=OuterRef("pk")).order_by().values("programme")
    return Coalesce(Subquery(own.annotate(n=Count("pk")).values("n")), 0)


def latest_reports(most: int) -> QuerySet[StudyVisit]:
    """Closed visits, those with a report first, the latest first."""
    closed = StudyVisit.objects.filter(state=VisitState.CLOSED)
    told = with_cities(closed).annotate(is_told=~Q(report=""))
    return told.order_by("-is_told", "-start_date", "-known_month", "pk")[:most]


def practices_shown(most: int) -> QuerySet[Practice]:
    """Those seen on visits first."""
    seen = StudyVisit.objects.filter(state=VisitState.CLOSED, practices_seen=OuterRef("pk"))
    owners = Prefetch("organisations", queryset=Organisation.objects.select_related("city"))
    found = Practice.objects.annotate(is_seen=Exists(seen)).order_by("-is_seen", "title")
    return found.prefetch_related("topics", owners)[:most]
