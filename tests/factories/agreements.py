"""A visit that was held, with people on both sides, and agreements in each state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import count

from i18nfield.strings import LazyI18nString

from agreements.domain.agreement_states import STATES_OF_DATES
from agreements.domain.validity import Validity, usual_end
from agreements.enums import AgreementState
from agreements.exports.documents import version_pdf
from agreements.models import Agreement, Party
from agreements.operations import approvals, drafting, endings, signatures
from agreements.queries.parties import accepted_invitations, current_version
from exchanges.enums import (
    CityRole,
    InvitationState,
    MembershipRole,
    OrganisationKind,
    PartnerRole,
    Side,
    VisitState,
)
from exchanges.models import (
    Auditor,
    City,
    Invitation,
    Membership,
    Organisation,
    Partner,
    Programme,
    SignatoryProposal,
    StudyVisit,
    Topic,
    User,
    VisitCity,
)
from tests.factories.people import make_confirmed_proposal
from tests.factories.proofs import make_proof
from tests.moment import AT

STATEMENT = "I sign."
LONG_AGO = AT - timedelta(days=400)
DATES = {
    AgreementState.UPCOMING: (timedelta(days=30), timedelta(days=700)),
    AgreementState.EXPIRING: (timedelta(days=-900), timedelta(days=80)),
    AgreementState.EXPIRED: (timedelta(days=-400), timedelta(days=-1)),
    AgreementState.TERMINATED: (timedelta(days=-400), timedelta(days=700)),
}
"""First and last day, counted from `AT`, with which a signed agreement shows a state."""
numbers = count(1)


@dataclass
class HeldVisit:
    """Ljubljana hosted Pordenone: two organisations on each side, each with its people."""

    visit: StudyVisit
    programme: Programme
    hosts: list[Organisation]
    guests: list[Organisation]
    office: User
    auditor: User
    stranger: User

    @property
    def organisations(self) -> list[Organisation]:
        return [*self.hosts, *self.guests]

    @property
    def drafter(self) -> Organisation:
        return self.guests[0]


def make_user(name: str = "") -> User:
    number = next(numbers)
    return User.objects.create_user(f"person{number}@example.org", name=name or f"Person {number}")


def make_city(slug: str, country: str = "SI") -> City:
    return City.objects.create(
        slug=slug,
        names=LazyI18nString({"en": slug.split("-")[0].title()}),
        country=country,
        latitude=46,
        longitude=14,
        time_zone="Europe/Ljubljana",
        languages=["en"],
    )


def make_organisation(city: City, name: str, kind: str = "local_authority") -> Organisation:
    slug = f"organisation-{next(numbers)}"
    organisation = Organisation.objects.create(
        slug=slug, name=name, kind=OrganisationKind(kind), city=city
    )
    organisation.active_in.add(city)
    return organisation


def add_member(organisation: Organisation, role: MembershipRole, user: User | None = None) -> User:
    user = user or make_user()
    row = Membership(user=user, organisation=organisation, role=role, since=AT)
    if role == MembershipRole.SIGNATORY:
        row.proposal = make_confirmed_proposal(user, organisation, name="Jana Novak")
    row.save()
    return user


def contact(organisation: Organisation) -> User:
    return _person(organisation, MembershipRole.CONTACT)


def signatory(organisation: Organisation) -> User:
    return _person(organisation, MembershipRole.SIGNATORY)


def colleague(organisation: Organisation) -> User:
    return _person(organisation, MembershipRole.MEMBER)


def _person(organisation: Organisation, role: MembershipRole) -> User:
    membership = Membership.objects.filter(organisation=organisation, role=role).first()
    return membership.user if membership else add_member(organisation, role)


def make_held_visit() -> HeldVisit:
    number = next(numbers)
    ljubljana, pordenone = make_city(f"ljubljana-{number}"), make_city(f"pordenone-{number}", "IT")
    coordinator = make_organisation(ljubljana, "Coordinator", "trade_union")
    office = add_member(coordinator, MembershipRole.CONTACT)
    programme = Programme.objects.create(
        slug=f"programme-{number}",
        title=LazyI18nString({"en": "Programme"}),
        short_title="UMN" if number == 1 else f"UMN{number}",
        coordinator=coordinator,
        fund="Asylum, Migration and Integration Fund",
        start_date=AT.date() - timedelta(days=400),
        end_date=AT.date() + timedelta(days=400),
        max_exchanges=8,
        eu_cofinancing_rate="0.9",
    )
    hosts = [
        make_organisation(ljubljana, "Mestna občina Ljubljana"),
        make_organisation(ljubljana, "Независим профсъюз", "trade_union"),
    ]
    guests = [
        make_organisation(pordenone, "Comune di Pordenone"),
        make_organisation(pordenone, "Εργατικό Κέντρο", "association"),
    ]
    visit = _held_visit(programme, ljubljana, pordenone, hosts, guests)
    for organisation in (*hosts, *guests):
        add_member(organisation, MembershipRole.CONTACT)
    auditor = make_user()
    Auditor.objects.create(programme=programme, user=auditor, given_by=office, given_at=AT)
    return HeldVisit(visit, programme, hosts, guests, office, auditor, make_user())


def _held_visit(
    programme: Programme,
    host: City,
    guest: City,
    hosts: list[Organisation],
    guests: list[Organisation],
) -> StudyVisit:
    visit = StudyVisit.objects.create(
        reference=f"UMN-{AT.year}-{next(numbers):03d}",
        programme=programme,
        state=VisitState.COMPLETED,
        state_since=AT,
        proposer=guests[0],
        host_city=host,
        title="One-stop shops",
        start_date=AT.date() - timedelta(days=10),
        end_date=AT.date() - timedelta(days=8),
        created_at=AT,
        proposed_at=AT,
    )
    visit.topics.add(
        Topic.objects.create(
            slug=f"topic-{next(numbers)}", names=LazyI18nString({"en": "One-stop shops"})
        )
    )
    VisitCity.objects.create(visit=visit, city=guest, role=CityRole.GUEST)
    for side, city, organisations in ((Side.HOST, host, hosts), (Side.GUEST, guest, guests)):
        for organisation in organisations:
            is_city = organisation.kind == OrganisationKind.LOCAL_AUTHORITY
            role = PartnerRole.LOCAL_AUTHORITY if is_city else PartnerRole.UMN_MEMBER
            Partner.objects.create(programme=programme, organisation=organisation, role=role)
            Invitation.objects.create(
                visit=visit,
                organisation=organisation,
                city=city,
                side=side,
                role=role,
                state=InvitationState.ACCEPTED,
                is_proposer=organisation == guests[0],
            )
    return visit


def usual_validity() -> Validity:
    return Validity(AT.date(), usual_end(AT.date()), 6)


def start_agreement(
    scene: HeldVisit,
    parties: list[Organisation] | None = None,
    validity: Validity | None = None,
    at: datetime = AT,
) -> Agreement:
    chosen = parties or [scene.hosts[0], scene.guests[0]]
    invitations = [
        each for each in accepted_invitations(scene.visit) if each.organisation in chosen
    ]
    return drafting.start(
        visit=scene.visit,
        drafter=scene.drafter,
        invitations=invitations,
        validity=validity or usual_validity(),
        by=contact(scene.drafter),
        at=at,
    )


def parties(agreement: Agreement) -> list[Party]:
    return list(agreement.parties.select_related("organisation", "agreement"))


def propose(agreement: Agreement, at: datetime = AT) -> Agreement:
    return approvals.propose(agreement=agreement, by=contact(agreement.drafter), at=at)


def approve(party: Party, at: datetime = AT) -> None:
    sha256 = current_version(party.agreement).sha256
    approvals.approve(party=party, sha256=sha256, by=contact(party.organisation), at=at)


def sign(party: Party, at: datetime = AT, name: str = "") -> None:
    by = signatory(party.organisation)
    if name:
        SignatoryProposal.objects.filter(memberships__user=by).update(name=name)
    signatures.sign(
        party=party,
        sha256=current_version(Agreement.objects.get(pk=party.agreement_id)).sha256,
        statement=STATEMENT,
        render=version_pdf,
        proof=make_proof(by, at=at),
        by=by,
        at=at,
    )


def bring_to(agreement: Agreement, state: AgreementState) -> Agreement:
    """Walk a draft to what shows this state at `AT`, by the moves that people make."""
    at = LONG_AGO if state in (AgreementState.EXPIRED, AgreementState.TERMINATED) else AT
    if state in DATES:
        first, last = DATES[state]
        _set_dates(agreement, AT.date() + first, AT.date() + last, at)
    steps = {
        AgreementState.PROPOSED: lambda: propose(agreement, at),
        AgreementState.APPROVED: lambda: [approve(party, at) for party in parties(agreement)],
        AgreementState.OUT_FOR_SIGNATURE: lambda: signatures.send_out(
            agreement=agreement, by=contact(agreement.drafter), at=at
        ),
        AgreementState.ACTIVE: lambda: [sign(party, at) for party in parties(agreement)],
    }
    exits = {
        AgreementState.DECLINED: (AgreementState.PROPOSED, _decline),
        AgreementState.WITHDRAWN: (AgreementState.DRAFT, _withdraw),
        AgreementState.NOTICE_GIVEN: (AgreementState.ACTIVE, _terminate),
        AgreementState.TERMINATED: (AgreementState.ACTIVE, _terminate),
        AgreementState.VOID: (AgreementState.ACTIVE, _void),
    }
    last_step = AgreementState.ACTIVE if state in STATES_OF_DATES else state
    wanted, leave = exits.get(state, (last_step, None))
    if wanted != AgreementState.DRAFT:
        for reached, step in steps.items():
            step()
            if reached == wanted:
                break
    if leave:
        leave(agreement, at)
    return Agreement.objects.get(pk=agreement.pk)


def _set_dates(agreement: Agreement, first: date, last: date, at: datetime) -> None:
    terms = current_version(agreement).read_terms()
    drafting.edit_terms(
        agreement=agreement,
        terms=replace(terms, valid_from=first, valid_until=last),
        revision=None,
        by=contact(agreement.drafter),
        at=at,
    )
    agreement.refresh_from_db()


def _decline(agreement: Agreement, at: datetime) -> None:
    party = parties(agreement)[0]
    endings.decline(party=party, by=contact(party.organisation), at=at, reason="No mandate.")


def _withdraw(agreement: Agreement, at: datetime) -> None:
    endings.withdraw(
        agreement=agreement, by=contact(agreement.drafter), at=at, reason="Started anew."
    )


def _terminate(agreement: Agreement, at: datetime) -> None:
    party = parties(agreement)[0]
    endings.terminate(party=party, by=contact(party.organisation), at=at, reason="Reorganised.")


def _void(agreement: Agreement, at: datetime) -> None:
    office = agreement.programme.coordinator
    endings.declare_void(agreement=agreement, by=contact(office), at=at, reason="Wrong signatory.")
