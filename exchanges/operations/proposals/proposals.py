"""A draft, step by step, until it is proposed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from exchanges.domain.dates import DateRange
from exchanges.enums import (
    Answer,
    Side,
    VisitMove,
)
from exchanges.models import (
    City,
    DateAnswer,
    DateOption,
    Organisation,
    Programme,
    StudyVisit,
    Topic,
    User,
)
from exchanges.operations.editing import raise_if_edited
from exchanges.operations.proposals.date_ranges import check_ranges
from exchanges.operations.proposals.drafts import begin_draft, invite_candidates, offer_days
from exchanges.operations.proposals.sending import send_invitation
from exchanges.operations.record import record
from exchanges.operations.refusals import Refusal
from exchanges.operations.visits.cities import set_cities
from exchanges.operations.visits.moves import lock_for_move, move
from exchanges.permissions import can_propose_visit, require
from exchanges.queries.proposals.proposals import Beginning, untouched_draft
from exchanges.queries.proposals.steps import steps_missing
from exchanges.words.proposals import ProposalStep


class OwnCityAsHost(Refusal):
    def __init__(self, city: City) -> None:
        super().__init__(_("%(city)s travels: another city has to host.") % {"city": city})


class ProgrammeHasEnded(Refusal):
    def __init__(self, programme: Programme) -> None:
        sentence = _("The programme “%(programme)s” has ended. You cannot propose a visit in it.")
        super().__init__(sentence % {"programme": programme})


class ProposalIncomplete(Refusal):
    def __init__(self, steps: Sequence[str]) -> None:
        super().__init__(_("Some steps are not complete yet. Finish them, then send."))
        self.steps = tuple(steps)


@transaction.atomic
def start(
    *,
    programme: Programme,
    organisation: Organisation,
    city: City,
    side: Side,
    by: User,
    at: datetime,
    topics: Iterable[Topic] = (),
    host: City | None = None,
    guests: Iterable[City] = (),
    ranges: Sequence[DateRange] = (),
) -> StudyVisit:
    """A new draft of this organisation, which takes part for `city` as guest or host.

    `topics`, `host`, other `guests` and `ranges` (the days to offer) are what the page was opened
    from, for instance a practice or a match. A draft that this person began in the same way and
    left as it was is handed back. Raises ProgrammeHasEnded, and DatesRefused for days that nobody
    can travel on.
    """
    require(can_propose_visit(by, organisation, programme))
    programme = Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    if programme.end_date < at.date():
        raise ProgrammeHasEnded(programme)
    partner = programme.partners.get(organisation=organisation)
    wanted = Beginning(
        city=city,
        side=side,
        host=_first_host(side, city, host),
        guests=_first_guests(side, city, guests),
        topics=tuple(topics),
        ranges=tuple(sorted(set(ranges))),
    )
    untouched = untouched_draft(partner, by, wanted)
    if untouched:
        return untouched
    visit = begin_draft(programme, partner, wanted, proposed_by=by, at=at)
    record("start", visit, by=by, at=at)
    return visit


@transaction.atomic
def save_learning(
    *,
    visit: StudyVisit,
    by: User,
    at: datetime,
    revision: int | None,
    title: str,
    purpose: str,
    topics: Iterable[Topic],
) -> StudyVisit:
    visit = _open_draft(visit, by, revision)
    visit.title, visit.purpose = title, purpose
    visit.topics.set(topics)
    return _saved(visit, ProposalStep.LEARN, by, at)


@transaction.atomic
def save_cities(
    *,
    visit: StudyVisit,
    by: User,
    at: datetime,
    revision: int | None,
    host: City,
    co_hosts: Sequence[City] = (),
    guests: Sequence[City] = (),
) -> StudyVisit:
    """Save the cities; the proposer's stays. Invitations of cities that left are removed.

    Raises OwnCityAsHost when the proposer's city should travel to itself.
    """
    visit = _open_draft(visit, by, revision)
    own = visit.invitations.select_related("city").get(is_proposer=True)
    if own.side == Side.HOST:
        host = own.city
    elif host == own.city:
        raise OwnCityAsHost(host)
    else:
        guests = [own.city, *(city for city in guests if city != own.city)]
    co_hosts = [city for city in co_hosts if city not in {host, own.city}]
    guests = [city for city in guests if city not in {host, *co_hosts}]
    visit.host_city = host
    set_cities(visit, co_hosts=co_hosts, guests=guests)
    _keep_invitations_of(visit, host_side=[host, *co_hosts], guest_side=guests)
    return _saved(visit, ProposalStep.CITIES, by, at)


@transaction.atomic
def save_dates(
    *,
    visit: StudyVisit,
    by: User,
    at: datetime,
    revision: int | None,
    ranges: Sequence[DateRange],
) -> StudyVisit:
    """Raises DatesRefused with a sentence that names the days."""
    visit = _open_draft(visit, by, revision)
    visit.date_options.all().delete()
    offer_days(visit, sorted(set(ranges)), today=at.date())
    return _saved(visit, ProposalStep.DATES, by, at)


@transaction.atomic
def save_invited(
    *,
    visit: StudyVisit,
    by: User,
    at: datetime,
    revision: int | None,
    organisations: Iterable[Organisation],
) -> StudyVisit:
    """Save who is asked, out of the candidates of the visit's cities; the proposer's own stays."""
    visit = _open_draft(visit, by, revision)
    invite_candidates(visit, organisations)
    return _saved(visit, ProposalStep.INVITED, by, at)


@transaction.atomic
def save_details(
    *,
    visit: StudyVisit,
    by: User,
    at: datetime,
    revision: int | None,
    group_size: int,
    languages: Sequence[str],
    answer_by: date,
    message: str = "",
) -> StudyVisit:
    visit = _open_draft(visit, by, revision)
    visit.group_size, visit.languages = group_size, list(languages)
    visit.answer_by, visit.message = answer_by, message
    return _saved(visit, ProposalStep.DETAILS, by, at)


@transaction.atomic
def discard(*, visit: StudyVisit, by: User, at: datetime) -> None:
    """Delete the draft; the record keeps that it existed."""
    visit = lock_for_move(visit, VisitMove.DISCARD, by=by)
    record(VisitMove.DISCARD.value, visit, by=by, at=at, reference=visit.reference)
    visit.delete()


@transaction.atomic
def propose(
    *, visit: StudyVisit, by: User, at: datetime, revision: int | None = None
) -> StudyVisit:
    """Send the invitations.

    Raises ProposalIncomplete, or NobodyReachable when an organisation has no contact person.
    """
    visit = _open_draft(visit, by, revision)
    lacking = steps_missing(visit, at)
    if lacking:
        raise ProposalIncomplete(lacking)
    check_ranges(visit, [_range(each) for each in visit.date_options.all()], today=at.date())
    own = visit.invitations.get(is_proposer=True)
    own.invited_at = own.answered_at = at
    own.answered_by = by
    own.save()
    DateAnswer.objects.bulk_create(
        DateAnswer(option=option, invitation=own, answer=Answer.YES)
        for option in visit.date_options.all()
    )
    visit.proposed_at, visit.proposed_by = at, by
    for invitation in visit.invitations.filter(is_proposer=False).select_related("organisation"):
        send_invitation(invitation, visit, at)
    move(visit, VisitMove.PROPOSE, by=by, at=at)
    return visit


def _first_host(side: Side, city: City, host: City | None) -> City | None:
    if side == Side.HOST:
        return city
    return host if host != city else None


def _first_guests(side: Side, city: City, guests: Iterable[City]) -> tuple[City, ...]:
    others = tuple(guest for guest in dict.fromkeys(guests) if guest != city)
    return (city, *others) if side == Side.GUEST else others


def _open_draft(visit: StudyVisit, by: User, revision: int | None) -> StudyVisit:
    visit = lock_for_move(visit, VisitMove.PROPOSE, by=by)
    raise_if_edited(visit, revision)
    return visit


def _saved(visit: StudyVisit, step: ProposalStep, by: User, at: datetime) -> StudyVisit:
    visit.revision += 1
    visit.save()
    record("save_draft", visit, by=by, at=at, step=step.value)
    return visit


def _keep_invitations_of(
    visit: StudyVisit, *, host_side: Sequence[City], guest_side: Sequence[City]
) -> None:
    others = visit.invitations.filter(is_proposer=False)
    others.filter(side=Side.HOST).exclude(city__in=host_side).delete()
    others.filter(side=Side.GUEST).exclude(city__in=guest_side).delete()


def _range(option: DateOption) -> DateRange:
    return DateRange(option.start_date, option.end_date)
