"""Drafting an agreement from a visit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.domain.drafting import first_terms
from agreements.domain.terms import canonical
from agreements.domain.validity import USUAL_NOTICE_MONTHS, usual_end
from agreements.forms.printed import refuse_missing_glyphs
from agreements.forms.validity import ValidityForm
from agreements.queries.first_terms import draft_facts
from exchanges.enums import Side
from exchanges.forms.choices import set_choices
from exchanges.models import Invitation, Organisation
from exchanges.words.formats import organisation_name


class StartAgreementForm(ValidityForm):
    """Which organisations of the visit become parties; the drafter's own always is one."""

    drafter = forms.TypedChoiceField(label=_("You draft for"), coerce=int)
    hosts = forms.TypedMultipleChoiceField(
        label=_("Hosts"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    guests = forms.TypedMultipleChoiceField(
        label=_("Guests"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    field_order = ["drafter", "hosts", "guests"]

    def __init__(
        self,
        *args: Any,
        invitations: Sequence[Invitation],
        own: Sequence[Organisation],
        today: date,
        **kwargs: Any,
    ) -> None:
        self.invitations = {each.organisation_id: each for each in invitations}
        initial = {
            "valid_from": today,
            "valid_until": usual_end(today),
            "notice_months": USUAL_NOTICE_MONTHS,
            "hosts": [each.organisation_id for each in invitations if each.side == Side.HOST],
            "guests": [each.organisation_id for each in invitations if each.side == Side.GUEST],
            "drafter": own[0].pk if own else None,
        }
        kwargs["initial"] = initial
        super().__init__(*args, today=today, **kwargs)
        self._offer("hosts", [each for each in invitations if each.side == Side.HOST])
        self._offer("guests", [each for each in invitations if each.side == Side.GUEST])
        set_choices(self, "drafter", ((each.pk, organisation_name(each)) for each in own))
        if len(own) == 1:
            self.fields["drafter"].widget = forms.HiddenInput()

    def _offer(self, name: str, invitations: Sequence[Invitation]) -> None:
        names = [
            (each.organisation_id, organisation_name(each.organisation)) for each in invitations
        ]
        set_choices(self, name, names)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        drafter, chosen = cleaned.get("drafter"), self._chosen(cleaned)
        if drafter and chosen and drafter not in chosen:
            self.add_error(None, _("Your own organisation is a party of what it drafts."))
        for pk in chosen:
            self._refuse_unprintable(self.invitations[pk].organisation)
        if chosen and not self.errors:
            self._refuse_unprintable_terms([self.invitations[pk] for pk in chosen])
        return cleaned

    def _chosen(self, cleaned: dict[str, Any]) -> list[int]:
        return [*cleaned.get("hosts", []), *cleaned.get("guests", [])]

    def _refuse_unprintable(self, organisation: Organisation) -> None:
        try:
            refuse_missing_glyphs(organisation.name + organisation.native_name)
        except ValidationError as error:
            self.add_error(None, [f"{organisation.name}: {words}" for words in error.messages])

    def _refuse_unprintable_terms(self, parties: list[Invitation]) -> None:
        """The template also names cities, topics and the coordinator."""
        facts = draft_facts(parties[0].visit, parties, reference="", validity=self.validity())
        try:
            refuse_missing_glyphs(canonical(first_terms(facts)).decode())
        except ValidationError as error:
            self.add_error(None, error)

    def chosen_invitations(self) -> list[Invitation]:
        return [self.invitations[pk] for pk in self._chosen(self.cleaned_data)]
