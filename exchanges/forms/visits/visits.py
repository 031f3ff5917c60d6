from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exchanges.enums import VisitState
from exchanges.forms.choices import KnownRowsField, named, set_choices
from exchanges.forms.fields import TextBlockField
from exchanges.labels import choices
from exchanges.models import City, Practice, Topic


class VisitFilterForm(forms.Form):
    """Only to show the filter; what it means is `queries.visits.VisitFilter`."""

    text = forms.CharField(label=_("Search"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("State"), required=False)
    city = forms.ChoiceField(label=_("City"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    mine = forms.BooleanField(label=_("Only ours"), required=False)

    def __init__(self, *args: Any, is_signed_in: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        any_one = ("", pgettext_lazy("visits", "Any"))
        set_choices(self, "state", [any_one, *choices(VisitState)])
        set_choices(self, "city", [any_one, *named(City.objects.all())])
        set_choices(self, "topic", [any_one, *named(Topic.objects.all())])
        if not is_signed_in:
            del self.fields["mine"]
            del self.fields["state"]


class ReasonForm(forms.Form):
    reason = TextBlockField(label=_("Why?"), max_length=2000, rows=3)


class ConfirmForm(forms.Form):
    counts = forms.TypedChoiceField(
        label=_("Does it count as one of the programme's exchanges?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
        initial="yes",
        coerce=lambda value: value == "yes",
    )
    counts_reason = TextBlockField(
        label=_("Why not?"),
        help_text=_("Only when it does not count."),
        required=False,
        max_length=2000,
        rows=2,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("counts") is False and not cleaned.get("counts_reason"):
            self.add_error("counts_reason", _("Say why this visit does not count."))
        return cleaned


class CloseForm(forms.Form):
    report = TextBlockField(
        label=_("What do you take home?"),
        help_text=_("Anybody can read it once the visit is closed. Name no persons."),
        rows=10,
    )
    practices_seen = KnownRowsField(
        label=_("Practices seen"),
        queryset=Practice.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, practices: QuerySet[Practice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["practices_seen"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = practices
