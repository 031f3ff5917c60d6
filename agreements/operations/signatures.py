"""Signing by click."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256 as hash_of
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.enums import AgreementMove, ArtifactKind, SigningMethod
from agreements.models import Agreement, Artifact, Party, Signature, Version
from agreements.operations.approvals import require_current
from agreements.operations.moves import lock, move, require_ahead, require_move
from agreements.permissions import can_make_move, can_make_move_for
from agreements.queries.parties import all_concerned, party_contacts, signatories_of
from exchanges.domain.proof import Proof
from exchanges.enums import Message
from exchanges.models import SignatoryProposal, User
from exchanges.operations.mail.outbox import tell
from exchanges.operations.people.proofs import require_proof
from exchanges.operations.people.role_changes import RolesAreFrozen
from exchanges.operations.refusals import Refusal
from exchanges.permissions import require
from exchanges.queries.people.role_changes import is_objected_to
from exchanges.queries.people.signatories import proposal_under_which_signs
from exchanges.queries.row_hash import row_hash

Renderer = Callable[[Version], bytes]
"""Makes the PDF of a version with the signatures that it has; exports lie above operations."""


class NotConfirmed(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Your name and function as signatory must be confirmed first."))


@transaction.atomic
def send_out(*, agreement: Agreement, by: User, at: datetime) -> Agreement:
    """Ask the signatories of all parties to sign."""
    agreement = lock(agreement)
    require(can_make_move(by, agreement, AgreementMove.SEND_OUT))
    require_move(agreement, AgreementMove.SEND_OUT, at=at)
    require_ahead(agreement, at)
    recipients = signatories_of(agreement) | party_contacts(agreement)
    tell(recipients, Message.AGREEMENT_TO_SIGN, at=at, agreement=agreement.pk)
    move(agreement, AgreementMove.SEND_OUT, by=by, at=at)
    return agreement


@transaction.atomic
def sign(
    *,
    party: Party,
    sha256: str,
    statement: str,
    render: Renderer,
    proof: Proof | None,
    by: User,
    at: datetime,
) -> Signature:
    """Record a party's signature under the terms with this hash and the words that it read.

    With the last one the agreement is in force and its PDF is kept; twice gives one signature.
    Raises TermsChanged, DiffersFromRecord, NotConfirmed, ProofMissing without a fresh proof, and
    RolesAreFrozen while somebody objects to this person's role.
    """
    agreement = lock(party.agreement)
    require(can_make_move_for(by, party, AgreementMove.SIGN))
    version = require_current(agreement, sha256)
    earlier = version.signatures.filter(party=party).first()
    if earlier is not None:
        return earlier
    require_move(agreement, AgreementMove.SIGN, at=at)
    require_ahead(agreement, at)
    proof = require_proof(proof, by=by, at=at)
    confirmed = _confirmed(party, by)
    signature = Signature.objects.create(
        version=version,
        party=party,
        user=by,
        name=confirmed.name,
        function=confirmed.function,
        statement=statement,
        method=SigningMethod.CLICK,
        sha256=version.sha256,
        signed_at=at,
        **_columns(proof),
    )
    _go_on(agreement, signature, confirmed, render=render, by=by, at=at)
    return signature


def _columns(proof: Proof) -> dict[str, Any]:
    return {"email": proof.email, "proof": proof.method, "proven_at": proof.at}


def _confirmed(party: Party, by: User) -> SignatoryProposal:
    proposal = proposal_under_which_signs(by, party.organisation_id)
    if proposal is None:
        raise NotConfirmed
    if is_objected_to(by, party.organisation_id):
        raise RolesAreFrozen
    return proposal


def _go_on(
    agreement: Agreement,
    signature: Signature,
    confirmed: SignatoryProposal,
    *,
    render: Renderer,
    by: User,
    at: datetime,
) -> None:
    """Record the signature; with the last one keep the PDF, tell everybody, and be in force."""
    version = signature.version
    artifact = None
    if version.signatures.count() == agreement.parties.count():
        artifact = _keep_signed_pdf(version, render(version), at=at)
        tell(all_concerned(agreement), Message.AGREEMENT_ACTIVE, at=at, agreement=agreement.pk)
    about: dict[str, Any] = {
        "organisation": signature.party.organisation_id,
        "sha256": version.sha256,
        "row": row_hash(signature),
        "proof": str(signature.proof),
        "proposal": confirmed.pk,
    }
    move(agreement, AgreementMove.SIGN, by=by, at=at, method=str(signature.method), **about)
    if artifact is not None:
        move(agreement, AgreementMove.ALL_SIGNED, by=None, at=at, pdf_sha256=artifact.sha256)


def _keep_signed_pdf(version: Version, content: bytes, *, at: datetime) -> Artifact:
    return Artifact.objects.create(
        sha256=hash_of(content).hexdigest(),
        kind=ArtifactKind.SIGNED_PDF,
        content=content,
        version=version,
        created_at=at,
    )
