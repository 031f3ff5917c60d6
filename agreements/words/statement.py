from __future__ import annotations

from django.utils.translation import gettext as _

from agreements.models import Party, Version
from exchanges.words.formats import organisation_name


def statement_of_intent(party: Party, version: Version) -> str:
    """Return what a signatory confirms; it is saved with the signature, word for word."""
    words = _(
        "I sign version %(version)d of agreement %(reference)s for %(organisation)s. I have read "
        "it, I intend to be bound by it, and I am authorised to sign for this organisation."
    )
    return words % {
        "version": version.number,
        "reference": party.agreement.reference,
        "organisation": organisation_name(party.organisation),
    }
