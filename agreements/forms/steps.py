"""Approving, signing, and moves that ask for a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.models import Party
from exchanges.forms.choices import set_choices
from exchanges.forms.fields import TextBlockField

HASH_LENGTH = 64


class ForPartyForm(forms.Form):
    """For which of the parties that the person may act for; hidden when there is one."""

    party = forms.TypedChoiceField(label=_("You act for"), coerce=int)

    def __init__(
        self, *args: Any, parties: Sequence[Party], names: Mapping[int, str], **kwargs: Any
    ) -> None:
        self.parties = {party.pk: party for party in parties}
        super().__init__(*args, **kwargs)
        set_choices(self, "party", ((each.pk, names[each.pk]) for each in parties))
        field = self.fields["party"]
        field.initial = parties[0].pk if parties else None
        if len(parties) == 1:
            field.widget = forms.HiddenInput()

    def chosen_party(self) -> Party:
        return self.parties[self.cleaned_data["party"]]


class ApproveForm(ForPartyForm):
    sha256 = forms.CharField(
        widget=forms.HiddenInput, min_length=HASH_LENGTH, max_length=HASH_LENGTH
    )


class SignForm(ApproveForm):
    """Name and function are not typed: they were confirmed before."""

    code = forms.CharField(
        label=_("Code from the mail"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code"}),
    )
    intent = forms.BooleanField(
        error_messages={"required": _("Confirm the statement: without it nothing is signed.")}
    )

    def __init__(self, *args: Any, statement: str, needs_code: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_code:
            del self.fields["code"]
        self.fields["intent"].label = statement


class MoveReasonForm(forms.Form):
    reason = TextBlockField(
        label=_("Reason"), max_length=2000, rows=4, help_text=_("Those concerned will read it.")
    )


class PartyReasonForm(MoveReasonForm, ForPartyForm):
    field_order = ["party", "reason"]
