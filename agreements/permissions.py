"""Who may do what with an agreement: `can_<verb>_<noun>(user, noun) -> bool`."""

from __future__ import annotations

from agreements.domain.agreement_states import movers_of
from agreements.enums import AgreementMove, AgreementMover
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
    """Allow a contact of any organisation that took part."""
    return is_contact_of_side(user, visit)


def can_start_agreement_for(user: Person, visit: StudyVisit, drafter: Organisation) -> bool:
    return takes_part(visit, drafter) and is_contact(user, drafter)


def can_make_move(user: Person, agreement: Agreement, verb: AgreementMove) -> bool:
    """As the table of moves says, for moves that no single party makes."""
    return any(_is_mover(user, agreement, mover) for mover in movers_of(verb))


def can_make_move_for(user: Person, party: Party, verb: AgreementMove) -> bool:
    """As the table of moves says, for moves that a party makes by its contact or signatory."""
    return any(_is_mover_for(user, party, mover) for mover in movers_of(verb))


def _is_mover(user: Person, agreement: Agreement, mover: AgreementMover) -> bool:
    match mover:
        case AgreementMover.DRAFTER:
            return is_contact(user, agreement.drafter)
        case AgreementMover.SENDER:
            return is_contact(user, agreement.drafter) or is_office(user, agreement.programme)
        case AgreementMover.OFFICE:
            return is_office(user, agreement.programme)
        case AgreementMover.PARTY | AgreementMover.SIGNATORY | AgreementMover.PLATFORM:
            return False


def _is_mover_for(user: Person, party: Party, mover: AgreementMover) -> bool:
    match mover:
        case AgreementMover.PARTY:
            return is_contact(user, party.organisation)
        case AgreementMover.SIGNATORY:
            return is_signatory(user, party.organisation)
        case _:
            return False
