"""What a proposal has, what it still lacks, and who may be invited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from exchanges.domain.dates import (
    AnswerCount,
    DateRange,
    OfferedDates,
    OptionAnswer,
    count_answers,
    is_past,
)
from exchanges.domain.minimum import Invited, Missing, missing_acceptances
from exchanges.enums import (
    CityRole,
    InvitationState,
    MembershipRole,
    PartnerRole,
    Side,
    VisitState,
)
from exchanges.labels import label
from exchanges.models import (
    City,
    DateOption,
    Invitation,
    Organisation,
    Partner,
    StudyVisit,
    Topic,
    User,
)

FIRST_REVISION = 1


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation that could be invited for a city."""

    organisation: Organisation
    city: City
    side: Side
    role: PartnerRole
    has_contact: bool

    @property
    def role_name(self) -> str:
        return label(self.role)


@dataclass(frozen=True, slots=True)
class Beginning:
    """How a draft begins: the own city with its side, and what is filled in already."""

    city: City
    side: Side
    host: City | None
    guests: tuple[City, ...]
    topics: tuple[Topic, ...]
    ranges: tuple[DateRange, ...]


def invited_facts(invitations: Iterable[Invitation]) -> list[Invited]:
    return [
        Invited(
            side=Side(each.side),
            city=each.city.slug,
            role=PartnerRole(each.role),
            state=InvitationState(each.state),
        )
        for each in invitations
    ]


def acceptances_missing(visit: StudyVisit) -> tuple[Missing, ...]:
    """Return what has to be accepted before the date can be picked; reads prefetched rows."""
    return missing_acceptances(
        invited_facts(visit.invitations.all()),
        [city.slug for city in visit.guest_cities()],
        requires_umn_host=visit.programme.requires_umn_host,
    )


def tallies_of(visit: StudyVisit, at: datetime) -> tuple[AnswerCount, ...]:
    """Count the answers to every date option, best first."""
    accepted = InvitationState.ACCEPTED
    taking_part = [each.pk for each in visit.invitations.all() if each.state == accepted]
    options: list[OfferedDates] = []
    answers: list[OptionAnswer] = []
    for row in visit.date_options.all():
        options.append(OfferedDates(row.pk, DateRange(row.start_date, row.end_date)))
        answers.extend(
            OptionAnswer(row.pk, each.invitation_id, each.answer) for each in row.answers.all()
        )
    today = visit.today_at_host(at)
    return count_answers(options, answers, taking_part=taking_part, today=today)


def is_ready(visit: StudyVisit, at: datetime) -> bool:
    """Return whether a date can be picked: ahead, and all who accepted answered without a no."""
    return not acceptances_missing(visit) and any(each.is_ready for each in tallies_of(visit, at))


def options_ahead(visit: StudyVisit, at: datetime) -> list[DateOption]:
    """Return the date options that can still be answered and picked; reads prefetched rows."""
    today = visit.today_at_host(at)
    return [each for each in visit.date_options.all() if not is_past(each.start_date, today)]


def owing_answers(visit: StudyVisit, at: datetime) -> list[Invitation]:
    """Return who accepted and has not answered a date that is possible, in a stable order."""
    possible = [each for each in tallies_of(visit, at) if each.is_possible]
    owing = {pk for tally in possible for pk in tally.missing}
    return [each for each in visit.invitations.all() if each.pk in owing]


def participating_cities(visit: StudyVisit) -> list[tuple[City, Side]]:
    """Return host, co-hosts and guests with their side, each once."""
    rows = list(visit.visit_cities.all())
    found = [(visit.host_city, Side.HOST)] if visit.host_city else []
    found += [(row.city, Side.HOST) for row in rows if row.role == CityRole.CO_HOST]
    found += [(row.city, Side.GUEST) for row in rows if row.role == CityRole.GUEST]
    return found


def candidates(visit: StudyVisit) -> list[Candidate]:
    """Return partners of the programme in the visit's cities, local authorities first."""
    cities = participating_cities(visit)
    partners = _partners_in(visit, [city for city, _ in cities])
    with_contact = set(
        Organisation.objects.filter(memberships__role=MembershipRole.CONTACT)
        .filter(memberships__user__is_active=True)
        .values_list("pk", flat=True)
    )
    found: list[Candidate] = []
    seen: set[int] = set()
    for city, side in cities:
        for partner in partners:
            active = {each.pk for each in partner.organisation.active_in.all()}
            if city.pk in active and partner.organisation_id not in seen:
                seen.add(partner.organisation_id)
                has_contact = partner.organisation_id in with_contact
                role = PartnerRole(partner.role)
                found.append(Candidate(partner.organisation, city, side, role, has_contact))
    return found


def lacks_learning(visit: StudyVisit, at: datetime) -> bool:
    return not (visit.title and visit.purpose and visit.topics.all())


def lacks_cities(visit: StudyVisit, at: datetime) -> bool:
    return visit.host_city is None or not visit.guest_cities()


def lacks_dates(visit: StudyVisit, at: datetime) -> bool:
    return not visit.date_options.all()


def lacks_reachable(visit: StudyVisit, at: datetime) -> bool:
    return bool(unreachable(visit))


def lacks_details(visit: StudyVisit, at: datetime) -> bool:
    return not (visit.group_size and visit.languages and _answer_by_ahead(visit, at))


def unreachable(visit: StudyVisit) -> tuple[Missing, ...]:
    """Return what would be missing even if everybody invited accepted."""
    facts = invited_facts(visit.invitations.all())
    hopeful = [
        Invited(each.side, each.city, each.role, InvitationState.ACCEPTED)
        for each in facts
        if each.state in (InvitationState.OPEN, InvitationState.ACCEPTED)
    ]
    return missing_acceptances(
        hopeful,
        [city.slug for city in visit.guest_cities()],
        requires_umn_host=visit.programme.requires_umn_host,
    )


def proposals(visits: QuerySet[StudyVisit]) -> QuerySet[StudyVisit]:
    """Return visits with all that the steps and the check page show."""
    return visits.select_related("programme", "host_city", "proposer").prefetch_related(
        "topics",
        "date_options",
        "visit_cities__city",
        "invitations__organisation",
        "invitations__city",
    )


def _partners_in(visit: StudyVisit, cities: list[City]) -> list[Partner]:
    partners = (
        Partner.objects.filter(programme=visit.programme_id, organisation__active_in__in=cities)
        .exclude(role=PartnerRole.COORDINATOR)
        .select_related("organisation")
        .prefetch_related("organisation__active_in")
        .distinct()
    )
    order = [PartnerRole.LOCAL_AUTHORITY, PartnerRole.UMN_MEMBER]
    return sorted(
        partners, key=lambda each: (order.index(PartnerRole(each.role)), each.organisation.name)
    )


def _answer_by_ahead(visit: StudyVisit, at: datetime) -> bool:
    return visit.answer_by is not None and visit.answer_by >= at.date()


def untouched_draft(partner: Partner, by: User, wanted: Beginning) -> StudyVisit | None:
    """Return the draft that this person began in just this way and left as it was."""
    drafts = StudyVisit.objects.filter(
        programme=partner.programme_id,
        proposer=partner.organisation_id,
        proposed_by=by,
        state=VisitState.DRAFT,
        revision=FIRST_REVISION,
        host_city=wanted.host,
        invitations__is_proposer=True,
        invitations__city=wanted.city,
        invitations__side=wanted.side,
    ).prefetch_related("topics", "date_options", "visit_cities__city")
    return next((each for each in drafts if _began_as(each, wanted)), None)


def _began_as(visit: StudyVisit, wanted: Beginning) -> bool:
    ranges = {DateRange(each.start_date, each.end_date) for each in visit.date_options.all()}
    return (
        set(visit.topics.all()) == set(wanted.topics)
        and set(visit.guest_cities()) == set(wanted.guests)
        and ranges == set(wanted.ranges)
    )
