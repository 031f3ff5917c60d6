"""Visits that were held before the program existed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from exchanges.domain.visit_states import find_move
from exchanges.enums import InvitationState, PartnerRole, Side, VisitMove, VisitState
from exchanges.models import (
    City,
    Invitation,
    Organisation,
    Programme,
    StudyVisit,
    ThirdParty,
    Topic,
)
from exchanges.operations.record import Actor, record
from exchanges.operations.references import next_reference
from exchanges.operations.visits.cities import set_cities
from exchanges.operations.visits.held_questions import (
    NOBODY_BEFORE,
    KnownBefore,
    ask_those_named,
)
from exchanges.operations.visits.visits import take_exchange


@dataclass(frozen=True, slots=True)
class HeldVisit:
    """What is known of a visit; its days may be known only to the month, or not at all."""

    host_city: City
    title: str
    year: int
    topics: Sequence[Topic] = ()
    co_hosts: Sequence[City] = ()
    guests: Sequence[City] = ()
    host_organisations: Sequence[Organisation] = ()
    guest_organisations: Sequence[Organisation] = ()
    met: Sequence[str] = ()
    external_guests: Sequence[str] = ()
    start_date: date | None = None
    end_date: date | None = None
    known_month: date | None = None
    participants_about: int | None = None
    counts_as_exchange: bool = True
    note: str = ""
    is_sample: bool = False
    import_key: str | None = None


@transaction.atomic
def import_visit(
    *,
    programme: Programme,
    held: HeldVisit,
    by: Actor,
    at: datetime,
    there: KnownBefore = NOBODY_BEFORE,
) -> StudyVisit:
    """Enters as closed by the move `import`; takes one of the programme's exchanges if it counts.

    Those of `there` whom it names are asked; until all have confirmed, the visit is not public.

    Raises ExchangeLimitReached when the programme has none left.
    """
    move = find_move(VisitMove.IMPORT, None)
    assert move.target is not None
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    visit = _visit(programme, held, move.target, at)
    visit.topics.set(held.topics)
    set_cities(visit, co_hosts=held.co_hosts, guests=held.guests)
    _add_organisations(visit, held)
    _add_third_parties(visit, held)
    ask_those_named(visit, there, at=at)
    number = take_exchange(programme, visit).number if held.counts_as_exchange else None
    record(move.verb.value, visit, by=by, at=at, target=move.target.value, exchange=number)
    return visit


def _visit(programme: Programme, held: HeldVisit, state: VisitState, at: datetime) -> StudyVisit:
    return StudyVisit.objects.create(
        reference=next_reference(f"{programme.short_title}-{held.year}"),
        programme=programme,
        state=state,
        state_since=at,
        created_at=at,
        host_city=held.host_city,
        title=held.title,
        start_date=held.start_date,
        end_date=held.end_date,
        known_month=held.known_month,
        participants_about=held.participants_about,
        counts_as_exchange=held.counts_as_exchange,
        note=held.note,
        is_sample=held.is_sample,
        import_key=held.import_key,
        revised_at=at if held.start_date else None,
    )


def _add_organisations(visit: StudyVisit, held: HeldVisit) -> None:
    roles = dict(visit.programme.partners.values_list("organisation", "role"))
    host_cities = [held.host_city, *held.co_hosts]
    pairs = [(Side.HOST, each, host_cities) for each in held.host_organisations]
    pairs += [(Side.GUEST, each, list(held.guests)) for each in held.guest_organisations]
    Invitation.objects.bulk_create(
        Invitation(
            visit=visit,
            organisation=organisation,
            city=_city_of(organisation, cities),
            side=side,
            role=roles.get(organisation.pk, PartnerRole.UMN_MEMBER),
            state=InvitationState.ACCEPTED,
        )
        for side, organisation, cities in pairs
    )


def _city_of(organisation: Organisation, cities: Iterable[City]) -> City:
    active = {city.pk for city in organisation.active_in.all()}
    return next((city for city in cities if city.pk in active), organisation.city)


def _add_third_parties(visit: StudyVisit, held: HeldVisit) -> None:
    rows = [(Side.HOST, name) for name in held.met]
    rows += [(Side.GUEST, name) for name in held.external_guests]
    ThirdParty.objects.bulk_create(
        ThirdParty(visit=visit, name=name, side=side) for side, name in rows
    )
