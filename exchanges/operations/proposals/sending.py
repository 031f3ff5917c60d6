"""Sending an invitation, for the first time or again."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from django.utils.translation import gettext as _

from exchanges.enums import Message
from exchanges.models import Invitation, Organisation, StudyVisit
from exchanges.operations.mail.outbox import tell
from exchanges.operations.refusals import Refusal
from exchanges.queries.people.contacts import contacts_of

LINK_DAYS_AFTER_ANSWER_BY = 8


class NobodyReachable(Refusal):
    def __init__(self, organisation: Organisation) -> None:
        words = _("%(name)s has no contact person yet. Ask the programme office to add one.")
        super().__init__(words % {"name": organisation.name})


def send_invitation(invitation: Invitation, visit: StudyVisit, at: datetime) -> None:
    """Send a link that lives until eight days after the answer-by date, at least two weeks."""
    people = list(contacts_of([invitation.organisation_id]))
    if not people:
        raise NobodyReachable(invitation.organisation)
    assert visit.answer_by is not None
    last_day = datetime.combine(visit.answer_by, time(23, 59, 59), UTC)
    late = last_day + timedelta(days=LINK_DAYS_AFTER_ANSWER_BY)
    invitation.link_expires_at = max(late, at + timedelta(days=14))
    invitation.invited_at = at
    invitation.save()
    tell(people, Message.INVITATION, at=at, visit=visit.pk, invitation=invitation.pk)
