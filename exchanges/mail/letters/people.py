"""Letters about accounts."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from exchanges.enums import Message
from exchanges.links import PURPOSE_ACCOUNT, make_token
from exchanges.mail.letters.phrases import page
from exchanges.mail.registry import Letter, Obsolete, letter
from exchanges.models import AccountInvitation, OutboxMessage, User
from exchanges.sealing import unseal
from exchanges.words.formats import day, organisation_name


@letter(Message.ACCOUNT_INVITATION)
def account_invitation(message: OutboxMessage, person: User | None, at: datetime) -> Letter:
    invitations = AccountInvitation.objects.select_related("organisation__city", "invited_by")
    asked = invitations.filter(pk=message.about.get("account_invitation")).first()
    if asked is None or asked.accepted_at or asked.revoked_at:
        raise Obsolete("the account invitation is gone, used or revoked")
    organisation = organisation_name(asked.organisation)
    token = make_token(PURPOSE_ACCOUNT, subject=asked.pk, person=0, generation=asked.generation)
    return Letter(
        {
            "person_name": person.name if person else asked.name,
            "organisation": organisation,
            "invited_by": asked.invited_by.name,
            "facts": [
                (_("Organisation"), organisation),
                (_("Role"), str(asked.get_role_display())),
                (_("Open until"), day(asked.expires_at.date())),
            ],
            "link": page("account-join", token),
            "link_label": _("Open your account"),
        }
    )


@letter(Message.ACCOUNT)
def account(message: OutboxMessage, person: User | None, at: datetime) -> Letter:
    """Codes and notices of the login; made when they were asked for, kept sealed until now."""
    if message.secret is None:
        raise Obsolete("the sealed content is erased")
    sealed = unseal(bytes(message.secret))
    return Letter({"title": sealed.subject, "text": sealed.text})
