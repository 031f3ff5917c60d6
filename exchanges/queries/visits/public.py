"""A closed visit as the public reads it. What is not here is on no public page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from exchanges.domain.visit_phases import HELD
from exchanges.enums import InvitationState
from exchanges.models import City, Invitation, Organisation, Practice, StudyVisit, Topic, User
from exchanges.permissions import can_name_organisation


@dataclass(frozen=True, slots=True)
class PublicVisit:
    """A field for each `PublicFact` but the map; `is_sample` is about the data, not the visit."""

    title: str
    reference: str
    cities: tuple[City, ...]
    month: date | None
    topics: tuple[Topic, ...]
    practices: tuple[Practice, ...]
    report: str
    organisations: tuple[Organisation, ...]
    is_sample: bool


def public_visit(visit: StudyVisit) -> PublicVisit:
    """Two queries; the visit comes with its cities and topics."""
    hosts = (visit.host_city, *visit.co_host_cities())
    named = visit.invitations.filter(state=InvitationState.ACCEPTED, is_named=True)
    rows = named.select_related("organisation__city").order_by("organisation__name", "pk")
    return PublicVisit(
        title=visit.title,
        reference=visit.reference,
        cities=tuple(city for city in (*visit.guest_cities(), *hosts) if city),
        month=visit.start_date.replace(day=1) if visit.start_date else visit.known_month,
        topics=tuple(visit.topics.all()),
        practices=tuple(visit.practices_seen.order_by("title", "pk")),
        report=visit.report,
        organisations=tuple(each.organisation for each in rows),
        is_sample=visit.is_sample,
    )


def naming_choices(user: User, visit: StudyVisit) -> list[Invitation]:
    """Return the invitations for whose organisation this person may agree to be named."""
    if visit.state not in HELD:
        return []
    mine = visit.invitations.filter(organisation__memberships__user=user).distinct()
    rows = mine.select_related("organisation__city").order_by("organisation__name", "pk")
    return [each for each in rows if can_name_organisation(user, each)]
