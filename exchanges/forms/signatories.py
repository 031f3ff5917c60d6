"""Proposing who signs, and giving reasons about roles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchanges.forms.choices import set_choices
from exchanges.forms.fields import LineField, TextBlockField
from exchanges.models import SignatoryProposal, User


class ProposeSignatoryForm(forms.Form):
    person = forms.TypedChoiceField(label=_("Person"), coerce=int)
    name = LineField(
        label=_("Name, as agreements print it"),
        max_length=150,
        help_text=_("Leave it empty to take the name of the account."),
        required=False,
    )
    function = LineField(
        label=_("Function, as agreements print it"),
        max_length=150,
        help_text=_("For instance Mayor, or President."),
    )

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        self.people = {person.pk: person for person in people}
        super().__init__(*args, **kwargs)
        set_choices(self, "person", ((person.pk, person.name) for person in people))

    def chosen(self) -> User:
        return self.people[self.cleaned_data["person"]]

    def printed_name(self) -> str:
        return self.cleaned_data["name"] or self.chosen().name


class ConfirmSignatoriesForm(forms.Form):
    """Which of the proposals are confirmed; the page shows each with its facts."""

    proposals = forms.TypedMultipleChoiceField(
        label=_("Signatories"),
        coerce=int,
        error_messages={"required": _("Choose at least one person.")},
    )

    def __init__(self, *args: Any, proposals: Sequence[SignatoryProposal], **kwargs: Any) -> None:
        self.by_id = {proposal.pk: proposal for proposal in proposals}
        super().__init__(*args, **kwargs)
        set_choices(self, "proposals", ((each.pk, each.name) for each in proposals))

    def chosen(self) -> list[SignatoryProposal]:
        return [self.by_id[pk] for pk in self.cleaned_data["proposals"]]


class RoleReasonForm(forms.Form):
    reason = TextBlockField(
        label=_("Reason"), max_length=2000, rows=4, help_text=_("Those concerned will read it.")
    )


class DecisionForm(RoleReasonForm):
    """`yes` is what the asker wants."""

    answer = forms.ChoiceField(label=_("Your decision"), widget=forms.RadioSelect)
    field_order = ["answer", "reason"]

    def __init__(self, *args: Any, yes: str, no: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "answer", [("yes", yes), ("no", no)])

    @property
    def is_yes(self) -> bool:
        return bool(self.cleaned_data["answer"] == "yes")
