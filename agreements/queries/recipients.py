"""To whom mail goes when a move is made, for the page that asks before it."""

from __future__ import annotations

from agreements.enums import AgreementMove, AgreementState
from agreements.models import Agreement
from agreements.queries.parties import all_concerned, party_contacts, signatories_of
from exchanges.models import User
from exchanges.words.formats import sort_key


def recipients_of_move(verb: AgreementMove, agreement: Agreement, by: User) -> list[User]:
    """Return the people to whom the operation of this move sends a mail."""
    if verb == AgreementMove.PROPOSE:
        return list(party_contacts(agreement).order_by("name"))
    if verb == AgreementMove.SEND_OUT:
        found = signatories_of(agreement) | party_contacts(agreement)
        return list(found.order_by("name"))
    if verb == AgreementMove.WITHDRAW and agreement.state == AgreementState.DRAFT:
        return []
    others = (person for person in all_concerned(agreement) if person != by)
    return sorted(others, key=sort_key)
