"""What anyone may know of an agreement who holds its reference and hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from agreements.domain.terms import told_apart
from agreements.enums import AgreementState
from agreements.labels import label
from agreements.models import Agreement, Version
from agreements.queries.artifacts import SignedPdf, marks_of_signed_pdf
from agreements.queries.proof import finding_of
from exchanges.domain.record import Fault
from exchanges.models import Event


@dataclass(frozen=True)
class Verified:
    """State, validity and the parties' names; no person."""

    reference: str
    title: str
    version: int
    hash16: str
    sha256: str
    is_current: bool
    state: AgreementState
    valid_from: date
    valid_until: date
    time_zone: str
    parties: tuple[str, ...]
    pdf: SignedPdf | None

    @property
    def state_name(self) -> str:
        return label(self.state)


class NotAsRecorded(Exception):
    """The agreement of this hash is not what the record says, so nothing of it is claimed."""

    def __init__(self, agreement: Agreement, faults: tuple[Fault, ...]) -> None:
        super().__init__(agreement.reference)
        self.agreement = agreement
        self.faults = faults


def verify_version(reference: str, hash16: str, at: datetime) -> Verified | None:
    """Return the latest version with this hash; None when there is none. Raises NotAsRecorded.

    Capital letters do not matter: people type what they read on paper.
    """
    rows = Agreement.objects.select_related("programme")
    exact, alike = rows.filter(reference=reference), rows.filter(reference__iexact=reference)
    agreement = exact.first() or alike.first()
    if agreement is None:
        return None
    versions = agreement.versions.filter(sha256__startswith=hash16)
    version = versions.order_by("-number").first()
    if version is not None or _is_in_record(agreement, hash16):
        faults = finding_of(agreement).faults
        if faults:
            raise NotAsRecorded(agreement, faults)
    return _verified(agreement, version, at) if version else None


def _is_in_record(agreement: Agreement, hash16: str) -> bool:
    """The hash of a version whose row was deleted, or bears another hash now."""
    events = Event.objects.filter(subject_type="agreement", subject_id=agreement.pk)
    return events.filter(data__sha256__startswith=hash16).exists()


def _verified(agreement: Agreement, version: Version, at: datetime) -> Verified:
    terms = version.read_terms()
    is_current = version.number == agreement.current_number
    return Verified(
        reference=agreement.reference,
        title=terms.title,
        version=version.number,
        hash16=version.hash16,
        sha256=version.sha256,
        is_current=is_current,
        state=agreement.state_at(at),
        valid_from=terms.valid_from,
        valid_until=agreement.valid_until if is_current else terms.valid_until,
        time_zone=agreement.programme.time_zone,
        parties=tuple(told_apart(terms.parties)),
        pdf=marks_of_signed_pdf(version),
    )
