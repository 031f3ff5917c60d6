"""How a mail will read before it is queued, for pages that ask "send it?"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from exchanges.enums import Message
from exchanges.mail.letters.proposals import invitation_words
from exchanges.mail.rendering import Rendered, language_for, render_texts
from exchanges.models import Invitation, User


@dataclass(frozen=True, slots=True)
class MailPreview:
    """`own` is the same mail in the language of who is asked; None when both have one language."""

    person: User
    language: str
    theirs: Rendered
    own: Rendered | None


def preview_for(person: User, write: Callable[[], Rendered]) -> MailPreview:
    """Write a mail as this person would get it, and as its sender can read it."""
    language, readers = language_for(person), translation.get_language()
    with translation.override(language):
        theirs = write()
    return MailPreview(person, language, theirs, None if language == readers else write())


def preview_invitation(invitation: Invitation, person: User) -> MailPreview:
    """The mail that this contact would get; neither the invitation nor the person must be saved."""

    def write() -> Rendered:
        note = _("Here stands the personal link for answering. It is made when the mail is sent.")
        words = {**invitation_words(invitation, person), "link": "", "note": note}
        return render_texts(Message.INVITATION, words)

    return preview_for(person, write)
