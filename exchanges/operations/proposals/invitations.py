"""Answering an invitation. What the proposer can do with one is in `asking`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from exchanges.domain.dates import DateRange
from exchanges.domain.minimum import all_hosts_declined
from exchanges.enums import Answer, InvitationState, Message, VisitMove, VisitState
from exchanges.models import (
    DateAnswer,
    DateOption,
    Invitation,
    StudyVisit,
    User,
)
from exchanges.operations.editing import raise_if_edited
from exchanges.operations.mail.outbox import tell
from exchanges.operations.proposals.date_ranges import check_ranges
from exchanges.operations.proposals.invitation_rows import (
    AnswerTooLate,
    about_invitation,
    lock_invitation,
)
from exchanges.operations.record import Actor, record
from exchanges.operations.refusals import Refusal
from exchanges.operations.visits.moves import ReasonMissing, lock, move
from exchanges.operations.visits.telling import tell_of
from exchanges.permissions import can_answer_invitation, require
from exchanges.queries.people.contacts import contacts_of
from exchanges.queries.proposals.inbox import ANSWERABLE
from exchanges.queries.proposals.proposals import (
    invited_facts,
    is_ready,
    options_ahead,
)
from exchanges.queries.visits.audience import contacts_of_proposer

MOST_OPTIONS_OF_A_VISIT = 24


class AnswersMissing(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Answer every date: yes, if need be, or no."))


class TooManyOptions(Refusal):
    def __init__(self) -> None:
        super().__init__(_("This visit has many dates to choose from already. Offer fewer."))


@transaction.atomic
def accept(
    *,
    invitation: Invitation,
    by: Actor,
    at: datetime,
    answers: Mapping[int, Answer],
    offered: Sequence[DateRange] = (),
    word: str = "",
    revision: int | None = None,
) -> Invitation:
    """Take part. `answers` holds one answer for the id of each date option that is ahead.

    The proposer answers in the same way days that others offered.

    `offered` are days of one's own, to which everybody else is asked again. Raises AnswerTooLate,
    AnswersMissing, EditedMeanwhile, or DatesRefused and TooManyOptions for days that cannot be
    offered.
    """
    visit, invitation = _locked(invitation, by, revision)
    options = {option.pk: option for option in options_ahead(visit, at)}
    if set(options) - set(answers):
        raise AnswersMissing
    check_ranges(visit, offered, today=visit.today_at_host(at))
    _check_number(visit.date_options.all(), offered)
    _write_answers(invitation, options, answers)
    new = [days for days in offered if _offer(visit, invitation, days)]
    invitation.decline_reason = ""
    _answered(invitation, InvitationState.ACCEPTED, by, at, word)
    if not invitation.is_proposer:
        _tell_proposer(visit, invitation, at)
    if new:
        _ask_again(visit, invitation, at)
    _tell_when_ready(visit, at)
    said = {
        "answers": {value.value: list(answers.values()).count(value) for value in Answer},
        "offered": [[str(days.start), str(days.end)] for days in new],
    }
    record("accept", visit, by=by, at=at, **about_invitation(invitation), **said)
    return invitation


@transaction.atomic
def decline(
    *,
    invitation: Invitation,
    by: Actor,
    at: datetime,
    reason: str,
    word: str = "",
    revision: int | None = None,
) -> Invitation:
    """Decline an invitation. When every host has declined, the visit is declined by itself."""
    visit, invitation = _locked(invitation, by, revision)
    if invitation.is_proposer:
        raise AnswerTooLate
    if not reason.strip():
        raise ReasonMissing
    invitation.date_answers.all().delete()
    invitation.decline_reason = reason
    _answered(invitation, InvitationState.DECLINED, by, at, word)
    _tell_proposer(visit, invitation, at)
    record("decline", visit, by=by, at=at, **about_invitation(invitation))
    if all_hosts_declined(invited_facts(visit.invitations.select_related("city"))):
        tell_of(Message.VISIT_DECLINED, visit, at=at)
        move(visit, VisitMove.ALL_HOSTS_DECLINED, by=None, at=at)
    else:
        _tell_when_ready(visit, at)
    return invitation


def _locked(
    invitation: Invitation, by: Actor, revision: int | None
) -> tuple[StudyVisit, Invitation]:
    visit = lock(invitation.visit)
    invitation = lock_invitation(invitation)
    if isinstance(by, User):
        require(can_answer_invitation(by, invitation))
    else:
        require(by is not None and by.pk == invitation.pk)
    if visit.state != VisitState.PROPOSED or invitation.state not in ANSWERABLE:
        raise AnswerTooLate
    raise_if_edited(invitation, revision)
    return visit, invitation


def _write_answers(
    invitation: Invitation, options: Mapping[int, DateOption], answers: Mapping[int, Answer]
) -> None:
    invitation.date_answers.filter(option__in=options).delete()
    DateAnswer.objects.bulk_create(
        DateAnswer(option=option, invitation=invitation, answer=answers[pk])
        for pk, option in options.items()
    )


def _answered(
    invitation: Invitation, state: InvitationState, by: Actor, at: datetime, word: str
) -> None:
    invitation.state = state
    invitation.answered_at = at
    invitation.answered_by = by if isinstance(by, User) else None
    invitation.word = word
    invitation.revision += 1
    invitation.save()


def _check_number(options: Iterable[DateOption], offered: Sequence[DateRange]) -> None:
    days = {(option.start_date, option.end_date) for option in options}
    days |= {(each.start, each.end) for each in offered}
    if offered and len(days) > MOST_OPTIONS_OF_A_VISIT:
        raise TooManyOptions


def _offer(visit: StudyVisit, invitation: Invitation, days: DateRange) -> bool:
    option, is_new = DateOption.objects.get_or_create(
        visit=visit,
        start_date=days.start,
        end_date=days.end,
        defaults={"offered_by": invitation},
    )
    answer = {"answer": Answer.YES}
    DateAnswer.objects.update_or_create(option=option, invitation=invitation, defaults=answer)
    return is_new


def _ask_again(visit: StudyVisit, invitation: Invitation, at: datetime) -> None:
    """Those who accepted before are asked about the days that came in since."""
    others = visit.invitations.filter(state=InvitationState.ACCEPTED, is_proposer=False)
    for other in others.exclude(pk=invitation.pk):
        people = contacts_of([other.organisation_id])
        tell(people, Message.INVITATION, at=at, visit=visit.pk, invitation=other.pk)


def _tell_when_ready(visit: StudyVisit, at: datetime) -> None:
    if is_ready(visit, at):
        tell_of(Message.VISIT_READY, visit, at=at)


def _tell_proposer(visit: StudyVisit, invitation: Invitation, at: datetime) -> None:
    about: dict[str, Any] = {"visit": visit.pk, "invitation": invitation.pk}
    tell(contacts_of_proposer(visit), Message.INVITATION_ANSWERED, at=at, **about)
