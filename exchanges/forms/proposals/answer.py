"""The answer to an invitation. The page builds it anew from the options that there are now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchanges.enums import Answer
from exchanges.forms.fields import RevisionField, TextBlockField
from exchanges.forms.proposals.date_rows import DateRowsForm
from exchanges.labels import choices
from exchanges.models import DateOption, Invitation
from exchanges.queries.proposals.proposals import options_ahead
from exchanges.words.formats import day_range

OFFERED_ROWS = 3
LONGEST_WORD = 2000


class AnswerForm(DateRowsForm):
    """One answer a date option that is ahead, days of one's own, a word."""

    revision = RevisionField()
    word = TextBlockField(
        label=gettext_lazy("A word to those who ask"),
        max_length=LONGEST_WORD,
        rows=3,
        required=False,
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, invitation: Invitation, at: datetime
    ) -> None:
        self.options = options_ahead(invitation.visit, at)
        initial: dict[str, Any] = {"revision": invitation.revision, "word": invitation.word}
        for given in invitation.date_answers.all():
            initial[f"option-{given.option_id}"] = given.answer
        super().__init__(data, initial=initial)
        self.visit, self.today = invitation.visit, invitation.visit.today_at_host(at)
        for option in self.options:
            self.fields[f"option-{option.pk}"] = forms.ChoiceField(
                label=day_range(option.start_date, option.end_date),
                choices=choices(Answer),
                widget=forms.Select(attrs={"id": f"option-{option.pk}"}),
                error_messages={
                    "required": gettext_lazy("Answer this date: yes, if need be, or no.")
                },
            )
        first = _("First day of your option %(number)d")
        last = _("Last day of your option %(number)d")
        self.add_rows(OFFERED_ROWS, first=first, last=last)

    @property
    def asked(self) -> list[tuple[DateOption, forms.BoundField]]:
        return [(option, self[f"option-{option.pk}"]) for option in self.options]

    @property
    def offers_dates(self) -> bool:
        """The part for one's own days is open."""
        return any(start.value() or end.value() for start, end in self.pairs)

    @property
    def answers(self) -> dict[int, Answer]:
        cleaned = self.cleaned_data
        return {option.pk: Answer(cleaned[f"option-{option.pk}"]) for option in self.options}

    def clean(self) -> dict[str, Any]:
        """Days that one offers oneself are a yes, also when they stand there already."""
        cleaned = super().clean()
        offered = {(days.start, days.end) for days in self.ranges}
        for option in self.options:
            name = f"option-{option.pk}"
            if (option.start_date, option.end_date) in offered and name not in self.data:
                self.errors.pop(name, None)
                cleaned[name] = Answer.YES
        return cleaned


class DeclineForm(forms.Form):
    """The reason; what was typed before travels along in hidden fields."""

    revision = RevisionField()
    reason = TextBlockField(
        label=gettext_lazy("Why can you not take part?"),
        max_length=LONGEST_WORD,
        rows=4,
        help_text=gettext_lazy("Those who asked will read it. One sentence is enough."),
        error_messages={"required": gettext_lazy("Say why: those who asked will read it.")},
    )
    word = TextBlockField(max_length=LONGEST_WORD, required=False, widget=forms.HiddenInput)
