"""From the proposal to the approval of all parties."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.enums import AgreementMove
from agreements.models import Agreement, Approval, Party, Version
from agreements.operations.moves import lock, move, require_ahead, require_move
from agreements.permissions import can_make_move, can_make_move_for
from agreements.queries.parties import current_version, party_contacts
from agreements.queries.proof import finding_of
from exchanges.enums import Message
from exchanges.models import User
from exchanges.operations.mail.outbox import tell
from exchanges.operations.refusals import Refusal
from exchanges.permissions import require
from exchanges.queries.people.contacts import contacts_of, office_of


class TermsChanged(Refusal):
    """The hash that the person saw is not that of the current version."""

    def __init__(self, number: int) -> None:
        super().__init__(
            _(
                "The terms were changed while you were reading: the current version is %(number)d. "
                "Nothing was approved or signed. Read it below, then decide again."
            )
            % {"number": number}
        )
        self.number = number


class DiffersFromRecord(Refusal):
    """Somebody changed the agreement in the database, so nobody approves or signs it."""

    def __init__(self) -> None:
        super().__init__(
            _("This agreement does not match the record. Nothing was approved or signed.")
        )


@transaction.atomic
def propose(*, agreement: Agreement, by: User, at: datetime) -> Agreement:
    """Show the draft to all parties, the office and auditors, and ask the parties to approve."""
    agreement = lock(agreement)
    require(can_make_move(by, agreement, AgreementMove.PROPOSE))
    require_move(agreement, AgreementMove.PROPOSE, at=at)
    require_ahead(agreement, at)
    agreement.proposed_at = at
    about: dict[str, Any] = {"agreement": agreement.pk, "version": agreement.current_number}
    tell(party_contacts(agreement), Message.AGREEMENT_PROPOSED, at=at, **about)
    move(agreement, AgreementMove.PROPOSE, by=by, at=at)
    return agreement


@transaction.atomic
def approve(*, party: Party, sha256: str, by: User, at: datetime) -> Approval:
    """Record that a party approves the terms with this hash; the last approval approves them.

    Approving twice gives one approval. Raises TermsChanged and DiffersFromRecord.
    """
    agreement = lock(party.agreement)
    require(can_make_move_for(by, party, AgreementMove.APPROVE))
    version = require_current(agreement, sha256)
    earlier = version.approvals.filter(party=party).first()
    if earlier is not None:
        return earlier
    require_move(agreement, AgreementMove.APPROVE, at=at)
    approval = Approval.objects.create(
        version=version, party=party, user=by, sha256=version.sha256, at=at
    )
    about: dict[str, Any] = {"organisation": party.organisation_id, "sha256": version.sha256}
    everybody = version.approvals.count() == agreement.parties.count()
    if everybody:
        recipients = contacts_of([agreement.drafter_id]) | office_of(agreement.programme)
        tell(recipients, Message.AGREEMENT_APPROVED, at=at, agreement=agreement.pk)
    move(agreement, AgreementMove.APPROVE, by=by, at=at, **about)
    if everybody:
        move(agreement, AgreementMove.ALL_APPROVED, by=None, at=at, sha256=version.sha256)
    return approval


def require_current(agreement: Agreement, sha256: str) -> Version:
    """Return the current version of a locked agreement.

    Raises TermsChanged for another hash, DiffersFromRecord when the record says something else.
    """
    if finding_of(agreement).faults:
        raise DiffersFromRecord
    version = current_version(agreement)
    if version.sha256 != sha256:
        raise TermsChanged(version.number)
    return version
