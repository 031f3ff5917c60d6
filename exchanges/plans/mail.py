"""The letter to those who could propose a visit that the office suggests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from exchanges.domain.dates import DateRange
from exchanges.enums import Message, VisitState
from exchanges.mail.letters.phrases import page
from exchanges.mail.preview import MailPreview, preview_for
from exchanges.mail.registry import Letter, Obsolete, letter
from exchanges.mail.rendering import Rendered, render_texts
from exchanges.models import Organisation, OutboxMessage, StudyVisit, User
from exchanges.permissions import is_contact
from exchanges.plans.queries.previews import Suggestion
from exchanges.words.formats import day_range, listed, organisation_name


@letter(Message.VISIT_SUGGESTED)
def visit_suggested(message: OutboxMessage, person: User | None, at: datetime) -> Letter:
    """Only while it is a draft, and to those who can propose it."""
    visits = StudyVisit.objects.select_related("programme", "host_city", "proposer__city")
    visit = visits.filter(pk=message.about.get("visit")).first()
    if visit is None or visit.proposer is None or visit.host_city is None:
        raise Obsolete("the suggestion is gone")
    if visit.state != VisitState.DRAFT:
        raise Obsolete(f"visit {visit.state}")
    if person is None or not is_contact(person, visit.proposer):
        raise Obsolete("not a contact of the organisation any more")
    words = suggestion_words(suggestion_of(visit), visit.proposer, person)
    return Letter({**words, "link": page("proposal", visit.reference)})


def suggestion_of(visit: StudyVisit) -> Suggestion:
    """As the draft stands now."""
    assert visit.host_city is not None
    options = visit.date_options.all()
    return Suggestion(
        programme=str(visit.programme),
        host=visit.host_city,
        guests=tuple(visit.guest_cities()),
        topics=tuple(visit.topics.all()),
        dates=tuple(DateRange(each.start_date, each.end_date) for each in options),
    )


def suggestion_words(
    suggestion: Suggestion, proposer: Organisation, person: User
) -> dict[str, Any]:
    """All of the letter but its link; nothing of it need be saved."""
    dates = "; ".join(day_range(each.start, each.end) for each in suggestion.dates)
    facts = [
        (_("Host"), str(suggestion.host)),
        (_("Guests"), listed(str(city) for city in suggestion.guests)),
        (_("Topics"), listed(str(topic) for topic in suggestion.topics)),
        (_("Dates"), dates),
    ]
    return {
        "person_name": person.name,
        "title": suggestion.title,
        "host": str(suggestion.host),
        "programme": suggestion.programme,
        "organisation": organisation_name(proposer),
        "facts": [fact for fact in facts if fact[1]],
        "said": "",
        "link": "",
        "link_label": _("Look at the draft"),
    }


def preview_suggestion(suggestion: Suggestion, proposer: Organisation, person: User) -> MailPreview:
    """The mail that this contact would get when a visit of a plan is sent."""

    def write() -> Rendered:
        note = _("Here stands the link to the draft. It is made when the mail is sent.")
        words = {**suggestion_words(suggestion, proposer, person), "note": note}
        return render_texts(Message.VISIT_SUGGESTED, words)

    return preview_for(person, write)
