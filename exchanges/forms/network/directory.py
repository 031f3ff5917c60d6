"""Narrowing a directory: what the lists of partners and practices can both be asked for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchanges.forms.choices import any_of, countries_named, languages_named, named, set_choices
from exchanges.forms.fields import LineField
from exchanges.models import Topic
from exchanges.queries.network.search import languages_of_cities


class DirectoryForm(forms.Form):
    text = LineField(
        label=_("Search"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    language = forms.ChoiceField(label=_("Works in"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "country", any_of(countries_named(self.countries())))
        set_choices(self, "topic", any_of(named(Topic.objects.all())))
        set_choices(self, "language", any_of(languages_named(languages_of_cities())))

    def countries(self) -> list[str]:
        raise NotImplementedError

    def asked(self) -> dict[str, Any]:
        """What is not understood is left out, and said at its field."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
