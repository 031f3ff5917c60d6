"""How much each component of a match counts in a programme."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from exchanges.domain.matching import ComponentKind, Weights
from exchanges.forms.fields import RevisionField
from exchanges.models.matching import MOST_WEIGHT

WEIGHTS: Mapping[str, tuple[Any, Any]] = {
    ComponentKind.LEARNING: (
        _("Learning"),
        _("What the guest wants to learn and the host can show: best two or three levels ahead."),
    ),
    ComponentKind.LANGUAGE: (
        _("Shared language"),
        _("A language in which both can hold a meeting; with interpreters it is worth less."),
    ),
    ComponentKind.DATES: (_("Common dates"), _("Weeks in which both are free; three are plenty.")),
    ComponentKind.TRAVEL: (_("Short journey"), _("The nearer the better, up to 3000 km.")),
    ComponentKind.NOVELTY: (
        _("New partner"),
        _("The guest was not there before; a return visit counts as new."),
    ),
    ComponentKind.MIX: (
        _("Union and city together"),
        _("A local authority and a UnionMigrantNet member on both sides."),
    ),
    ComponentKind.RECIPROCITY: (
        _("Learning in return"),
        _("What the host would learn from its guest."),
    ),
}


class WeightsForm(forms.Form):
    """Whole numbers; only their proportions matter."""

    revision = RevisionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, help_text) in WEIGHTS.items():
            self.fields[name] = forms.IntegerField(
                label=label, help_text=help_text, min_value=0, max_value=MOST_WEIGHT
            )

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or {}
        weights = [asked.get(name) for name in WEIGHTS]
        if not any(weights) and None not in weights:
            raise ValidationError(_("At least one of them has to count: give it more than 0."))
        return asked

    def numbers(self) -> dict[str, int]:
        return {name: self.cleaned_data[name] for name in WEIGHTS}

    def weights(self) -> Weights:
        return Weights(**self.numbers())
