"""What a city says about another one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchanges.enums import WishKind
from exchanges.forms.choices import named, set_choices
from exchanges.forms.fields import LineField, RevisionField
from exchanges.models import City


class WishForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What does your city say?"),
        choices=[
            (WishKind.PREFERENCE.value, _("We would like to be matched with this city")),
            (WishKind.VETO.value, _("We would rather not be matched with this city")),
        ],
        widget=forms.RadioSelect,
    )
    reason = LineField(
        label=_("Why?"),
        max_length=300,
        help_text=_(
            "Read by the contacts of your own city and the programme office only. "
            "Please name no person."
        ),
        error_messages={"required": _("Give a reason: the programme office weighs it.")},
    )
    revision = RevisionField()


class NewWishForm(WishForm):
    """Those about which something was said already are not offered, but they are understood: the
    operation knows a double click from a second wish."""

    other = forms.ChoiceField(
        label=_("City"), error_messages={"required": _("Choose the city that you mean.")}
    )
    field_order = ("other", "kind", "reason", "revision")

    def __init__(
        self, *args: Any, cities: Iterable[City], said: Collection[City], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.cities = {city.slug: city for city in cities}
        self.offered = [city for city in self.cities.values() if city not in said]
        known = self.cities.values() if self.is_bound else self.offered
        set_choices(self, "other", [("", _("Choose a city")), *named(known)])

    @property
    def chosen(self) -> City:
        return self.cities[self.cleaned_data["other"]]
