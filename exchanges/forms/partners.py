"""Narrowing the partner directory."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exchanges.enums import OrganisationKind
from exchanges.forms.choices import any_of, countries_named, languages_named, named
from exchanges.forms.fields import LineField
from exchanges.models import Topic
from exchanges.queries.partners import PartnerFilter, countries_of_partners
from exchanges.queries.search import languages_of_cities


class PartnerFilterForm(forms.Form):
    text = LineField(
        label=_("Search"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=any_of(OrganisationKind.choices)
    )
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    language = forms.ChoiceField(label=_("Works in"), required=False)
    sort = forms.ChoiceField(
        label=_("Sort by"),
        required=False,
        choices=[
            ("place", pgettext_lazy("sort by", "Place")),
            ("name", pgettext_lazy("sort by", "Name")),
            ("practices", pgettext_lazy("sort by", "Most practices")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "country", any_of(countries_named(countries_of_partners())))
        set_choices(self, "topic", any_of(named(Topic.objects.all())))
        set_choices(self, "language", any_of(languages_named(languages_of_cities())))

    def wanted(self) -> PartnerFilter:
        """What is not understood is left out, and said at its field."""
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        return PartnerFilter(**asked)


def set_choices(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
