"""Narrowing the partner directory."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exchanges.enums import OrganisationKind
from exchanges.forms.choices import any_of
from exchanges.forms.network.directory import DirectoryForm
from exchanges.labels import choices
from exchanges.queries.network.partners import PartnerFilter, countries_of_partners


class PartnerFilterForm(DirectoryForm):
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=any_of(choices(OrganisationKind))
    )
    sort = forms.ChoiceField(
        label=_("Sort by"),
        required=False,
        choices=[
            ("place", pgettext_lazy("sort by", "Place")),
            ("name", pgettext_lazy("sort by", "Name")),
            ("practices", pgettext_lazy("sort by", "Most practices")),
        ],
    )
    field_order = ("text", "country", "kind", "topic", "language", "sort")

    def countries(self) -> list[str]:
        return countries_of_partners()

    def wanted(self) -> PartnerFilter:
        return PartnerFilter(**self.asked())
