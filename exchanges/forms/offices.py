"""For which programme office something is added that all programmes share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchanges.models import Organisation


class ForOfficeForm(forms.Form):
    """`office` is asked of who works for several coordinators; the first is chosen at first."""

    def __init__(self, *args: Any, offices: Sequence[Organisation] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offices = offices
        if len(offices) > 1:
            self.fields["office"] = forms.ModelChoiceField(
                Organisation.objects.filter(pk__in=[each.pk for each in offices]),
                label=_("Coordinator"),
                empty_label=None,
                initial=offices[0],
            )

    @property
    def office(self) -> Organisation | None:
        chosen: Organisation | None = self.cleaned_data.get("office")
        return chosen or next(iter(self._offices), None)
