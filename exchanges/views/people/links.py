"""Links in mails about roles: they name what they are about and who may act by them."""

from __future__ import annotations

from django.http import Http404

from exchanges.links import proves, read_token
from exchanges.models import User


def holder_of(purpose: str, text: str) -> tuple[int, User]:
    """Return the id that the link is about, and its person. Raises Http404."""
    token = read_token(text)
    if token is None or not proves(token, purpose, generation=0):
        raise Http404
    person = User.objects.filter(pk=token.person, is_active=True).first()
    if person is None:
        raise Http404
    return token.subject, person
