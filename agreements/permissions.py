"""Who may do what with an agreement: `can_<verb>_<noun>(user, noun) -> bool`."""

from __future__ import annotations

from agreements.models import Agreement, Party
from exchanges.models import Organisation, StudyVisit
from exchanges.permissions import (
    Person,
    is_contact,
    is_contact_of_side,
    is_office,
    is_signatory,
    takes_part,
)


def can_start_agreement(user: Person, visit: StudyVisit) -> bool:
    """A contact of any organisation that took part."""
    return is_contact_of_side(user, visit)


def can_start_agreement_for(user: Person, visit: StudyVisit, drafter: Organisation) -> bool:
    return takes_part(visit, drafter) and is_contact(user, drafter)


def can_edit_terms(user: Person, agreement: Agreement) -> bool:
    return is_contact(user, agreement.drafter)


def can_propose_agreement(user: Person, agreement: Agreement) -> bool:
    return is_contact(user, agreement.drafter)


def can_withdraw_agreement(user: Person, agreement: Agreement) -> bool:
    return is_contact(user, agreement.drafter)


def can_approve_for(user: Person, party: Party) -> bool:
    return is_contact(user, party.organisation)


def can_decline_for(user: Person, party: Party) -> bool:
    return is_contact(user, party.organisation)


def can_terminate_for(user: Person, party: Party) -> bool:
    return is_contact(user, party.organisation)


def can_sign_for(user: Person, party: Party) -> bool:
    return is_signatory(user, party.organisation)


def can_send_out_agreement(user: Person, agreement: Agreement) -> bool:
    return is_contact(user, agreement.drafter) or is_office(user, agreement.programme)


def can_void_agreement(user: Person, agreement: Agreement) -> bool:
    return is_office(user, agreement.programme)
