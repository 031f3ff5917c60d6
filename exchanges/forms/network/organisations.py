"""An organisation, as its contacts describe it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from exchanges.forms.choices import WebAddressField
from exchanges.forms.fields import LineField, RevisionField, TextBlockField


class OrganisationForm(forms.Form):
    name = LineField(label=_("Name in English"), max_length=200)
    native_name = LineField(label=_("Name in its own language"), max_length=200, required=False)
    acronym = LineField(label=_("Acronym"), max_length=30, required=False)
    native_acronym = LineField(
        label=_("Acronym in its own language"), max_length=30, required=False
    )
    website = WebAddressField(label=_("Website"), required=False)
    about = TextBlockField(
        label=_("About"),
        required=False,
        max_length=4000,
        help_text=_("Two or three sentences for the directory, which everybody can read."),
    )
    revision = RevisionField()
