"""Visits that wait for somebody, as the programme office follows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from exchanges.domain.deadlines import COMPLETE_WITHIN, within
from exchanges.domain.visit_phases import OVER
from exchanges.domain.visit_states import WAITS_FOR
from exchanges.enums import (
    InvitationState,
    MembershipRole,
    Mover,
    VisitState,
)
from exchanges.labels import label
from exchanges.models import (
    Invitation,
    Organisation,
    Programme,
    StudyVisit,
    User,
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A visit that is not over, and whom it waits for; `organisations` have not answered."""

    visit: StudyVisit
    mover: Mover
    organisations: Sequence[Organisation]
    due: date
    is_stuck: bool

    @property
    def mover_name(self) -> str:
        return label(self.mover)


def visits_of_programme(programme: Programme, user: User) -> QuerySet[StudyVisit]:
    """Return a programme's visits as its office sees them: without drafts of others."""
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


def _waiting(visit: StudyVisit, silent: list[Organisation], at: datetime) -> Waiting:
    state = VisitState(visit.state)
    mover, due = WAITS_FOR[state][0], visit.state_since.date() + within(state)
    if state is VisitState.PROPOSED:
        mover = Mover.INVITED if silent else Mover.PROPOSER
        due = visit.answer_by if silent and visit.answer_by else due
    elif state is VisitState.CONFIRMED and visit.end_date:
        due = visit.end_date + COMPLETE_WITHIN
    return Waiting(visit, mover, silent, due, is_stuck=due < at.date())


def stuck_count(user: User, at: datetime) -> int:
    """Count the visits of this person's office that wait too long, as `waiting_visits` has it."""
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
