"""How much each component of a match counts in a programme."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from exchanges.domain.matching import Weights
from exchanges.forms.fields import RevisionField
from exchanges.models.matching import MOST_WEIGHT
from exchanges.words.matching.components import COMPONENT_WORDS


class WeightsForm(forms.Form):
    """Whole numbers; only their proportions matter."""

    revision = RevisionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, words in COMPONENT_WORDS.items():
            self.fields[kind.value] = forms.IntegerField(
                label=str(words.label),
                help_text=str(words.help),
                min_value=0,
                max_value=MOST_WEIGHT,
            )

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or {}
        weights = [asked.get(name) for name in COMPONENT_WORDS]
        if not any(weights) and None not in weights:
            raise ValidationError(_("At least one of them has to count: give it more than 0."))
        return asked

    def numbers(self) -> dict[str, int]:
        return {name: self.cleaned_data[name] for name in COMPONENT_WORDS}

    def weights(self) -> Weights:
        return Weights(**self.numbers())
