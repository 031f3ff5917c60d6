"""Persons named by their role; nobody real."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from exchanges.domain.proof import Proof
from exchanges.enums import MembershipRole, SignInMethod
from exchanges.models import Organisation, Programme, User
from exchanges.operations.people import signatories as signatories_of
from exchanges.operations.people.appointing import appoint_contact
from exchanges.operations.people.people import Origin, add_role
from exchanges.operations.programmes import programmes

CONTACT, MEMBER = MembershipRole.CONTACT, MembershipRole.MEMBER
FUNCTION = "Signatory"
MEMBER_IN = "city-of-pordenone"
LANGUAGES = {code for code, _ in settings.LANGUAGES}


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays whom: the contact and the signatory by the slug of their organisation."""

    contacts: dict[str, User]
    signatories: dict[str, User]
    office: User


def add_people(programme: Programme, *, at: datetime) -> Cast:
    """The operator appoints two persons of the office; the first brings in everybody else."""
    coordinator = programme.coordinator
    office = _appoint(coordinator, "contact", "programme office", at=at)
    second = _appoint(coordinator, "contact-2", "programme office, second contact", at=at)
    contacts: dict[str, User] = {}
    signatories: dict[str, User] = {}
    for organisation in programme.organisations.exclude(pk=coordinator.pk).select_related("city"):
        contact = _add(organisation, CONTACT, "contact", by=office, root=office, at=at)
        contacts[organisation.slug] = contact
        signatory = _add(organisation, MEMBER, "signatory", by=contact, root=office, at=at)
        signatories[organisation.slug] = signatory
        _propose_and_confirm(organisation, signatory, contact, second, at=at)
        if organisation.slug == MEMBER_IN:
            _add(organisation, MEMBER, "member", by=contact, root=office, at=at)
    _add_auditor(programme, office, at=at)
    return Cast(contacts, signatories, office)


def _appoint(coordinator: Organisation, mailbox: str, words: str, *, at: datetime) -> User:
    email, name = f"{mailbox}@{coordinator.slug}.example", f"{coordinator.name}, {words}"
    person = appoint_contact(organisation=coordinator, email=email, name=name, language="en", at=at)
    person.is_sample = True
    person.save(update_fields=["is_sample"])
    return person


def _add(
    organisation: Organisation,
    role: MembershipRole,
    mailbox: str,
    *,
    by: User,
    root: User,
    at: datetime,
) -> User:
    spoken = [code for code in organisation.city.languages if code in LANGUAGES]
    person = _person(
        f"{mailbox}@{organisation.slug}.example",
        f"{organisation.name}, {mailbox}",
        next(iter(spoken), "en"),
    )
    origin = Origin(at, given_by=by, invited_by=by, root=root.pk)
    with transaction.atomic():
        add_role(person, organisation, role, origin=origin)
    return person


def _propose_and_confirm(
    organisation: Organisation, person: User, proposer: User, confirmer: User, *, at: datetime
) -> None:
    proposal = signatories_of.propose(
        organisation=organisation,
        person=person,
        name=person.name,
        function=FUNCTION,
        by=proposer,
        at=at,
    )
    proof = Proof(confirmer.pk, confirmer.email, SignInMethod.APP, at)
    signatories_of.confirm(proposal=proposal, proof=proof, by=confirmer, at=at)


def _add_auditor(programme: Programme, office: User, *, at: datetime) -> None:
    person = _person("auditor@fund.example", "Auditor of the fund", "en")
    for each in Programme.objects.filter(coordinator=programme.coordinator):
        programmes.give_audit(programme=each, email=person.email, by=office, at=at)


def _person(email: str, name: str, language: str) -> User:
    person = User.objects.create_user(email, name=name, language=language, is_sample=True)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person
