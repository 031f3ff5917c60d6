"""What anyone may know of an agreement who holds its reference and hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from agreements.enums import AgreementState
from agreements.labels import label
from agreements.models import Version


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
    parties: tuple[str, ...]

    @property
    def state_name(self) -> str:
        return label(self.state)


def verify_version(reference: str, hash16: str) -> Verified | None:
    """Return the latest version with this hash; None when there is none."""
    versions = Version.objects.filter(agreement__reference=reference, sha256__startswith=hash16)
    version = versions.select_related("agreement").order_by("-number").first()
    if version is None:
        return None
    agreement, terms = version.agreement, version.read_terms()
    is_current = version.number == agreement.current_number
    return Verified(
        reference=agreement.reference,
        title=terms.title,
        version=version.number,
        hash16=version.hash16,
        sha256=version.sha256,
        is_current=is_current,
        state=AgreementState(agreement.state),
        valid_from=terms.valid_from,
        valid_until=agreement.valid_until if is_current else terms.valid_until,
        parties=tuple(party.name for party in terms.parties),
    )
