"""How a view tries an operation and shows why it was refused.

An operation does all of its work, or raises a refusal whose text is written for the person. A
view tries it inside one of two `with` blocks. Lines that follow the operation in its block run
only when it went through.

A page with a form, or with a button that asks "are you sure?" (a `Form` without fields):

    if form.is_valid():
        with refusal_on_form(form):
            partners.add(..., by=person, at=clock.now())
            messages.success(request, _("The partner is added."))
            return redirect(...)
    return render(...)  # once more, with what was typed and with the refusal

A button that leads back to the page that it came from:

    with refusal_as_message(request):
        partners.remove(..., by=person, at=clock.now())
        messages.success(request, _("The partner is removed."))
    return redirect(...)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from exchanges.domain.visit_states import MoveNotPossible
from exchanges.enums import VisitState
from exchanges.forms.choices import shown
from exchanges.labels import label
from exchanges.operations.editing import EditedMeanwhile
from exchanges.operations.refusals import Refusal


@contextmanager
def refusal_on_form(
    form: forms.Form, *, saved_values: Callable[[], dict[str, Any]] | None = None
) -> Iterator[None]:
    """Put a refusal on the form, which keeps what was typed.

    `saved_values` reads the form's initial values again, for a form that two people can have open
    at once. When somebody else saved first, `form.saved_meanwhile` holds (label, words) for each
    field in which the two differ, and the form can be sent again. When nothing differs, as after
    a double click, the form has no error: ask `if not form.errors` after the block.
    """
    try:
        yield
    except EditedMeanwhile as refusal:
        differences = _differences(form, saved_values()) if saved_values else []
        if differences or not saved_values:
            form.saved_meanwhile = differences  # type: ignore[attr-defined]
            _show_revision(form, refusal.current)
            form.add_error(None, str(refusal))
    except (Refusal, MoveNotPossible) as refusal:
        form.add_error(None, refusal_words(refusal))


@contextmanager
def refusal_as_message(request: HttpRequest) -> Iterator[None]:
    """Show a refusal as a message on the next page."""
    try:
        yield
    except (Refusal, MoveNotPossible) as refusal:
        messages.error(request, refusal_words(refusal))


def sent_data(request: HttpRequest) -> QueryDict | None:
    """Return what binds a form: only a POST does."""
    return request.POST if request.method == "POST" else None


def refusal_words(refusal: Exception) -> str:
    """Return the sentence that says why an operation was refused."""
    if isinstance(refusal, MoveNotPossible) and isinstance(refusal.state, VisitState):
        return moved_on(refusal.state)
    return str(refusal)


def moved_on(state: VisitState) -> str:
    """Return the sentence for a step that came too late because the visit has another state."""
    sentence = _("This step is not possible any more: the visit is now “%(state)s”.")
    return sentence % {"state": label(state)}


def _differences(form: forms.Form, saved: dict[str, Any]) -> list[tuple[Any, str]]:
    pairs = []
    for name, field in form.fields.items():
        if name == "revision" or field.disabled:
            continue
        other, typed = shown(field, saved.get(name)), shown(field, form.cleaned_data.get(name))
        if other != typed:
            pairs.append((field.label, other))
    return pairs


def _show_revision(form: forms.Form, revision: int) -> None:
    """Let the form be sent again on top of what is saved now."""
    assert isinstance(form.data, QueryDict)
    data = form.data.copy()
    data[form.add_prefix("revision")] = str(revision)
    form.data = data
