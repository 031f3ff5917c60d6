"""How a mail will read before it is queued, for pages that ask "send it?"."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from exchanges.enums import Message
from exchanges.mail.letters.proposals import invitation_words
from exchanges.mail.rendering import Rendered, language_for, render_texts
from exchanges.models import Invitation, User


def preview_invitation(invitation: Invitation, person: User) -> Rendered:
    """The mail that this contact would get; neither the invitation nor the person must be saved."""
    with translation.override(language_for(person)):
        words = invitation_words(invitation, person)
        note = _("Here stands the personal link for answering. It is made when the mail is sent.")
        return render_texts(Message.INVITATION, {**words, "link": "", "note": note})
