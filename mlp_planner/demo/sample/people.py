"""Persons named by their role; nobody real."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings

from exchanges.enums import MembershipRole
from exchanges.models import Membership, Organisation, Programme, User
from exchanges.operations.programmes import programmes

CONTACT, SIGNATORY, MEMBER = (
    MembershipRole.CONTACT,
    MembershipRole.SIGNATORY,
    MembershipRole.MEMBER,
)
MEMBER_IN = "city-of-pordenone"
LANGUAGES = {code for code, _ in settings.LANGUAGES}


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays whom: the contact and the signatory by the slug of their organisation."""

    contacts: dict[str, User]
    signatories: dict[str, User]
    office: User


def add_people(programme: Programme, *, at: datetime) -> Cast:
    coordinator = programme.coordinator
    contacts: dict[str, User] = {}
    signatories: dict[str, User] = {}
    for organisation in programme.organisations.exclude(pk=coordinator.pk).select_related("city"):
        contacts[organisation.slug] = _add(organisation, CONTACT, "contact")
        signatories[organisation.slug] = _add(organisation, SIGNATORY, "signatory")
        if organisation.slug == MEMBER_IN:
            _add(organisation, MEMBER, "member")
    office = _add(coordinator, CONTACT, "contact", "programme office", language="en")
    _add(coordinator, CONTACT, "contact-2", "programme office, second contact", language="en")
    _add_auditor(programme, office, at=at)
    return Cast(contacts, signatories, office)


def _add(
    organisation: Organisation,
    role: MembershipRole,
    mailbox: str,
    words: str = "",
    language: str = "",
) -> User:
    spoken = [code for code in organisation.city.languages if code in LANGUAGES]
    person = _person(
        f"{mailbox}@{organisation.slug}.example",
        f"{organisation.name}, {words or mailbox}",
        language or next(iter(spoken), "en"),
    )
    Membership.objects.create(user=person, organisation=organisation, role=role)
    return person


def _add_auditor(programme: Programme, office: User, *, at: datetime) -> None:
    person = _person("auditor@fund.example", "Auditor of the fund", "en")
    for each in Programme.objects.filter(coordinator=programme.coordinator):
        programmes.give_audit(programme=each, email=person.email, by=office, at=at)


def _person(email: str, name: str, language: str) -> User:
    person = User.objects.create_user(email, name=name, language=language, is_sample=True)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person
