"""A form asks once about a name that looks like another; what was typed stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchanges.domain.look_alikes import known_look_alikes, words_of_mixed_scripts
from exchanges.forms.fields import NameField

CHECKED = "checked_names"


class CheckedNames(forms.Form):
    """Adds a box for each doubt about a new name; the form is valid when all boxes are ticked.

    A doubt is a word of mixed scripts, or a known name that looks the same and is not. A name
    that is there already, letter by letter, is a matter of the operation.
    """

    def known_names(self) -> Iterable[str]:
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        doubts = dict(self._doubts(cleaned))
        if doubts:
            field = forms.MultipleChoiceField(
                label=gettext_lazy("Please check"),
                choices=list(doubts.items()),
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
            self.fields[CHECKED] = field
            name = self.add_prefix(CHECKED)
            ticked = field.widget.value_from_datadict(self.data, self.files, name)
            if not doubts.keys() <= set(ticked or ()):
                self.add_error(CHECKED, _("Correct what is wrong, or tick the box if it is right."))
        return cleaned

    def _doubts(self, cleaned: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield the value and the words of a box."""
        names = [name for name, field in self.fields.items() if isinstance(field, NameField)]
        before = {self.initial.get(name) for name in names}
        new = {cleaned[name]: None for name in names if cleaned.get(name)}.keys() - before
        if not new:
            return
        known = [name for name in self.known_names() if name not in before]
        for name in sorted(new):
            for word in words_of_mixed_scripts(name):
                yield f"{name} / {word}", _mixed_words(name, word)
            for other in known_look_alikes(name, known):
                yield f"{name} / {other}", _alike_words(name, other)


def _mixed_words(name: str, word: str) -> str:
    sentence = _("“%(name)s” is right: the word “%(word)s” has letters of several alphabets.")
    return sentence % {"name": name, "word": word}


def _alike_words(name: str, other: str) -> str:
    sentence = _("“%(name)s” is right: it looks like “%(other)s”, and is another name.")
    return sentence % {"name": name, "other": other}
