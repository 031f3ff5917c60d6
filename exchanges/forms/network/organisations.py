"""An organisation: what it is, and what its contacts say of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchanges.enums import OrganisationKind
from exchanges.forms.choices import WebAddressField, rows_field
from exchanges.forms.fields import NameField, RevisionField, TextBlockField
from exchanges.forms.look_alikes import CheckedNames
from exchanges.labels import choices
from exchanges.models import City, Organisation
from exchanges.operations.network.organisations import IDENTITY
from exchanges.queries.network.names import names_of_organisations


class IdentityForm(CheckedNames, forms.Form):
    """Names, kind, seat and cities."""

    name = NameField(label=_("Name in English"), max_length=200)
    native_name = NameField(label=_("Name in its own language"), max_length=200, required=False)
    acronym = NameField(label=_("Acronym"), max_length=30, required=False)
    native_acronym = NameField(
        label=_("Acronym in its own language"), max_length=30, required=False
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=choices(OrganisationKind))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cities, organisations = City.objects.all(), Organisation.objects.all()
        self.fields["city"] = forms.ModelChoiceField(cities, label=_("Seat"))
        self.fields["active_in"] = rows_field(
            cities,
            label=_("Active in"),
            required=False,
            help_text=_(
                "Besides the seat: cities whose visits it joins. Where others act already, "
                "one of them has to agree."
            ),
        )
        self.fields["affiliated_to"] = forms.ModelChoiceField(
            organisations, label=_("Affiliated to"), required=False
        )
        first = [*IDENTITY[:-1], "active_in", IDENTITY[-1]]
        self.order_fields(first)

    def known_names(self) -> list[str]:
        return names_of_organisations()

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in IDENTITY}


class OrganisationForm(IdentityForm):
    """With what its contacts say of it in the directory."""

    website = WebAddressField(label=_("Website"), required=False)
    about = TextBlockField(
        label=_("About"),
        required=False,
        max_length=4000,
        help_text=_("Two or three sentences for the directory, which everybody can read."),
    )
    revision = RevisionField()

    def values(self) -> dict[str, Any]:
        said = {name: self.cleaned_data[name] for name in ("website", "about")}
        return super().values() | said


def organisation_initial(organisation: Organisation) -> dict[str, Any]:
    names = (*IDENTITY, "website", "about", "revision")
    values = {name: getattr(organisation, name) for name in names}
    values["city"] = organisation.city_id
    values["affiliated_to"] = organisation.affiliated_to_id
    values["active_in"] = sorted(organisation.active_in.values_list("pk", flat=True))
    return values
