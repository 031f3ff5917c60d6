"""A file that says a visit was held asks those whom it names, if they were there before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from exchanges.enums import AskedState, Message
from exchanges.models import City, HeldVisitQuestion, Organisation, StudyVisit, User
from exchanges.operations.answers import AnsweredAlready
from exchanges.operations.mail.outbox import drop_queued, tell
from exchanges.operations.record import record
from exchanges.operations.visits.moves import ReasonMissing
from exchanges.permissions import can_answer_held_question, require
from exchanges.queries.people.contacts import contacts_of, office_of


@dataclass(frozen=True, slots=True)
class KnownBefore:
    """The ids of what was there before a file was loaded."""

    organisations: frozenset[int]
    cities: frozenset[int]


NOBODY_BEFORE = KnownBefore(frozenset(), frozenset())


def known_before() -> KnownBefore:
    """Return what is there now, before a file adds to it."""
    return KnownBefore(
        frozenset(Organisation.objects.values_list("pk", flat=True)),
        frozenset(City.objects.values_list("pk", flat=True)),
    )


def ask_those_named(visit: StudyVisit, there: KnownBefore, *, at: datetime) -> None:
    """Ask each organisation that was there, and each city that has another one to answer for it.

    In the caller's transaction. A city is not asked when an organisation of it is.
    """
    named = Organisation.objects.filter(invitations__visit=visit, pk__in=there.organisations)
    cities = City.objects.filter(Q(pk=visit.host_city_id) | Q(visit_cities__visit=visit))
    others = cities.filter(pk__in=there.cities).exclude(organisations__in=named)
    questions: list[dict[str, Any]] = [
        *({"organisation": each} for each in named.distinct()),
        *({"city": each} for each in others.distinct()),
    ]
    if not questions:
        return
    HeldVisitQuestion.objects.bulk_create(
        HeldVisitQuestion(visit=visit, asked_at=at, **each) for each in questions
    )
    visit.is_unconfirmed = True
    visit.save(update_fields=["is_unconfirmed"])
    for question in visit.held_questions.all():
        tell(who_answer(question), Message.HELD_VISIT_ASKED, at=at, held_question=question.pk)


def who_answer(question: HeldVisitQuestion) -> QuerySet[User]:
    """Return the contacts of the organisation, or of those that act for the city."""
    if question.organisation_id is not None:
        return contacts_of([question.organisation_id])
    return contacts_of(Organisation.objects.filter(active_in=question.city_id))


@transaction.atomic
def confirm(*, question: HeldVisitQuestion, by: User, at: datetime) -> None:
    """Say that the visit took place; the last one makes it public. Raises AnsweredAlready."""
    row = _answer(question, AskedState.ACCEPTED, "", by=by, at=at)
    settle(row.visit)


@transaction.atomic
def refuse(*, question: HeldVisitQuestion, reason: str, by: User, at: datetime) -> None:
    """Say that it did not take place so. Raises AnsweredAlready and ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    _answer(question, AskedState.DECLINED, reason.strip(), by=by, at=at)


def settle(visit: StudyVisit) -> None:
    """Make the visit public when nobody's yes is missing, in the caller's transaction."""
    if not visit.held_questions.exclude(state=AskedState.ACCEPTED).exists():
        visit.is_unconfirmed = False
        visit.save(update_fields=["is_unconfirmed"])


def _answer(
    question: HeldVisitQuestion, answer: AskedState, reason: str, *, by: User, at: datetime
) -> HeldVisitQuestion:
    StudyVisit.objects.select_for_update(of=("self",)).get(pk=question.visit_id)
    rows = HeldVisitQuestion.objects.select_for_update(of=("self",)).select_related("visit")
    row = rows.get(pk=question.pk)
    require(can_answer_held_question(by, row))
    if row.state != AskedState.OPEN:
        raise AnsweredAlready(AskedState(row.state))
    row.state, row.reason, row.answered_by, row.answered_at = answer, reason, by, at
    row.save()
    drop_queued(Message.HELD_VISIT_ASKED, held_question=row.pk)
    told = office_of(row.visit.programme)
    tell(told, Message.HELD_VISIT_ANSWERED, at=at, held_question=row.pk)
    verb = "confirm_held" if answer == AskedState.ACCEPTED else "deny_held"
    record(verb, row.visit, by=by, at=at, question=row.pk)
    return row
