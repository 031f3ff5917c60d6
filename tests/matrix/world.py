"""All persons, and a row of each kind for the URLs to name. Made once a module."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from allauth.mfa.models import Authenticator

from agreements.enums import AgreementState
from agreements.models import Agreement
from exchanges.enums import (
    Answer,
    AskedState,
    DisputeKind,
    MembershipRole,
    Message,
    MessageState,
    PairRule,
    RoleChangeState,
    WishKind,
)
from exchanges.links import PURPOSE_ACCOUNT, PURPOSE_INVITATION, make_token
from exchanges.models import (
    Auditor,
    CityClaim,
    CityProfile,
    CityWish,
    Dispute,
    Exchange,
    Handover,
    HeldVisitQuestion,
    Invitation,
    MatchingWeights,
    Organisation,
    OutboxMessage,
    PlanPair,
    Practice,
    Programme,
    Recovery,
    RoleChange,
    SignatoryProposal,
    StudyVisit,
    TopicLevel,
    User,
)
from exchanges.operations import agenda
from exchanges.operations.people import invitations as account_invitations
from exchanges.operations.proposals import invitations
from exchanges.operations.visits import delegates, visits
from tests.factories import (
    AT,
    Scene,
    make_agenda_item,
    make_agreed_visit,
    make_completed_visit,
    make_confirmed_visit,
    make_contact,
    make_draft,
    make_member,
    make_organisation,
    make_partner,
    make_programme,
    make_proposed_visit,
    make_question,
    make_scene,
    make_signatory,
    make_user,
)
from tests.factories import agreements as agreement_factories
from tests.matrix.planning import plan_rows

MEMBERS = "owner colleague signatory"
"""Of the organisation that proposes: its contact, a member without a say, one who signs."""

PARTNERS = "partner office_member"
"""In the programme without a part in the visits; `office_member` is no contact there."""

OUTSIDERS = ("stranger", "operator", "other_office")
"""Of no organisation in the programme. `operator` is Django's superuser."""

PERSONS = (
    "anonymous", *OUTSIDERS, *PARTNERS.split(), *MEMBERS.split(), "host", "host_member", "office",
    "auditor",
)  # fmt: skip


@dataclass(frozen=True)
class World:
    scene: Scene
    persons: dict[str, User]
    rows: SimpleNamespace
    """Visits and agreements by state, and one row of everything else."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self.rows, name)


def make_world() -> World:
    scene = make_scene()
    _more_exchanges(scene.programme)
    persons = _persons(scene)
    rows = SimpleNamespace(
        **_visits(scene), **_network(scene, persons), **_agreements(scene, persons),
        **_roles(scene), **plan_rows(scene, persons["auditor"]),
    )  # fmt: skip
    rows.held = HeldVisitQuestion.objects.create(
        visit=rows.closed, organisation=scene.guest_authority, asked_at=AT
    )
    world = World(scene, persons, rows)
    _name_unmistakably()
    for person in persons.values():
        person.refresh_from_db()
    return world


def answer_token(invitation: Invitation, person: User, generation: int | None = None) -> str:
    generation = invitation.generation if generation is None else generation
    return make_token(
        PURPOSE_INVITATION, subject=invitation.pk, person=person.pk, generation=generation
    )


def join_token(pk: int, purpose: str = PURPOSE_ACCOUNT, generation: int = 0) -> str:
    return make_token(purpose, subject=pk, person=0, generation=generation)


def _persons(scene: Scene) -> dict[str, User]:
    names = ("owner", "colleague", "host", "office", "partner", "stranger")
    other = make_programme(
        short_title="OLD", start_date=date(2020, 1, 1), end_date=date(2022, 12, 31)
    )
    operator = make_user("operator@example.org", is_staff=True, is_superuser=True)
    auditor = make_user("auditor@example.org")
    given = {"given_by": scene.office, "given_at": AT}
    Auditor.objects.create(programme=scene.programme, user=auditor, **given)
    return {name: getattr(scene, name) for name in names} | {
        "operator": operator,
        "auditor": auditor,
        "other_office": make_contact(other.coordinator),
        "office_member": make_member(scene.programme.coordinator),
        "host_member": make_member(scene.host_authority),
        "signatory": make_signatory(scene.guest_authority),
    }


def _visits(scene: Scene) -> dict[str, Any]:
    CityProfile.objects.update(hosting_capacity=20, guest_capacity=20)  # more than what follows
    confirmed, over = make_confirmed_visit(scene), make_confirmed_visit(scene)
    item, cancelled = _with_people(scene, confirmed)
    held = {"start_date": AT.date() - timedelta(3), "end_date": AT.date() - timedelta(2)}
    StudyVisit.objects.filter(pk=over.pk).update(**held)
    closed = make_confirmed_visit(scene)
    _with_people(scene, closed)
    after = AT + timedelta(days=400)
    closed = visits.complete(visit=closed, by=scene.host, at=after)
    closed = visits.close(visit=closed, by=scene.host, at=after, report="Good.", practices_seen=[])
    answered = make_proposed_visit(scene)
    _accept_all(scene, answered)
    proposed = make_proposed_visit(scene)
    asked = proposed.invitations.get(organisation=scene.host_authority)
    return {
        "draft": make_draft(scene),
        "proposed": proposed,
        "asked": asked,
        "answered": answered,
        "option": answered.date_options.first(),
        "agreed": make_agreed_visit(scene),
        "confirmed": confirmed,
        "item": item,
        "cancelled": cancelled,
        "delegate": confirmed.delegates.get(),
        "over": over,
        "completed": make_completed_visit(scene),
        "closed": closed,
    }


def _with_people(scene: Scene, visit: StudyVisit) -> tuple[Any, Any]:
    """A session with a speaker, one cancelled, and a delegate."""
    item = make_agenda_item(scene, visit, speakers=["Speaker Secretname"])
    other = make_agenda_item(scene, visit, title="Later", start=item.end_time.replace(hour=15),
                             end=item.end_time.replace(hour=16))  # fmt: skip
    delegates.add(
        visit=visit, organisation=scene.guest_authority, by=scene.owner, at=AT, languages=["en"],
        name="Delegate Secretname", function="Head", email="delegate@secret.example",
    )  # fmt: skip
    return item, agenda.cancel_item(item=other, by=scene.host, at=AT)


def _accept_all(scene: Scene, visit: StudyVisit) -> None:
    answers = {option.pk: Answer.YES for option in visit.date_options.all()}
    for invitation in visit.invitations.filter(is_proposer=False):
        by = scene.host if invitation.organisation == scene.host_authority else scene.union
        invitations.accept(invitation=invitation, by=by, at=AT, answers=answers)


def _network(scene: Scene, persons: dict[str, User]) -> dict[str, Any]:
    TopicLevel.objects.create(city=scene.host_city, topic=scene.topic, level=4)
    MatchingWeights.objects.create(programme=scene.programme, learning=400)
    pair = PlanPair.objects.create(
        programme=scene.programme, guest=scene.guest_city, host=scene.host_city,
        rule=PairRule.FIXED, reason="Asked for", said_by=scene.office, said_at=AT,
    )  # fmt: skip
    extra = make_organisation("Caritas", city=scene.host_city)
    make_contact(extra)
    idle = make_organisation("Idle", city=scene.host_city)
    athens = persons["partner"].memberships.get().organisation.city
    wish = CityWish.objects.create(
        city=scene.guest_city, other=athens, kind=WishKind.PREFERENCE, reason="Secretwish",
        said_by=scene.owner, said_at=AT,
    )  # fmt: skip
    practice = Practice.objects.create(slug="desk", title="One desk")
    practice.organisations.add(scene.guest_authority)
    practice.topics.add(scene.topic)
    message = OutboxMessage.objects.create(
        kind=Message.INVITATION, recipient=scene.union, queued_at=AT, due_at=AT,
        state=MessageState.FAILED, last_error="refused",
    )  # fmt: skip
    joining = account_invitations.invite(
        organisation=scene.guest_authority, email="newcomer@secret.example",
        role=MembershipRole.MEMBER, by=scene.owner, at=AT,
    )  # fmt: skip
    key = Authenticator.objects.create(
        user=scene.union, type=Authenticator.Type.WEBAUTHN, data={"name": "Key"}
    )
    asked_host, asked_partner = _questions(scene)
    return {
        "key": key,
        "asked_host": asked_host,
        "known": make_question(
            scene.programme,
            scene.guest_authority,
            state=AskedState.ACCEPTED,
            signatory_name="Ada",
            signatory_function="Mayor",
            signatory_email=scene.owner.email,
        ),
        "asked_partner": asked_partner,
        "claim": _claim(scene),
        "pair": pair,
        "extra": extra,
        "part": make_partner(scene.programme, extra),
        "idle": make_partner(scene.programme, idle),
        "unknown": make_organisation("Unknown", city=scene.host_city),
        "practice": practice,
        "wish": wish,
        "message": message,
        "joining": joining,
        "audit": Auditor.objects.get(user=persons["auditor"]),
    }


def _questions(scene: Scene) -> tuple[Any, Any]:
    """One of another office to the host, and one of this office that was asked days ago."""
    other = make_programme(slug="asking", start_date=date(2019, 1, 1), end_date=date(2019, 12, 31))
    told = make_organisation("City of Trieste")
    make_contact(told)
    days_ago = AT - timedelta(days=3)
    return (
        make_question(other, scene.host_authority),
        make_question(scene.programme, told, invited_at=days_ago),
    )


def _claim(scene: Scene) -> CityClaim:
    """Somebody would act for the guest's city."""
    asking = make_organisation("Newcomers", active_in=[])
    return CityClaim.objects.create(organisation=asking, city=scene.guest_city, asked_at=AT)


def _roles(scene: Scene) -> dict[str, Any]:
    """A signatory proposed, a change that can be objected to, and one that waits, elsewhere."""
    office, own = scene.programme.coordinator, scene.guest_authority
    elsewhere = scene.partner.memberships.get().organisation
    for organisation in (office, own, elsewhere, scene.host_authority):
        organisation.home_office = office
        organisation.save()
    proposal = SignatoryProposal.objects.create(
        organisation=own, person=scene.colleague, name="Name Secretname", function="Mayor",
        proposed_by=make_contact(own), proposed_at=AT,
    )  # fmt: skip
    about = {"person": scene.colleague, "given": ["member"], "made_by": proposal.proposed_by}
    change = RoleChange.objects.create(organisation=own, made_at=AT, **about)
    objected = RoleChange.objects.create(
        organisation=elsewhere, person=make_user(), made_by=scene.partner, made_at=AT,
        state=RoleChangeState.OBJECTED, objected_at=AT,
    )  # fmt: skip
    started = {"reason": "Silence.", "started_by": scene.office, "started_at": AT}
    recovery = Recovery.objects.create(organisation=scene.host_authority, **started)
    dispute = Dispute.objects.create(
        organisation=own, kind=DisputeKind.RECOVERY, opened_by=scene.office, opened_at=AT
    )
    return {
        "proposal": proposal,
        "change": change,
        "objected": objected,
        "recovery": recovery,
        "dispute": dispute,
        "offer": _offer(office, elsewhere, scene.office),
    }


def _offer(office: Organisation, offered: Organisation, by: User) -> Handover:
    """To the office of the programme that has ended."""
    receiving = Programme.objects.get(short_title="OLD").coordinator
    return Handover.objects.create(
        organisation=offered, from_office=office, to_office=receiving, offered_by=by, offered_at=AT
    )


def _agreements(scene: Scene, persons: dict[str, User]) -> dict[str, Agreement]:
    states = ("draft", "proposed", "approved", "out_for_signature", "active")
    return {f"agreement_{state}": _agreement(scene, persons, state) for state in states}


def _agreement(scene: Scene, persons: dict[str, User], state: str) -> Agreement:
    """Of a visit of its own, between its guest and its host."""
    held = agreement_factories.HeldVisit(
        visit=make_completed_visit(scene),
        programme=scene.programme,
        hosts=[scene.host_authority],
        guests=[scene.guest_authority],
        office=scene.office,
        auditor=persons["auditor"],
        stranger=scene.stranger,
    )
    started = agreement_factories.start_agreement(held)
    return agreement_factories.bring_to(started, AgreementState(state))


def _more_exchanges(programme: Programme) -> None:
    Programme.objects.filter(pk=programme.pk).update(max_exchanges=20)
    more = range(programme.max_exchanges + 1, 21)
    Exchange.objects.bulk_create(Exchange(programme=programme, number=each) for each in more)


def _name_unmistakably() -> None:
    """So that a name on a page can be no other word."""
    for user in User.objects.all():
        user.name = f"Secretname Person {user.pk}."
        user.save(update_fields=["name"])
