from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.enums import AgreementState
from agreements.labels import choices
from exchanges.forms.choices import any_of, set_choices
from exchanges.models import City


class RegisterForm(forms.Form):
    """Shows what the address asks for; the address itself is read by RegisterFilter."""

    text = forms.CharField(
        label=_("Search"),
        required=False,
        widget=forms.TextInput({"type": "search", "placeholder": _("Reference, party, city")}),
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=any_of(choices(AgreementState))
    )
    city = forms.ChoiceField(label=_("City"), required=False)
    until = forms.ChoiceField(
        label=_("Runs out"),
        required=False,
        choices=[
            ("", _("Any time")),
            ("90", _("Within 90 days")),
            ("180", _("Within 180 days")),
            ("365", _("Within a year")),
        ],
    )

    def __init__(self, *args: Any, cities: Sequence[City], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "city", any_of((city.slug, str(city)) for city in cities))
