"""Offering an organisation to another home office, and recovery."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from exchanges.forms.fields import TextBlockField
from exchanges.forms.people import AddressField
from exchanges.models import Organisation


class HandoverForm(forms.Form):
    def __init__(self, *args: Any, offices: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"] = forms.ModelChoiceField(
            offices, label=_("New home office"), empty_label=_("Choose an office")
        )


class RecoveryForm(forms.Form):
    reason = TextBlockField(
        label=_("Why do you think that nobody answers any more?"),
        max_length=2000,
        rows=4,
        help_text=_("The organisation and all who work with it will read it."),
    )


class RecoveryContactForm(forms.Form):
    email = AddressField(label=_("E-mail of the new contact person"), max_length=254)
