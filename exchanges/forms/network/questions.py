"""A yes, or a no with a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchanges.forms.fields import TextBlockField


class QuestionForm(forms.Form):
    """Two buttons send it; only a no needs a reason."""

    answer = forms.ChoiceField(choices=[("yes", _("Yes")), ("no", _("No"))], label=_("Answer"))
    reason = TextBlockField(
        label=_("If you decline: why?"), max_length=1000, rows=3, required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("answer") == "no" and not cleaned.get("reason"):
            self.add_error("reason", _("Enter why you decline. Those who asked will read it."))
        return cleaned

    @property
    def says_yes(self) -> bool:
        return bool(self.cleaned_data["answer"] == "yes")
