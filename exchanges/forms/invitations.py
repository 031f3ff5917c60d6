"""The answer to an invitation. The page builds it anew from the options that there are now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchanges.domain.dates import DateRange
from exchanges.enums import Answer
from exchanges.forms.fields import DateField, RevisionField, TextBlockField
from exchanges.models import DateOption, Invitation
from exchanges.operations.proposals import DatesRefused, check_ranges

OFFERED_ROWS = 3
LONGEST_WORD = 2000


class AnswerForm(forms.Form):
    """One answer a date option, days of one's own, a word."""

    revision = RevisionField()
    word = TextBlockField(
        label=gettext_lazy("A word to those who ask"),
        max_length=LONGEST_WORD,
        rows=3,
        required=False,
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, invitation: Invitation, today: date
    ) -> None:
        self.options = list(invitation.visit.date_options.all())
        initial: dict[str, Any] = {"revision": invitation.revision, "word": invitation.word}
        for given in invitation.date_answers.all():
            initial[f"option-{given.option_id}"] = given.answer
        super().__init__(data, initial=initial)
        self.visit, self.today = invitation.visit, today
        self.ranges: list[DateRange] = []
        for option in self.options:
            self.fields[f"option-{option.pk}"] = forms.ChoiceField(
                label=gettext_lazy("Date"),
                choices=Answer,
                error_messages={
                    "required": gettext_lazy("Answer this date: yes, if need be, or no.")
                },
            )
        for index in range(OFFERED_ROWS):
            number = {"number": index + 1}
            start = _("First day of your option %(number)d") % number
            end = _("Last day of your option %(number)d") % number
            self.fields[f"start_{index}"] = DateField(label=start, required=False)
            self.fields[f"end_{index}"] = DateField(label=end, required=False)

    @property
    def asked(self) -> list[tuple[DateOption, forms.BoundField]]:
        return [(option, self[f"option-{option.pk}"]) for option in self.options]

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"start_{index}"], self[f"end_{index}"]) for index in range(OFFERED_ROWS)]

    @property
    def offers_dates(self) -> bool:
        """The part for one's own days is open."""
        return any(start.value() or end.value() for start, end in self.pairs)

    @property
    def answers(self) -> dict[int, Answer]:
        cleaned = self.cleaned_data
        return {option.pk: Answer(cleaned[f"option-{option.pk}"]) for option in self.options}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.ranges = [days for index in range(OFFERED_ROWS) if (days := self._range(index))]
        return cleaned

    def _range(self, index: int) -> DateRange | None:
        names = f"start_{index}", f"end_{index}"
        if self.has_error(names[0]) or self.has_error(names[1]):
            return None
        start, end = (self.cleaned_data.get(name) for name in names)
        if start is None and end is None:
            return None
        if start is None or end is None:
            words = _("Give both days; for a single day, the same day twice.")
            self.add_error(names[0] if start is None else names[1], words)
            return None
        if end < start:
            self.add_error(names[1], _("The last day is before the first day."))
            return None
        try:
            check_ranges(self.visit, [DateRange(start, end)], today=self.today)
        except DatesRefused as refusal:
            self.add_error(names[0], str(refusal))
            return None
        return DateRange(start, end)


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
