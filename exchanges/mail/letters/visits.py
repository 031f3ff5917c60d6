"""Letters about a visit to those whom it concerns."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from exchanges.domain.visit_phases import HELD, UNDER_WAY
from exchanges.enums import Message, VisitState
from exchanges.exports.calendar.visit import visit_ics
from exchanges.mail.letters.phrases import page, visit_words
from exchanges.mail.registry import Attachment, Letter, Obsolete, letter
from exchanges.models import Organisation, OutboxMessage, StudyVisit, User
from exchanges.permissions import is_office
from exchanges.words.formats import listed, organisation_name

S = VisitState

# The states in which the letter is still true; in any other it is not sent.
TRUE_IN: dict[Message, frozenset[VisitState]] = {
    Message.VISIT_READY: frozenset({S.PROPOSED}),
    Message.VISIT_DECLINED: frozenset({S.DECLINED}),
    Message.VISIT_AGREED: frozenset({S.AGREED}),
    Message.VISIT_RETURNED: frozenset({S.PROPOSED}),
    Message.VISIT_CONFIRMED: frozenset({S.CONFIRMED, S.COMPLETED}),
    Message.VISIT_WITHDRAWN: frozenset({S.WITHDRAWN}),
    Message.VISIT_CANCELLED: frozenset({S.CANCELLED}),
    Message.VISIT_COMPLETED: HELD,
    Message.AGENDA_CHANGED: frozenset({S.CONFIRMED}),
    Message.VISIT_REMINDER: UNDER_WAY,
}
STATE_OF_STEP = {
    "pick_date": S.PROPOSED,
    "confirm": S.AGREED,
    "delegates": S.CONFIRMED,
    "complete": S.CONFIRMED,
}
WITH_CALENDAR = {Message.VISIT_CONFIRMED, Message.AGENDA_CHANGED, Message.VISIT_CANCELLED}
WITH_REASON = {
    Message.VISIT_AGREED,
    Message.VISIT_RETURNED,
    Message.VISIT_WITHDRAWN,
    Message.VISIT_CANCELLED,
}


@letter(*(kind for kind in TRUE_IN if kind != Message.VISIT_REMINDER))
def about_visit(message: OutboxMessage, person: User | None) -> Letter:
    visit = _visit(message)
    words = visit_words(visit, person)
    if message.kind not in WITH_REASON:
        words["said"] = ""
    if message.kind == Message.VISIT_AGREED:
        words["is_office"] = person is not None and is_office(person, visit.programme)
        words["without"] = _names(message.about.get("without", []))
    if message.kind in WITH_CALENDAR and visit.start_date:
        return Letter(words, _calendar(visit))
    return Letter(words)


@letter(Message.VISIT_REMINDER)
def reminder(message: OutboxMessage, person: User | None) -> Letter:
    visit = _visit(message)
    step = message.about.get("step", "")
    if visit.state != STATE_OF_STEP.get(step):
        raise Obsolete(f"step {step} is done")
    words = visit_words(visit, person)
    words |= {"step": step, "said": "", "organisation": ""}
    if step == "delegates":
        organisation = Organisation.objects.filter(pk=message.about.get("organisation")).first()
        if organisation is None or visit.delegates.filter(organisation=organisation).exists():
            raise Obsolete("delegates are named")
        words["organisation"] = organisation_name(organisation)
        words["link"] = page("visit-people", visit.reference)
        words["link_label"] = _("Name the delegates")
    return Letter(words)


def _visit(message: OutboxMessage) -> StudyVisit:
    visits = StudyVisit.objects.select_related("programme", "host_city", "proposer__city")
    visit = visits.filter(pk=message.about.get("visit")).first()
    if visit is None:
        raise Obsolete("the visit is gone")
    if visit.state not in TRUE_IN[Message(message.kind)]:
        raise Obsolete(f"visit {visit.state}")
    return visit


def _names(organisations: Sequence[int]) -> str:
    found = Organisation.objects.filter(pk__in=organisations).select_related("city")
    return listed(organisation_name(each) for each in found.order_by("name"))


def _calendar(visit: StudyVisit) -> tuple[Attachment, ...]:
    content = visit_ics(visit, url=page("visit-agenda", visit.reference))
    return (Attachment("visit.ics", content, "text/calendar"),)
