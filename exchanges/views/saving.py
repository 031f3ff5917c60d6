"""A form whose operation can refuse: nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

from exchanges.forms.choices import shown
from exchanges.operations.editing import EditedMeanwhile
from exchanges.views.refusals import REFUSALS, words

Initial = Callable[[], dict[str, Any]]


def saved(form: forms.Form, operation: Callable[[], object], *, now: Initial | None = None) -> bool:
    """Whether the form holds and its operation went through; a refusal is put on the form.

    When somebody else saved meanwhile, `form.saved_meanwhile` holds (label, words) for every
    field that differs, read by `now`, and the form can be sent again. When nothing differs, as
    after a double click, all is well.
    """
    if not form.is_valid():
        return False
    try:
        operation()
    except EditedMeanwhile as refusal:
        others = _what_others_saved(form, now()) if now else []
        if now and not others:
            return True
        form.saved_meanwhile = others  # type: ignore[attr-defined]
        _reopen(form, refusal.current)
        form.add_error(None, str(refusal))
        return False
    except REFUSALS as refusal:
        form.add_error(None, words(refusal))
        return False
    return True


def sent_data(request: HttpRequest) -> QueryDict | None:
    """What binds a form: only a POST does."""
    return request.POST if request.method == "POST" else None


def _what_others_saved(form: forms.Form, current: dict[str, Any]) -> list[tuple[Any, str]]:
    pairs = []
    for name, field in form.fields.items():
        if name == "revision" or field.disabled:
            continue
        other, typed = shown(field, current.get(name)), shown(field, form.cleaned_data.get(name))
        if other != typed:
            pairs.append((field.label, other))
    return pairs


def _reopen(form: forms.Form, revision: int) -> None:
    assert isinstance(form.data, QueryDict)
    data = form.data.copy()
    data[form.add_prefix("revision")] = str(revision)
    form.data = data
