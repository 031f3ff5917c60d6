"""Putting a question to the operator, and adding what one knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchanges.forms.choices import set_choices
from exchanges.forms.fields import TextBlockField
from exchanges.labels import label
from exchanges.queries.network.disputes import Ground


class StatementForm(forms.Form):
    text = TextBlockField(
        label=_("What should the operator know?"),
        max_length=4000,
        rows=6,
        help_text=_("All concerned read it too."),
    )


class DisputeForm(StatementForm):
    ground = forms.ChoiceField(label=_("What is it about?"), widget=forms.RadioSelect)
    field_order = ["ground", "text"]

    def __init__(self, *args: Any, grounds: Sequence[Ground], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grounds = {each.key: each for each in grounds}
        set_choices(self, "ground", [(each.key, _words(each)) for each in grounds])
        if len(grounds) == 1:
            self.initial.setdefault("ground", grounds[0].key)

    def chosen(self) -> Ground:
        return self.grounds[self.cleaned_data["ground"]]


def _words(ground: Ground) -> str:
    words = str(label(ground.kind))
    return f"{words}: {ground.city}" if ground.city else words
