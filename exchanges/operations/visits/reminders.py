"""Reminders of the steps of a visit that wait for someone.

Seven and two days before the day by which a step is due, and the day after. A worker that was off
sends only the latest of those that it missed, and none that lies before the step began.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from exchanges.domain.deadlines import CONFIRM_WITHIN, DELEGATES_BEFORE
from exchanges.enums import InvitationState, Message, Side, VisitState
from exchanges.models import Invitation, StudyVisit, User
from exchanges.operations.mail.outbox import tell
from exchanges.queries.people.contacts import contacts_of, contacts_taking_part, office_of
from exchanges.queries.proposals.proposals import is_ready

MARKS = (-7, -2, 1)


def mark_reached(due: date, *, since: date, today: date) -> int | None:
    """Return the latest of MARKS, in days after `due`, that was reached after the step began."""
    reached = [mark for mark in MARKS if since < due + timedelta(days=mark) <= today]
    return reached[-1] if reached else None


def invitations_to_answer(*, at: datetime) -> int:
    rows = Invitation.objects.filter(
        state=InvitationState.OPEN,
        visit__state=VisitState.PROPOSED,
        visit__answer_by__isnull=False,
        invited_at__isnull=False,
    ).select_related("visit__host_city")
    sent = 0
    for row in rows:
        due = row.visit.answer_by
        if due is None or row.invited_at is None:
            continue
        today = row.visit.today_at_host(at)
        mark = mark_reached(due, since=row.visit.today_at_host(row.invited_at), today=today)
        if mark is not None:
            sent += tell(
                contacts_of([row.organisation_id]),
                Message.INVITATION_REMINDER,
                at=at,
                once=f"invitation:{row.pk}:{row.generation}:{due}:{mark}",
                topic=f"invitation-reminder:{row.pk}",
                visit=row.visit_id,
                invitation=row.pk,
            )
    return sent


def dates_to_pick(*, at: datetime) -> int:
    sent = 0
    for visit in _visits(VisitState.PROPOSED).exclude(answer_by=None):
        mark = _mark(visit, visit.answer_by, at)
        if mark is not None and visit.proposer is not None and is_ready(visit, at):
            people = contacts_of([visit.proposer])
            sent += _tell(people, visit, "pick_date", f"{visit.answer_by}:{mark}", at)
    return sent


def visits_to_confirm(*, at: datetime) -> int:
    sent = 0
    for visit in _visits(VisitState.AGREED):
        due = visit.today_at_host(visit.state_since) + CONFIRM_WITHIN
        mark = _mark(visit, due, at)
        if mark is not None:
            sent += _tell(office_of(visit.programme), visit, "confirm", f"{due}:{mark}", at)
    return sent


def delegates_to_name(*, at: datetime) -> int:
    """Remind once, three weeks ahead, each organisation that named nobody."""
    sent = 0
    soon = at.date() + DELEGATES_BEFORE + timedelta(days=1)
    for visit in _visits(VisitState.CONFIRMED).filter(start_date__lte=soon):
        today = visit.today_at_host(at)
        assert visit.start_date is not None
        if not timedelta() <= visit.start_date - today <= DELEGATES_BEFORE:
            continue
        named = visit.delegates.values("organisation")
        accepted = visit.invitations.filter(state=InvitationState.ACCEPTED)
        for row in accepted.exclude(organisation__in=named):
            people = contacts_of([row.organisation_id])
            key = f"{visit.start_date}:{row.organisation_id}"
            sent += _tell(people, visit, "delegates", key, at, organisation=row.organisation_id)
    return sent


def visits_to_complete(*, at: datetime) -> int:
    sent = 0
    for visit in _visits(VisitState.CONFIRMED).filter(end_date__lte=at.date()):
        if visit.is_over(at):
            people = contacts_taking_part(visit, Side.HOST)
            sent += _tell(people, visit, "complete", str(visit.end_date), at)
    return sent


def _visits(state: VisitState) -> QuerySet[StudyVisit]:
    visits = StudyVisit.objects.filter(state=state)
    return visits.select_related("programme", "host_city", "proposer")


def _mark(visit: StudyVisit, due: date | None, at: datetime) -> int | None:
    if due is None:
        return None
    since = visit.today_at_host(visit.state_since)
    return mark_reached(due, since=since, today=visit.today_at_host(at))


def _tell(
    people: Iterable[User], visit: StudyVisit, step: str, key: str, at: datetime, **about: Any
) -> int:
    return tell(
        people,
        Message.VISIT_REMINDER,
        at=at,
        once=f"visit:{visit.pk}:{step}:{key}",
        topic=f"visit-reminder:{visit.pk}:{step}:{about.get('organisation', '')}",
        visit=visit.pk,
        step=step,
        **about,
    )
