from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.domain.validity import (
    MOST_NOTICE_MONTHS,
    MOST_YEARS,
    Validity,
    validity_fault,
)
from exchanges.forms.fields import DateField

FAULTS = {
    "years": _("Check the years: an agreement applies in this century."),
    "past": _("This day is past: an agreement must end today or later."),
    "order": _("The agreement must end after it starts."),
    "long": _("An agreement applies for at most %(years)d years."),
}


class ValidityForm(forms.Form):
    valid_from = DateField(label=_("Valid from"))
    valid_until = DateField(label=_("Valid until"))
    notice_months = forms.IntegerField(
        label=_("Notice in months"),
        min_value=0,
        max_value=MOST_NOTICE_MONTHS,
        help_text=_("How long before its end a party says that it leaves."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
        fault = validity_fault(first, last, self.today) if first and last else ""
        if fault:
            self.add_error("valid_until", FAULTS[fault] % {"years": MOST_YEARS})
        return cleaned

    def validity(self) -> Validity:
        names = ("valid_from", "valid_until", "notice_months")
        return Validity(*(self.cleaned_data[name] for name in names))
