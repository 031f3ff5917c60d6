"""Heads of the record that an auditor kept."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchanges.domain.record_heads import HeadLine, UnreadableLine, read_lines
from exchanges.forms.fields import TextBlockField

LONGEST = 200_000
"""Characters: the heads of six years."""


class HeadsForm(forms.Form):
    heads = TextBlockField(
        label=gettext_lazy("Lines that you kept"),
        help_text=gettext_lazy("One line a day: the day, the number of events, the hash."),
        max_length=LONGEST,
    )

    def clean_heads(self) -> list[HeadLine | UnreadableLine]:
        lines = list(read_lines(self.cleaned_data["heads"].split("\n")))
        if not any(isinstance(line, HeadLine) for line in lines):
            raise forms.ValidationError(
                _("Paste at least one line such as “%(example)s”.")
                % {"example": f"2026-12-01 1204 {'0123456789abcdef' * 4}"}
            )
        return lines
