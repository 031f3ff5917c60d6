"""What an operation asks for that binds others: that the person has just proven who it is."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from exchanges.domain.proof import Proof
from exchanges.models import User
from exchanges.operations.refusals import Refusal


class ProofMissing(Refusal):
    def __init__(self) -> None:
        super().__init__(
            _("Confirm that it is you, then send this again. A confirmation counts for 5 minutes.")
        )


def require_proof(proof: Proof | None, *, by: User, at: datetime) -> Proof:
    """Return the proof when it is fresh and this person's. Raises ProofMissing."""
    if proof is None or not proof.holds(by.pk, at=at):
        raise ProofMissing
    return proof


class SecondFactorMissing(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Prove first with your second factor that it is you."))


def require_second_factor(proof: Proof | None, *, by: User, at: datetime) -> Proof:
    """Return the proof when it is fresh, this person's, and more than a password or a code.

    Raises SecondFactorMissing.
    """
    if proof is None or not proof.is_second_factor or not proof.holds(by.pk, at=at):
        raise SecondFactorMissing
    return proof
