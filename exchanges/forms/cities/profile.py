"""Parts of a city's profile, as its contacts describe them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchanges.forms.fields import LanguagesField, RevisionField
from exchanges.models import Topic

MOST_VISITS = 50
MOST_PLACES = 200
TOPIC = "topic_"
NOT_SAID = ("", _("Not said"))
LEVELS = {
    0: _("0: nothing yet"),
    1: _("1: first steps"),
    2: _("2: some experience"),
    3: _("3: well established"),
    4: _("4: ahead of most"),
    5: _("5: can teach others"),
}
WEIGHTS = {
    1: _("1: would be useful"),
    2: _("2: important"),
    3: _("3: most important"),
}


class LanguagesForm(forms.Form):
    working_languages = LanguagesField(
        label=_("Working languages"),
        help_text=_("Languages in which your people can hold a meeting."),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-two"}),
    )
    has_interpretation = forms.BooleanField(
        label=_("The city can offer interpretation to guests"), required=False
    )
    revision = RevisionField()


class CapacitiesForm(forms.Form):
    hosting_capacity = forms.IntegerField(
        label=_("Visits it can host a year"), min_value=0, max_value=MOST_VISITS
    )
    places_for_guests = forms.IntegerField(
        label=_("Places for guests on one visit"), min_value=0, max_value=MOST_PLACES
    )
    guest_capacity = forms.IntegerField(
        label=_("Visits it can make a year"), min_value=0, max_value=MOST_VISITS
    )
    delegation_size = forms.IntegerField(
        label=_("People in its usual delegation"), min_value=0, max_value=MOST_PLACES
    )
    revision = RevisionField()


class NeedsForm(forms.Form):
    """How much the city wants to learn on each topic, or nothing."""

    revision = RevisionField()

    def __init__(self, *args: Any, topics: Iterable[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topics = {topic.slug: topic for topic in topics}
        choices = [NOT_SAID, *WEIGHTS.items()]
        for slug, topic in self.topics.items():
            self.fields[f"{TOPIC}{slug}"] = forms.TypedChoiceField(
                label=str(topic), choices=choices, required=False, coerce=int, empty_value=None
            )

    def numbers(self) -> dict[Topic, int | None]:
        return {topic: self.cleaned_data[f"{TOPIC}{slug}"] for slug, topic in self.topics.items()}
