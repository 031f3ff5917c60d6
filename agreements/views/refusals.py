"""The refusals of exchanges/views/refusals.py, and that of an agreement that has moved on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.utils.translation import gettext as _

from agreements.domain.agreement_states import MoveNotPossible
from agreements.labels import label
from exchanges.exports.pdf.typeface import MissingGlyph
from exchanges.views import refusals


@contextmanager
def refusal_on_form(form: forms.Form) -> Iterator[None]:
    """Put a refusal on the form, which keeps what was typed."""
    with refusals.refusal_on_form(form):
        try:
            yield
        except MoveNotPossible as refusal:
            form.add_error(None, moved_on(refusal))


@contextmanager
def missing_glyph_on_form(form: forms.Form) -> Iterator[None]:
    """Put on the form that a name cannot be printed; it may be older than the check of names."""
    try:
        yield
    except MissingGlyph as missing:
        form.add_error(None, str(missing))


def moved_on(refusal: MoveNotPossible) -> str:
    """Return the sentence for a step that came too late."""
    if refusal.state is None:
        return str(refusal)
    words = _("This is not possible any more: the agreement is now “%(state)s”.")
    return words % {"state": label(refusal.state)}
