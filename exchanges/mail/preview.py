"""How a mail will read before it is queued, for pages that ask "send it?"."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from exchanges.enums import Message
from exchanges.mail.letters.invitations import invitation_words
from exchanges.mail.letters.words import visit_words
from exchanges.mail.rendering import Rendered, language_for, render_texts
from exchanges.models import Invitation, StudyVisit, User


def preview_invitation(invitation: Invitation, person: User) -> Rendered:
    """The mail that this contact would get; neither the invitation nor the person must be saved."""
    with translation.override(language_for(person)):
        words = invitation_words(invitation, person)
        note = _("Here stands the personal link for answering. It is made when the mail is sent.")
        return render_texts(Message.INVITATION, {**words, "link": "", "note": note})


def preview_visit(kind: Message, visit: StudyVisit, person: User, *, reason: str = "") -> Rendered:
    """One of the VISIT_ mails as it would be after the move, with the reason given for it."""
    with translation.override(language_for(person)):
        return render_texts(kind, {**visit_words(visit, person), "said": reason})
