"""What a search for hosts or guests is narrowed to, and what counts in it. Sent by GET."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.validators import BaseValidator
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchanges.domain.matching import COMPONENTS, Weights
from exchanges.enums import Side
from exchanges.forms.choices import (
    Choices,
    countries_named,
    languages_named,
    named,
    set_choices,
)
from exchanges.models import City
from exchanges.words.formats import listed, month, sort_key
from exchanges.words.matching.components import LABELS
from exchanges.words.matching.data import MatchingData
from exchanges.words.matching.filter import MatchFilter

MOST_WEIGHT = 100
FILTERS = ("country", "speaks", "month")
OUT_OF_RANGE = gettext_lazy("Give a whole number from 0 to 100.")


class WeightField(forms.IntegerField):
    """A slider; a number that is refused is shown as it was typed, to be mended."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=MOST_WEIGHT, **kwargs)
        for code in ("invalid", "min_value", "max_value", "required"):
            self.error_messages[code] = OUT_OF_RANGE
        for validator in self.validators:
            if isinstance(validator, BaseValidator):
                validator.message = OUT_OF_RANGE


class WeightSlidersForm(forms.Form):
    """One slider a component, in hundredths. One that nobody moved counts as in the programme."""

    def __init__(self, query: Mapping[str, Any], *, weights: Weights) -> None:
        self.shares = weights.renormalised(COMPONENTS)
        self.usual = {kind: _hundredths(share) for kind, share in self.shares.items()}
        data = QueryDict(mutable=True)
        data.update(query)
        for kind, value in self.usual.items():
            data.setdefault(kind.value, str(value))
        super().__init__(data)
        for kind in COMPONENTS:
            self.fields[kind.value] = WeightField(label=LABELS[kind])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        given = [cleaned.get(kind.value) for kind in COMPONENTS]
        if not any(given) and None not in given:
            self.add_error(None, _("Something has to count: give at least one of them a weight."))
        return cleaned

    @property
    def weights(self) -> Weights | None:
        """Return the weights, None when they cannot be used."""
        if not self.is_valid():
            return None
        chosen = {kind: self.cleaned_data[kind.value] for kind in COMPONENTS}
        if chosen == self.usual:
            return Weights(**{kind.value: share for kind, share in self.shares.items()})
        return Weights(
            **{
                kind.value: self.shares[kind] if value == self.usual[kind] else value * 10
                for kind, value in chosen.items()
            }
        )

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each field with its share of the whole, rounded to percent; where that cannot be said,
        the programme's."""
        weights = self.weights
        numbers = {kind: getattr(weights, kind) for kind in COMPONENTS} if weights else self.usual
        total = sum(numbers.values())
        return [
            {"field": self[kind.value], "share": round(numbers[kind] / total, 2)}
            for kind in COMPONENTS
        ]

    @property
    def moved(self) -> dict[str, str]:
        """Return those that differ from the programme's, for links."""
        if not self.is_valid():
            return {}
        return {
            kind.value: str(self.cleaned_data[kind.value])
            for kind in COMPONENTS
            if self.cleaned_data[kind.value] != self.usual[kind]
        }


class MatchForm(forms.Form):
    """`city`: who looks. What is not understood is left out."""

    city = forms.ChoiceField(label=gettext_lazy("For which city?"), required=False)
    topic = forms.ChoiceField(label=gettext_lazy("Topic"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    speaks = forms.ChoiceField(label=gettext_lazy("Works in"), required=False)
    month = forms.ChoiceField(label=gettext_lazy("Month"), required=False)

    def __init__(
        self, query: Mapping[str, Any], *, matching: MatchingData, own: City, side: Side,
        cities: Sequence[City],
    ) -> None:  # fmt: skip
        data = QueryDict(mutable=True)
        data.update(query)
        data["city"] = own.slug
        super().__init__(data)
        set_choices(self, "city", named(cities))
        several = _several(str(data.get("topic", "")), matching)
        set_choices(self, "topic", [*_topics(matching, own, side), *several])
        others = [facts for slug, facts in matching.facts.items() if slug != own.slug]
        countries = countries_named({facts.country for facts in others})
        set_choices(self, "country", [("", _("All")), *countries])
        spoken = {code for facts in others for code in facts.working_languages}
        set_choices(self, "speaks", [("", _("All")), *languages_named(spoken)])
        set_choices(self, "month", [("", _("All")), *_months(matching)])
        if len(cities) < 2:
            del self.fields["city"]

    @property
    def topics(self) -> tuple[str, ...]:
        """Several are divided by commas."""
        return tuple(slug for slug in self._asked("topic").split(",") if slug)

    @property
    def filter(self) -> MatchFilter:
        return MatchFilter(self._asked("country"), self._asked("speaks"), self._asked("month"))

    @property
    def asked(self) -> dict[str, str]:
        """Return what is asked, for links. Which city comes first can change meanwhile, so where
        there is a choice it is always named."""
        names = ("city", "topic", *FILTERS) if "city" in self.fields else ("topic", *FILTERS)
        return {name: self._asked(name) for name in names if self._asked(name)}

    def _asked(self, name: str) -> str:
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))


def _topics(matching: MatchingData, own: City, side: Side) -> list[tuple[Any, Any]]:
    """First what the guest wants to learn, or what the host can show; then all others."""
    facts = matching.facts.get(own.slug)
    if side == Side.GUEST:
        first, label = set(facts.needs if facts else ()), _("What %(city)s wants to learn")
        everything = _("All that %(city)s wants to learn")
    else:
        known = {slug for slug, level in facts.levels.items() if level} if facts else set()
        first, label = known - (facts.not_shown if facts else set()), _("What %(city)s can show")
        everything = _("All that they want to learn")
    name = {"city": str(own)}
    rows = sorted(matching.names.topics.items(), key=lambda pair: sort_key(pair[1]))
    return [
        ("", everything % name),
        (label % name, [pair for pair in rows if pair[0] in first]),
        (_("Other topics"), [pair for pair in rows if pair[0] not in first]),
    ]


def _several(asked: str, matching: MatchingData) -> Choices:
    """The topics of a proposal are a choice of their own."""
    names = matching.names.topics
    slugs = list(dict.fromkeys(asked.split(",")))
    is_known = len(slugs) > 1 and all(slug in names for slug in slugs)
    return [(asked, listed(names[slug] for slug in slugs))] if is_known else []


def _months(matching: MatchingData) -> Choices:
    firsts = sorted({window.start.replace(day=1) for window in matching.windows})
    return [(f"{first:%Y-%m}", month(date(first.year, first.month, 1))) for first in firsts]


def _hundredths(share: int) -> int:
    """Of 1000 points; what counts a little is not nothing."""
    return max((share + 5) // 10, 1) if share else 0
