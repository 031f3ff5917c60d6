"""Pieces that many letters share, as plain words in the active language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from exchanges.enums import InvitationState
from exchanges.mail.registry import Obsolete
from exchanges.models import Invitation, StudyVisit, User
from exchanges.words.formats import day, day_range, language_name, listed, organisation_name

Fact = tuple[str, str]


def require_among(person: User | None, people: QuerySet[User]) -> None:
    """Raise Obsolete for who was told and is not concerned any more: roles change meanwhile."""
    if person is None or not people.filter(pk=person.pk).exists():
        raise Obsolete("not concerned any more")


def visit_words(visit: StudyVisit, person: User | None) -> dict[str, Any]:
    """What every letter about a visit may say."""
    return {
        "person_name": person.name if person else "",
        "reference": visit.reference,
        "title": visit.title or visit.reference,
        "host": str(visit.host_city or ""),
        "guests": listed(str(city) for city in visit.guest_cities()),
        "dates": dates_of(visit),
        "proposer": organisation_name(visit.proposer) if visit.proposer else "",
        "answer_by": day(visit.answer_by) if visit.answer_by else "",
        "programme": str(visit.programme),
        "facts": visit_facts(visit),
        "said": visit.state_reason,
        "said_by": _("The reason given"),
        "link": visit_link(visit),
        "link_label": _("Open the visit"),
    }


def visit_facts(visit: StudyVisit) -> list[Fact]:
    hosts = [city for city in (visit.host_city, *visit.co_host_cities()) if city]
    facts = [
        (_("Visit"), f"{visit.reference} · {visit.title}" if visit.title else visit.reference),
        (_("Host"), listed(str(city) for city in hosts)),
        (_("Guests"), listed(str(city) for city in visit.guest_cities())),
        (_("Topics"), listed(str(topic) for topic in visit.topics.all())),
        (_("Dates"), dates_of(visit)),
        (_("Number of guests"), str(visit.group_size or "")),
        (_("Languages"), listed(language_name(code) for code in visit.languages)),
    ]
    return [fact for fact in facts if fact[1]]


def dates_of(visit: StudyVisit) -> str:
    """The agreed days, else all that are proposed."""
    if visit.start_date and visit.end_date:
        return day_range(visit.start_date, visit.end_date)
    options = [(option.start_date, option.end_date) for option in visit.date_options.all()]
    return "; ".join(day_range(*option) for option in options)


def others_invited(invitation: Invitation) -> str:
    rows = invitation.visit.invitations.select_related("organisation__city")
    others = rows.exclude(organisation=invitation.organisation_id).exclude(
        Q(is_proposer=True) | Q(state=InvitationState.WITHDRAWN)
    )
    return listed(organisation_name(other.organisation) for other in others)


def visit_link(visit: StudyVisit) -> str:
    return page("visit-detail", visit.reference)


def page(name: str, *args: str) -> str:
    """Return the whole address of a page of exchanges."""
    return f"{settings.BASE_URL}{reverse(f'exchanges:{name}', args=args)}"
