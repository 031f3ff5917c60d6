"""What the office asks of a plan."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from exchanges.domain.text import fold
from exchanges.enums import Fairness, PairRule
from exchanges.forms.choices import named, set_choices
from exchanges.forms.fields import LineField, RevisionField, TextBlockField
from exchanges.labels import choices
from exchanges.models import City
from exchanges.plans.domain import Pair
from exchanges.plans.operations.asking import MOST_CITIES, TooManyCities
from exchanges.plans.operations.pairs import LONGEST_REASON
from exchanges.plans.queries.requests import PlanOptions

MOST_EXCHANGES = 200
LEAST_SECONDS, MOST_SECONDS = 5, 300
LONGEST_NOTE = 2000
MOST_BOXES = 150
"""For more cities the page has one text instead of a box for each: it is one field."""


class CitiesField(forms.MultipleChoiceField):
    """Cities of the programme: a box for each, or one text with a city a line.

    In the text a city is written as the page writes it, or by slug; slugs may also stand side by
    side. So a thousand cities are one field.
    """

    def to_python(self, value: Any) -> list[str]:
        slugs = {fold(line): slug for slug, line in self.lines().items()}
        found: list[str] = []
        for line in "\n".join(super().to_python(value)).splitlines():
            known = slugs.get(fold(line))
            found += [known] if known else re.split(r"[\s,;]+", line.strip())
        return [slug for slug in found if slug]

    def lines(self) -> dict[str, str]:
        """Return how each city is written in a line of its own: the slug where names are alike."""
        named: dict[str, str] = dict(self.choices)  # type: ignore[arg-type]
        times = Counter(map(fold, named.values()))
        return {slug: name if times[fold(name)] == 1 else slug for slug, name in named.items()}

    def validate(self, value: Sequence[str]) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(value) > MOST_CITIES:
            raise ValidationError(str(TooManyCities(len(value))), code="many")
        known = {slug for slug, _name in self.choices}  # type: ignore[misc, union-attr]
        if not known.issuperset(value):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")


class PlanForm(forms.Form):
    cities = CitiesField(
        label=_("Cities"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose the cities that the plan is for, at least two."),
            "invalid_choice": _("Choose among the cities of this programme only."),
        },
    )
    exchanges = forms.IntegerField(
        label=_("Exchanges"),
        min_value=1,
        max_value=MOST_EXCHANGES,
        help_text=_("How many visits the plan may hold at most."),
    )
    fairness = forms.ChoiceField(
        label=_("What matters more"), choices=choices(Fairness), widget=forms.RadioSelect
    )
    country_share = forms.IntegerField(
        label=_("Most visits in one country (%)"),
        min_value=1,
        max_value=100,
        help_text=_("Of all visits of the plan, but always at least one."),
    )
    time_limit = forms.IntegerField(
        label=_("Longest search (seconds)"),
        min_value=LEAST_SECONDS,
        max_value=MOST_SECONDS,
        help_text=_("A programme of twenty partners takes less than a second."),
    )

    def __init__(self, *args: Any, cities: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "cities", cities)

    def chosen(self) -> list[str]:
        """Return the slugs of the cities as they were sent, or as the form begins."""
        return self._cities().to_python(self["cities"].value() or [])

    def chosen_lines(self) -> str:
        lines = self._cities().lines()
        return "\n".join(lines.get(slug, slug) for slug in self.chosen())

    def _cities(self) -> CitiesField:
        field = self.fields["cities"]
        assert isinstance(field, CitiesField)
        return field

    def clean_cities(self) -> list[str]:
        chosen = list(dict.fromkeys(self.cleaned_data["cities"]))
        if len(chosen) < 2:
            raise ValidationError(
                _("One city cannot visit itself: choose at least one more."), code="one"
            )
        return chosen

    def options(self) -> PlanOptions:
        asked = self.cleaned_data
        return PlanOptions(
            cities=tuple(asked["cities"]),
            exchanges=asked["exchanges"],
            fairness=Fairness(asked["fairness"]),
            country_share=asked["country_share"],
            time_limit=asked["time_limit"],
        )


def plan_initial(options: PlanOptions) -> dict[str, Any]:
    return {
        "cities": list(options.cities),
        "exchanges": options.exchanges,
        "fairness": options.fairness.value,
        "country_share": options.country_share,
        "time_limit": options.time_limit,
    }


class NoteForm(forms.Form):
    note = TextBlockField(
        label=_("Note"),
        max_length=LONGEST_NOTE,
        rows=3,
        required=False,
        help_text=_("For the office and the auditors. It is all that can be changed of a plan."),
    )
    revision = RevisionField()


class PairForm(forms.Form):
    """A guest and a host of the plan's cities."""

    guest = forms.ChoiceField(label=_("Who travels"))
    host = forms.ChoiceField(label=_("Where to"))

    def __init__(self, *args: Any, cities: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("guest", "host"):
            set_choices(self, name, [("", _("Choose a city")), *cities])

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or self.cleaned_data
        if asked.get("guest") and asked.get("guest") == asked.get("host"):
            self.add_error("host", _("A city does not visit itself: choose another one."))
        return asked

    def pair(self) -> Pair:
        return self.cleaned_data["guest"], self.cleaned_data["host"]


class FixPairForm(forms.Form):
    reason = LineField(
        label=_("Why is this pair fixed?"),
        max_length=300,
        help_text=_("It stands beside the pair, with your name, for whoever plans next."),
    )


def rows_asked(query: QueryDict, count: int) -> list[int]:
    """The rows of a plan that an address or a form names, each once; others are left out."""
    known = {str(row): row for row in range(count)}
    return sorted({known[text] for text in query.getlist("row") if text in known})


class PairRuleForm(forms.Form):
    """A guest, a host, what holds for them in every plan, and why."""

    rule = forms.ChoiceField(
        label=_("What holds for them"),
        choices=[
            (PairRule.FIXED, _("Fixed: every plan sends this guest to this host, if it can")),
            (PairRule.FORBIDDEN, _("Forbidden: no plan sends this guest to this host")),
        ],
        widget=forms.RadioSelect,
    )
    reason = LineField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        help_text=_("It is shown with your name to the office and to auditors."),
    )

    def __init__(self, *args: Any, cities: Iterable[City], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cities = {city.slug: city for city in cities}
        choices = [("", _("Choose a city")), *named(self.cities.values())]
        said = {"guest": _("Guest"), "host": _("Host")}
        sides = {
            name: forms.ChoiceField(label=label, choices=choices) for name, label in said.items()
        }
        self.fields = sides | self.fields

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or {}
        if asked.get("guest") and asked.get("guest") == asked.get("host"):
            self.add_error("host", _("A city does not visit itself: choose two cities."))
        return asked

    def values(self) -> dict[str, Any]:
        """As `plan_pairs.set_pair` takes them."""
        asked = self.cleaned_data
        return {
            "guest": self.cities[asked["guest"]],
            "host": self.cities[asked["host"]],
            "rule": PairRule(asked["rule"]),
            "reason": asked["reason"],
        }
