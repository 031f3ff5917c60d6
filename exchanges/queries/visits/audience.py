"""Who hears of what about a visit: asked when a mail is queued, and again when it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db.models import QuerySet

from exchanges.enums import Message
from exchanges.models import StudyVisit, User
from exchanges.queries.people.contacts import (
    contacts_asked,
    contacts_of,
    contacts_taking_part,
    office_of,
)


def audience(kind: Message, visit: StudyVisit) -> QuerySet[User]:
    return AUDIENCES[kind](visit)


def contacts_of_proposer(visit: StudyVisit) -> QuerySet[User]:
    return contacts_of([visit.proposer_id or 0])


def _taking_part_and_office(visit: StudyVisit) -> QuerySet[User]:
    return contacts_taking_part(visit) | office_of(visit.programme)


AUDIENCES: Mapping[Message, Callable[[StudyVisit], QuerySet[User]]] = {
    Message.VISIT_READY: contacts_of_proposer,
    Message.VISIT_DECLINED: contacts_asked,
    Message.VISIT_AGREED: _taking_part_and_office,
    Message.VISIT_RETURNED: contacts_asked,
    Message.VISIT_CONFIRMED: _taking_part_and_office,
    Message.VISIT_WITHDRAWN: contacts_asked,
    Message.VISIT_CANCELLED: _taking_part_and_office,
    Message.VISIT_COMPLETED: contacts_taking_part,
    Message.AGENDA_CHANGED: contacts_taking_part,
}
