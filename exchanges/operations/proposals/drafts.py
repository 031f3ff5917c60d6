"""How a draft comes to be, whoever begins it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from exchanges.domain.dates import DateRange
from exchanges.enums import InvitationState, PartnerRole
from exchanges.models import (
    DateOption,
    Invitation,
    Organisation,
    Partner,
    Programme,
    StudyVisit,
    User,
)
from exchanges.operations.proposals.date_ranges import check_ranges
from exchanges.operations.references import next_reference
from exchanges.operations.visits.cities import set_cities
from exchanges.queries.proposals.proposals import Beginning, Candidate, candidates


def begin_draft(
    programme: Programme,
    partner: Partner,
    wanted: Beginning,
    *,
    proposed_by: User | None,
    at: datetime,
) -> StudyVisit:
    """A draft of this partner, in the caller's transaction, which records it.

    Raises DatesRefused for days that nobody can travel on.
    """
    visit = StudyVisit.objects.create(
        reference=next_reference(f"{programme.short_title}-{at.year}"),
        programme=programme,
        state_since=at,
        proposer=partner.organisation,
        proposed_by=proposed_by,
        created_at=at,
        is_sample=programme.is_sample,
        host_city=wanted.host,
    )
    visit.topics.set(wanted.topics)
    set_cities(visit, co_hosts=[], guests=wanted.guests)
    _add_proposer(visit, partner, wanted)
    offer_days(visit, wanted.ranges, today=at.date())
    return visit


def invite_candidates(visit: StudyVisit, organisations: Iterable[Organisation]) -> None:
    """These are asked, as far as they are candidates of the visit's cities; nobody else is."""
    chosen = {organisation.pk for organisation in organisations}
    visit.invitations.filter(is_proposer=False).delete()
    own = visit.invitations.get(is_proposer=True).organisation_id
    Invitation.objects.bulk_create(
        _invitation(visit, candidate)
        for candidate in candidates(visit)
        if candidate.organisation.pk in chosen - {own}
    )


def offer_days(visit: StudyVisit, ranges: Sequence[DateRange], *, today: date) -> None:
    """Raises DatesRefused for days that nobody can travel on."""
    check_ranges(visit, ranges, today=today)
    DateOption.objects.bulk_create(
        DateOption(visit=visit, start_date=each.start, end_date=each.end) for each in ranges
    )


def _add_proposer(visit: StudyVisit, partner: Partner, wanted: Beginning) -> None:
    Invitation.objects.create(
        visit=visit,
        organisation=partner.organisation,
        city=wanted.city,
        side=wanted.side,
        role=partner.role,
        state=InvitationState.ACCEPTED,
        is_proposer=True,
    )


def _invitation(visit: StudyVisit, candidate: Candidate) -> Invitation:
    return Invitation(
        visit=visit,
        organisation=candidate.organisation,
        city=candidate.city,
        side=candidate.side,
        role=PartnerRole(candidate.role),
    )
