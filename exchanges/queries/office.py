"""What the programme office and auditors look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet, Sum

from exchanges.domain.deadlines import COMPLETE_WITHIN, within
from exchanges.domain.record import Fault, verify
from exchanges.domain.visit_states import OVER, WAITS_FOR
from exchanges.enums import (
    InvitationState,
    MembershipRole,
    MessageState,
    Mover,
    PlanState,
    VisitState,
)
from exchanges.models import (
    City,
    Invitation,
    Organisation,
    OutboxMessage,
    Partner,
    Programme,
    ProgrammePlan,
    StudyVisit,
    User,
)
from exchanges.queries.messages import messages_of_office
from exchanges.queries.record import read_record


@dataclass(frozen=True, slots=True)
class Waiting:
    """A visit that is not over, and whom it waits for; `organisations` have not answered."""

    visit: StudyVisit
    mover: Mover
    organisations: Sequence[Organisation]
    due: date
    is_stuck: bool


@dataclass(frozen=True, slots=True)
class RecordCheck:
    count: int
    head: str
    faults: list[Fault]


def programmes_read_by(user: User) -> QuerySet[Programme]:
    """Those of this person's office, and those that the person audits."""
    return (
        Programme.objects.filter(
            Q(pk__in=programmes_managed_by(user).values("pk")) | Q(auditors__user=user)
        )
        .select_related("coordinator__city")
        .distinct()
    )


def programmes_managed_by(user: User) -> QuerySet[Programme]:
    offices = user.memberships.filter(role=MembershipRole.CONTACT).values("organisation")
    return Programme.objects.filter(coordinator__in=offices)


def coordinators_of(user: User) -> QuerySet[Organisation]:
    """The organisations for which this person can start a programme."""
    coordinated = programmes_managed_by(user)
    return Organisation.objects.filter(pk__in=coordinated.values("coordinator"))


def visits_of_programme(programme: Programme, user: User) -> QuerySet[StudyVisit]:
    """As far as the office sees them: without drafts of others."""
    visible = StudyVisit.objects.visible_to(user).filter(programme=programme)
    return visible.select_related("host_city", "proposer__city")


def waiting_visits(programme: Programme, user: User, at: datetime) -> list[Waiting]:
    """Every visit that is not over, the stuck ones first, then by the day that it should move."""
    visits = list(visits_of_programme(programme, user).exclude(state__in=OVER))
    silent: dict[int, list[Organisation]] = {}
    asked = Invitation.objects.filter(visit__in=visits, state=InvitationState.OPEN)
    for invitation in asked.select_related("organisation__city"):
        silent.setdefault(invitation.visit_id, []).append(invitation.organisation)
    found = [_waiting(visit, silent.get(visit.pk, []), at) for visit in visits]
    return sorted(found, key=lambda each: (not each.is_stuck, each.due, each.visit.pk))


def plans_waiting(programme: Programme) -> QuerySet[ProgrammePlan]:
    """Those that are being solved, the oldest first."""
    waiting = (PlanState.QUEUED, PlanState.SOLVING)
    return programme.plans.filter(state__in=waiting).order_by("number").only("number", "state")


def partners_of(programme: Programme) -> QuerySet[Partner]:
    return (
        programme.partners.select_related("organisation__city")
        .prefetch_related("organisation__active_in")
        .order_by("organisation__city__country", "organisation__city__slug", "organisation__name")
    )


def money_of(programme: Programme) -> dict[str, object]:
    return programme.partners.aggregate(eligible=Sum("eligible_eur"), share=Sum("eu_share_eur"))


def organisations_outside(programme: Programme) -> QuerySet[Organisation]:
    taking_part = programme.partners.values("organisation")
    return Organisation.objects.exclude(pk__in=taking_part).order_by("name")


def unsent_messages(user: User) -> QuerySet[OutboxMessage]:
    """To people of the programmes that this person reads: failed first, then the oldest first."""
    unsent = messages_of_office(user).filter(state__in=(MessageState.FAILED, MessageState.QUEUED))
    return unsent.select_related("recipient").defer("secret").order_by("state", "queued_at", "pk")


def cities_listed() -> QuerySet[City]:
    return City.objects.order_by("country", "slug")


def check_record() -> RecordCheck:
    """Read the whole record once and verify its chain."""
    found = read_record()
    return RecordCheck(
        found.count, found.head, verify(found.entries, count=found.count, head=found.head)
    )


def _waiting(visit: StudyVisit, silent: list[Organisation], at: datetime) -> Waiting:
    state = VisitState(visit.state)
    mover, due = WAITS_FOR[state][0], visit.state_since.date() + within(state)
    if state is VisitState.PROPOSED:
        mover = Mover.INVITED if silent else Mover.PROPOSER
        due = visit.answer_by if silent and visit.answer_by else due
    elif state is VisitState.CONFIRMED and visit.end_date:
        due = visit.end_date + COMPLETE_WITHIN
    return Waiting(visit, mover, silent, due, is_stuck=due < at.date())
