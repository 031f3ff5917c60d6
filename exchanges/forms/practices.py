from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exchanges.forms.choices import (
    WebAddressField,
    any_of,
    countries_named,
    languages_named,
    named,
    rows_field,
)
from exchanges.forms.fields import LANGUAGE_CODES, LineField, RevisionField, TextBlockField
from exchanges.forms.partners import set_choices
from exchanges.models import Organisation, Practice, Topic
from exchanges.queries.practices import PracticeFilter, countries_with_practices
from exchanges.queries.search import languages_of_cities


class PracticeFilterForm(forms.Form):
    text = LineField(
        label=_("Search"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    language = forms.ChoiceField(label=_("Works in"), required=False)
    sort = forms.ChoiceField(
        label=_("Sort by"),
        required=False,
        choices=[
            ("title", pgettext_lazy("sort by", "Title")),
            ("seen", pgettext_lazy("sort by", "Seen first")),
        ],
    )
    seen = forms.BooleanField(label=_("Seen on a visit"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "country", any_of(countries_named(countries_with_practices())))
        set_choices(self, "topic", any_of(named(Topic.objects.all())))
        set_choices(self, "language", any_of(languages_named(languages_of_cities())))

    def wanted(self) -> PracticeFilter:
        """What is not understood is left out, and said at its field."""
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        return PracticeFilter(**asked)


class PracticeForm(forms.Form):
    title = LineField(label=_("Title"), max_length=200)
    description = TextBlockField(
        label=_("Description"),
        required=False,
        max_length=8000,
        rows=8,
        help_text=_("What you do, since when, for whom, and what a visitor can see."),
    )
    language = forms.ChoiceField(label=_("Written in"))
    link = WebAddressField(label=_("Link"), required=False)
    revision = RevisionField()

    def __init__(self, *args: Any, owners: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "language", list(languages_named(LANGUAGE_CODES)))
        self.fields["topics"] = rows_field(Topic.objects.all(), label=_("Topics"))
        self.fields["organisations"] = rows_field(owners, label=_("Offered by"), required=False)


def practice_initial(practice: Practice) -> dict[str, Any]:
    names = ("title", "description", "language", "link", "revision")
    return {name: getattr(practice, name) for name in names} | {
        "topics": list(practice.topics.values_list("pk", flat=True)),
        "organisations": list(practice.organisations.values_list("pk", flat=True)),
    }
