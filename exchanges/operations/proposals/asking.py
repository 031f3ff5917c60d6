"""Whom the proposer asks while a visit is proposed: one more, again, or not any more."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from exchanges.enums import InvitationState, Message, VisitMove
from exchanges.models import Invitation, Organisation, StudyVisit, User
from exchanges.operations.mail.outbox import drop_queued, tell
from exchanges.operations.proposals.invitation_rows import (
    AnswerTooLate,
    about_invitation,
    lock_invitation,
)
from exchanges.operations.proposals.sending import send_invitation
from exchanges.operations.record import record
from exchanges.operations.refusals import Refusal
from exchanges.operations.visits.moves import lock_for_move
from exchanges.queries.people.contacts import contacts_of
from exchanges.queries.proposals.inbox import ANSWERABLE
from exchanges.queries.proposals.proposals import candidates, owing_answers


class NotACandidate(Refusal):
    def __init__(self) -> None:
        super().__init__(_("This organisation is no partner in one of the visit's cities."))


@transaction.atomic
def add(*, visit: StudyVisit, organisation: Organisation, by: User, at: datetime) -> Invitation:
    """Ask one more organisation while the visit is proposed; one that was withdrawn, anew."""
    visit = _locked_proposal(visit, by)
    found = [each for each in candidates(visit) if each.organisation.pk == organisation.pk]
    if not found:
        raise NotACandidate
    invitation, is_new = Invitation.objects.get_or_create(
        visit=visit,
        organisation=organisation,
        defaults={"city": found[0].city, "side": found[0].side, "role": found[0].role},
    )
    if not is_new:
        if invitation.state != InvitationState.WITHDRAWN:
            return invitation
        _forget_answer(invitation)
    send_invitation(invitation, visit, at)
    record("invite", visit, by=by, at=at, **about_invitation(invitation))
    return invitation


@transaction.atomic
def withdraw(*, invitation: Invitation, by: User, at: datetime) -> Invitation:
    """Take an invitation back: its links end, and those asked are told."""
    visit = _locked_proposal(invitation.visit, by)
    invitation = lock_invitation(invitation)
    if invitation.is_proposer or invitation.state == InvitationState.WITHDRAWN:
        raise AnswerTooLate
    invitation.state = InvitationState.WITHDRAWN
    invitation.generation += 1
    invitation.revision += 1
    invitation.save()
    invitation.date_answers.all().delete()
    drop_queued(Message.INVITATION, invitation=invitation.pk)
    asked = contacts_of([invitation.organisation_id])
    about: dict[str, Any] = {"visit": visit.pk, "invitation": invitation.pk}
    tell(asked, Message.INVITATION_WITHDRAWN, at=at, **about)
    record("withdraw_invitation", visit, by=by, at=at, **about_invitation(invitation))
    return invitation


@transaction.atomic
def send_again(*, invitation: Invitation, by: User, at: datetime) -> Invitation:
    """A new link by mail; the links sent before stop working."""
    visit = _locked_proposal(invitation.visit, by)
    invitation = lock_invitation(invitation)
    if invitation.is_proposer or invitation.state not in ANSWERABLE:
        raise AnswerTooLate
    invitation.generation += 1
    send_invitation(invitation, visit, at)
    record("send_again", visit, by=by, at=at, **about_invitation(invitation))
    return invitation


@transaction.atomic
def ask_for_answers(*, visit: StudyVisit, by: User, at: datetime) -> list[Invitation]:
    """Ask those who accepted for the answers that they owe; returns whom a mail went to.

    Raises NobodyReachable when one of them has no contact person.
    """
    visit = _locked_proposal(visit, by)
    owing = [each for each in owing_answers(visit, at) if not each.is_proposer]
    for invitation in owing:
        send_invitation(invitation, visit, at)
        record("ask_for_answer", visit, by=by, at=at, **about_invitation(invitation))
    return owing


@transaction.atomic
def revoke_links(*, invitation: Invitation, by: User, at: datetime) -> Invitation:
    """Stop the links sent so far; the organisation can still answer signed in."""
    visit = _locked_proposal(invitation.visit, by)
    invitation = lock_invitation(invitation)
    invitation.generation += 1
    invitation.save()
    record("revoke_links", visit, by=by, at=at, **about_invitation(invitation))
    return invitation


def _locked_proposal(visit: StudyVisit, by: User) -> StudyVisit:
    return lock_for_move(visit, VisitMove.PICK_DATE, by=by)


def _forget_answer(invitation: Invitation) -> None:
    """It is asked anew; its links of before stay revoked."""
    invitation.state = InvitationState.OPEN
    invitation.answered_at = invitation.answered_by = None
    invitation.word = invitation.decline_reason = ""
    invitation.generation += 1
    invitation.revision += 1
