from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchanges.forms.fields import LanguagesField, LineField, NameField, RevisionField
from exchanges.models import Delegate
from exchanges.operations.editing import checksum_of
from exchanges.operations.visits.delegates import delegate_values


class DelegateForm(forms.Form):
    name = NameField(label=_("Name"), max_length=150)
    function = LineField(
        label=_("Function"),
        help_text=_("For instance head of social services."),
        max_length=150,
        required=False,
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("The agenda goes there. Only those who take part and the office see it."),
        max_length=254,
    )
    languages = LanguagesField(label=_("Languages"), required=False)
    revision = RevisionField()


def delegate_initial(delegate: Delegate) -> dict[str, Any]:
    values = delegate_values(delegate)
    return values | {"revision": checksum_of(values)}
