from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exchanges.forms.choices import WebAddressField, languages_named, rows_field, set_choices
from exchanges.forms.fields import LANGUAGE_CODES, NameField, RevisionField, TextBlockField
from exchanges.forms.network.directory import DirectoryForm
from exchanges.models import Organisation, Practice, Topic
from exchanges.queries.network.practices import PracticeFilter, countries_with_practices


class PracticeFilterForm(DirectoryForm):
    sort = forms.ChoiceField(
        label=_("Sort by"),
        required=False,
        choices=[
            ("title", pgettext_lazy("sort by", "Title")),
            ("seen", pgettext_lazy("sort by", "Seen first")),
        ],
    )
    seen = forms.BooleanField(label=_("Seen on a visit"), required=False)
    field_order = ("text", "topic", "country", "language", "sort", "seen")

    def countries(self) -> list[str]:
        return countries_with_practices()

    def wanted(self) -> PracticeFilter:
        return PracticeFilter(**self.asked())


class PracticeForm(forms.Form):
    title = NameField(label=_("Title"), max_length=200)
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
        set_choices(self, "language", languages_named(LANGUAGE_CODES))
        self.fields["topics"] = rows_field(Topic.objects.all(), label=_("Topics"))
        self.fields["organisations"] = rows_field(owners, label=_("Offered by"), required=False)


def practice_initial(practice: Practice) -> dict[str, Any]:
    names = ("title", "description", "language", "link", "revision")
    return {name: getattr(practice, name) for name in names} | {
        "topics": list(practice.topics.values_list("pk", flat=True)),
        "organisations": list(practice.organisations.values_list("pk", flat=True)),
    }
