from __future__ import annotations

from django.utils.translation import gettext as _

from agreements.models import Party, Version
from agreements.words.parties import names_of


def statement_of_intent(party: Party, version: Version) -> str:
    """Return what a signatory confirms; it is saved with the signature, word for word.

    The party has the name that the terms of this version give it.
    """
    words = _(
        "I sign version %(version)d of agreement %(reference)s for %(organisation)s. I have read "
        "it, I intend to be bound by it, and I am authorised to sign for this organisation."
    )
    agreement = party.agreement
    parties = agreement.parties.select_related("organisation__city", "city")
    return words % {
        "version": version.number,
        "reference": agreement.reference,
        "organisation": names_of(version.read_terms(), list(parties))[party.pk],
    }
