"""A version as the document that its PDF is made from."""

from __future__ import annotations

from django.conf import settings

from agreements.exports.pdf import AgreementDocument, SignatureLine, agreement_pdf
from agreements.models import Signature, Version

ACKNOWLEDGEMENT = "Co-funded by the European Union: {fund}."


def document_of(version: Version) -> AgreementDocument:
    signatures = tuple(version.signatures.select_related("party"))
    terms = version.read_terms()
    return AgreementDocument(
        terms=terms,
        sha256=version.sha256,
        version=version.number,
        verify_url=verify_url(version),
        signatures=tuple(map(_line, signatures)),
        acknowledgement=ACKNOWLEDGEMENT.format(fund=version.agreement.programme.fund or "AMIF"),
    )


def version_pdf(version: Version) -> bytes:
    """Raises MissingGlyph when the typeface lacks a character."""
    return agreement_pdf(document_of(version))


def verify_url(version: Version) -> str:
    """Return the address that the QR codes carry; with it anyone can see the state."""
    return f"{settings.BASE_URL}/v/{version.agreement.reference}/{version.hash16}"


def _line(signature: Signature) -> SignatureLine:
    return SignatureLine(
        party=signature.party.position - 1,
        person_name=signature.name,
        function=signature.function,
        statement=signature.statement,
        signed_at=signature.signed_at,
        method="click" if signature.method == "click" else "paper",
    )
