"""A network of twenty cities with as many visits as asked for, written straight to the tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from exchanges import clock
from exchanges.enums import (
    CityRole,
    InvitationState,
    OrganisationKind,
    PartnerRole,
    SessionKind,
    Side,
    VisitState,
)
from exchanges.models import (
    AgendaItem,
    City,
    DateOption,
    Invitation,
    Organisation,
    Programme,
    Speaker,
    StudyVisit,
    User,
    Venue,
    VisitCity,
)
from tests.factories import (
    make_city,
    make_contact,
    make_organisation,
    make_partner,
    make_programme,
)

CITIES = 20
LIVELY = (VisitState.PROPOSED, VisitState.AGREED, VisitState.CONFIRMED, VisitState.COMPLETED)
TITLES = (
    "Welcome and round of introductions",
    "Ενιαία εξυπηρέτηση μεταναστών: επίσκεψη",
    "Обслужване на едно гише; разговор с екипа",
    "Obisk točke VEM, vprašanja in odgovori",
)


@dataclass(frozen=True)
class Network:
    programme: Programme
    authorities: list[Organisation]
    unions: list[Organisation]
    official: User
    office: User


def make_network() -> Network:
    programme = make_programme()
    authorities, unions = [], []
    for number in range(CITIES):
        city = make_city(latitude=38 + number * 0.7, longitude=2 + number * 7 % 24)
        authorities.append(make_organisation(f"City {number}", city=city))
        union = make_organisation(f"Union {number}", city=city, kind=OrganisationKind.TRADE_UNION)
        unions.append(union)
        make_partner(programme, authorities[-1])
        make_partner(programme, union, role=PartnerRole.UMN_MEMBER)
    return Network(
        programme,
        authorities,
        unions,
        official=make_contact(authorities[0]),
        office=make_contact(programme.coordinator),
    )


def add_visits(network: Network, count: int) -> None:
    """Until there are `count`: half of them closed, the others in all states that wait."""
    today = clock.today()
    start = StudyVisit.objects.count()
    visits = [_visit(network, number, today) for number in range(start, count)]
    StudyVisit.objects.bulk_create(visits)
    VisitCity.objects.bulk_create(
        VisitCity(visit=visit, city=_guest(network, start + index).city, role=CityRole.GUEST)
        for index, visit in enumerate(visits)
    )
    Invitation.objects.bulk_create(
        invitation
        for index, visit in enumerate(visits)
        for invitation in _invitations(network, start + index, visit)
    )
    DateOption.objects.bulk_create(
        DateOption(visit=visit, start_date=first, end_date=first + timedelta(days=1))
        for visit in visits
        if visit.state == VisitState.PROPOSED
        for first in (today + timedelta(days=60), today + timedelta(days=80))
    )


def add_sessions(network: Network, count: int) -> StudyVisit:
    """A confirmed visit of the official's with so many sessions in its agenda."""
    visit = StudyVisit.objects.filter(state=VisitState.CONFIRMED).earliest("pk")
    AgendaItem.objects.filter(visit=visit).delete()
    assert visit.start_date
    assert visit.host_city
    venue = Venue.objects.get_or_create(visit=visit, name="Town hall, room 2")[0]
    speaker = Speaker.objects.get_or_create(visit=visit, name="Živa Šuštar")[0]
    items = AgendaItem.objects.bulk_create(
        AgendaItem(
            visit=visit,
            day=visit.start_date + timedelta(days=number // 20),
            start_time=time(8 + number % 10, number // 10 % 2 * 30),
            end_time=time(9 + number % 10, number // 10 % 2 * 30),
            time_zone=visit.host_city.time_zone,
            kind=SessionKind.MEETING,
            title=TITLES[number % len(TITLES)],
            description="Languages: English, Slovene.\nInterpretation is offered.",
            venue=venue,
            lead=network.authorities[0],
            languages=["en", "sl"],
            revised_at=visit.state_since,
        )
        for number in range(count)
    )
    AgendaItem.speakers.through.objects.bulk_create(
        AgendaItem.speakers.through(agendaitem=item, speaker=speaker) for item in items
    )
    return visit


def _visit(network: Network, number: int, today: date) -> StudyVisit:
    state = VisitState.CLOSED if number % 2 else LIVELY[number // 2 % len(LIVELY)]
    first = today + timedelta(days=number % 300 + 7)
    if state in (VisitState.CLOSED, VisitState.COMPLETED):
        first -= timedelta(days=400)
    since = datetime.combine(today, time(9), clock.now().tzinfo) - timedelta(days=number % 30)
    is_dated = state != VisitState.PROPOSED
    return StudyVisit(
        reference=f"B-{number:05}",
        programme=network.programme,
        state=state,
        state_since=since,
        proposer=_guest(network, number),
        host_city=_host_city(network, number),
        title=f"Visit {number} on one-stop shops",
        purpose="To see it.",
        group_size=6,
        languages=["en"],
        answer_by=today + timedelta(days=20),
        start_date=first if is_dated else None,
        end_date=first + timedelta(days=2) if is_dated else None,
        created_at=since,
        proposed_at=since,
        revised_at=since,
    )


def _invitations(network: Network, number: int, visit: StudyVisit) -> list[Invitation]:
    guest, host = _guest(network, number), (number * 7 + 3) % CITIES
    answer = InvitationState.ACCEPTED
    if visit.state == VisitState.PROPOSED:
        answer = InvitationState.OPEN
    own = Invitation(
        visit=visit,
        organisation=guest,
        city=guest.city,
        side=Side.GUEST,
        role=PartnerRole.LOCAL_AUTHORITY,
        state=InvitationState.ACCEPTED,
        is_proposer=True,
    )
    asked = [
        Invitation(
            visit=visit,
            organisation=organisation,
            city=organisation.city,
            side=Side.HOST,
            role=role,
            state=answer,
            invited_at=visit.proposed_at,
        )
        for organisation, role in (
            (network.authorities[host], PartnerRole.LOCAL_AUTHORITY),
            (network.unions[host], PartnerRole.UMN_MEMBER),
        )
    ]
    return [own, *asked]


def _guest(network: Network, number: int) -> Organisation:
    guest = number // 8 % CITIES
    host = (number * 7 + 3) % CITIES
    return network.authorities[guest if guest != host else (guest + 1) % CITIES]


def _host_city(network: Network, number: int) -> City:
    return network.authorities[(number * 7 + 3) % CITIES].city
