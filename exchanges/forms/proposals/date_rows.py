"""Rows of a first and a last day. Empty rows are left out."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from exchanges.domain.dates import DateRange, RangeProblem
from exchanges.forms.fields import DateField
from exchanges.models import StudyVisit
from exchanges.operations.proposals.date_ranges import RANGE_SENTENCES, DatesRefused, check_ranges

Pair = tuple[forms.BoundField, forms.BoundField]


class DateRowsForm(forms.Form):
    """`ranges` holds the days once the form is clean; a refusal stands at its row."""

    visit: StudyVisit
    today: date
    count = 0

    def add_rows(self, count: int, *, first: str, last: str) -> None:
        """`first` and `last` are labels with a place for the row's number."""
        self.count = count
        self.ranges: list[DateRange] = []
        for index in range(count):
            number = {"number": index + 1}
            self.fields[f"start_{index}"] = DateField(label=first % number, required=False)
            self.fields[f"end_{index}"] = DateField(label=last % number, required=False)

    @property
    def pairs(self) -> list[Pair]:
        return [(self[f"start_{index}"], self[f"end_{index}"]) for index in range(self.count)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.ranges = [found for index in range(self.count) if (found := self._range(index))]
        return cleaned

    def _range(self, index: int) -> DateRange | None:
        first, last = f"start_{index}", f"end_{index}"
        start, end = self.cleaned_data.get(first), self.cleaned_data.get(last)
        if self.has_error(first) or self.has_error(last) or (start is None and end is None):
            return None
        if start is None or end is None:
            words = _("Give both days; for a single day, the same day twice.")
            self.add_error(first if start is None else last, words)
            return None
        if end < start:
            self.add_error(last, RANGE_SENTENCES[RangeProblem.END_BEFORE_START])
            return None
        try:
            check_ranges(self.visit, [DateRange(start, end)], today=self.today)
        except DatesRefused as refusal:
            self.add_error(first, str(refusal))
            return None
        return DateRange(start, end)
