"""Letters about a visit to those whom it concerns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from exchanges.domain.visit_phases import HELD, UNDER_WAY
from exchanges.enums import Message, Side, VisitState
from exchanges.exports.calendar.visit import days_ics
from exchanges.mail.letters.phrases import page, require_among, visit_words
from exchanges.mail.registry import Attachment, Letter, Obsolete, letter
from exchanges.models import Delegate, Organisation, OutboxMessage, StudyVisit, User
from exchanges.permissions import is_office
from exchanges.queries.agenda import agenda_items
from exchanges.queries.people.contacts import contacts_of, contacts_taking_part, office_of
from exchanges.queries.proposals.proposals import is_ready
from exchanges.queries.visits.audience import audience, contacts_of_proposer
from exchanges.words.agenda import agenda_in_words, changes_in_words
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
WITH_OFFICE = {Message.VISIT_AGREED, Message.VISIT_CONFIRMED}
WITH_REASON = {
    Message.VISIT_AGREED,
    Message.VISIT_RETURNED,
    Message.VISIT_WITHDRAWN,
    Message.VISIT_CANCELLED,
}


@letter(*(kind for kind in TRUE_IN if kind != Message.VISIT_REMINDER))
def about_visit(message: OutboxMessage, person: User | None, at: datetime) -> Letter:
    visit, kind = _visit(message), Message(message.kind)
    _require_concerned(person, kind, visit, at)
    words = visit_words(visit, person)
    if kind not in WITH_REASON:
        words["said"] = ""
    if person is not None and kind in WITH_OFFICE:
        words["is_office"] = is_office(person, visit.programme)
        words["without"] = _names(message.about.get("without", []))
    if kind == Message.AGENDA_CHANGED:
        items = list(agenda_items(visit))
        words["changes"] = changes_in_words(items, message.queued_at)
        words["text"] = agenda_in_words(items)
    if kind in WITH_CALENDAR and visit.start_date:
        return Letter(words, _calendar(visit, page("visit-agenda", visit.reference)))
    return Letter(words)


def _require_concerned(person: User | None, kind: Message, visit: StudyVisit, at: datetime) -> None:
    """Roles and answers may have changed since the mail was queued."""
    require_among(person, audience(kind, visit))
    if kind == Message.VISIT_READY and not is_ready(visit, at):
        raise Obsolete("the date cannot be picked now")


@letter(Message.VISIT_REMINDER)
def reminder(message: OutboxMessage, person: User | None, at: datetime) -> Letter:
    visit = _visit(message)
    step = message.about.get("step", "")
    organisation = Organisation.objects.filter(pk=message.about.get("organisation")).first()
    _require_waited_for(step, visit, organisation, person, at)
    words = visit_words(visit, person)
    words |= {"step": step, "said": "", "organisation": ""}
    if organisation is not None:
        words["organisation"] = organisation_name(organisation)
        words["link"] = page("visit-people", visit.reference)
        words["link_label"] = _("Name the delegates")
    return Letter(words)


def _require_waited_for(
    step: str,
    visit: StudyVisit,
    organisation: Organisation | None,
    person: User | None,
    at: datetime,
) -> None:
    if visit.state != STATE_OF_STEP.get(step):
        raise Obsolete(f"step {step} is done")
    waits: dict[str, tuple[bool, QuerySet[User]]] = {
        "pick_date": (is_ready(visit, at), contacts_of_proposer(visit)),
        "confirm": (True, office_of(visit.programme)),
        "delegates": (
            not visit.delegates.filter(organisation=organisation).exists(),
            contacts_of([organisation]) if organisation else User.objects.none(),
        ),
        "complete": (visit.is_over(at), contacts_taking_part(visit, Side.HOST)),
    }
    is_waited_for, people = waits[step]
    if not is_waited_for:
        raise Obsolete(f"step {step} waits for nobody")
    require_among(person, people)


@letter(Message.DELEGATE)
def for_delegate(message: OutboxMessage, person: User | None, at: datetime) -> Letter:
    """To somebody who needs no account: all is in the mail, and no link leads to a sign-in."""
    delegate = _delegate(message)
    visit, news = delegate.visit, message.about.get("news", "")
    if visit.state != (S.CANCELLED if news == "cancelled" else S.CONFIRMED):
        raise Obsolete(f"visit {visit.state}")
    items = list(agenda_items(visit))
    words = visit_words(visit, None)
    ask = contacts_of([delegate.organisation_id])
    words |= {
        "person_name": delegate.name,
        "news": news,
        "organisation": organisation_name(delegate.organisation),
        "changes": changes_in_words(items, message.queued_at) if news == "agenda" else "",
        "text": agenda_in_words(items) if news != "cancelled" else "",
        "facts": [
            *words["facts"],
            (_("Questions to"), "; ".join(f"{each.name}, {each.email}" for each in ask)),
        ],
        "said": words["said"] if news == "cancelled" else "",
        "link": "",
    }
    return Letter(words, _calendar(visit, ""))


def _delegate(message: OutboxMessage) -> Delegate:
    rows = Delegate.objects.select_related(
        "visit__programme", "visit__host_city", "visit__proposer__city", "organisation__city"
    )
    found = rows.filter(pk=message.about.get("delegate"), email=message.address).first()
    if found is None:
        raise Obsolete("does not take part any more")
    return found


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


def _calendar(visit: StudyVisit, url: str) -> tuple[Attachment, ...]:
    return (Attachment("visit.ics", days_ics(visit, url=url), "text/calendar"),)
