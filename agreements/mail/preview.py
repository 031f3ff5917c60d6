"""A mail as it would be, for the page that asks before it goes out."""

from __future__ import annotations

from datetime import datetime

from agreements.enums import AgreementMove, AgreementState
from agreements.mail.letters import agreement_words
from agreements.models import Agreement
from exchanges.enums import Message
from exchanges.mail.preview import MailPreview, preview_for
from exchanges.mail.rendering import render_texts
from exchanges.models import User

KINDS = {
    AgreementMove.PROPOSE: (Message.AGREEMENT_PROPOSED, AgreementState.PROPOSED),
    AgreementMove.SEND_OUT: (Message.AGREEMENT_TO_SIGN, AgreementState.OUT_FOR_SIGNATURE),
}


def preview_mail(
    verb: AgreementMove, agreement: Agreement, person: User, at: datetime
) -> MailPreview | None:
    """For moves without a reason of the person's own; else None.

    The agreement is shown as it will be then; it is not saved.
    """
    if verb not in KINDS:
        return None
    kind, state = KINDS[verb]
    coming = Agreement.objects.select_related("visit", "programme", "drafter__city").get(
        pk=agreement.pk
    )
    coming.state = state
    return preview_for(person, lambda: render_texts(kind, agreement_words(coming, person, at)))
