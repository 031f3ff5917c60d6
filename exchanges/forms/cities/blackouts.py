"""Rows of days on which a city cannot. Empty rows are left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from exchanges.domain.dates import DateRange, RangeProblem
from exchanges.forms.fields import DateField, LineField, RevisionField
from exchanges.operations.cities.blackouts import MOST_BLACKOUTS, Away, overlap_of, problem_of
from exchanges.operations.proposals.date_ranges import RANGE_SENTENCES

Data = Mapping[str, Any] | None
FIRST, LAST, REASON, REMOVE = "start_", "end_", "reason_", "remove_"


@dataclass(frozen=True, slots=True)
class BlackoutRow:
    number: int
    first: forms.BoundField
    last: forms.BoundField
    reason: forms.BoundField
    remove: forms.BoundField


class BlackoutsForm(forms.Form):
    """As many rows as `rows` says, and never fewer than are saved. `away` holds the days once the
    form is clean; a refusal stands at its row."""

    revision = RevisionField()
    rows = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Data,
        *,
        saved: Sequence[Away],
        revision: int,
        today: date,
        last_day: date | None,
        typed: Mapping[str, str] | None = None,
    ) -> None:
        self.count = _row_count(data if data is not None else typed, len(saved))
        initial = initial_blackouts(saved, self.count) | {"revision": revision}
        initial |= {**(typed or {}), "rows": self.count}
        super().__init__(data, initial=initial)
        self.today, self.last_day = today, last_day
        self.away: list[Away] = []
        for index in range(self.count):
            self._add_row(index)

    def _add_row(self, index: int) -> None:
        number = {"number": index + 1}
        self.fields[f"{FIRST}{index}"] = DateField(
            label=_("First day of blackout %(number)d") % number, required=False
        )
        self.fields[f"{LAST}{index}"] = DateField(
            label=_("Last day of blackout %(number)d") % number, required=False
        )
        self.fields[f"{REASON}{index}"] = LineField(
            label=_("Reason of blackout %(number)d") % number, max_length=200, required=False
        )
        self.fields[f"{REMOVE}{index}"] = forms.BooleanField(
            label=_("Remove blackout %(number)d") % number, required=False
        )

    @property
    def table(self) -> list[BlackoutRow]:
        return [
            BlackoutRow(
                index + 1,
                self[f"{FIRST}{index}"],
                self[f"{LAST}{index}"],
                self[f"{REASON}{index}"],
                self[f"{REMOVE}{index}"],
            )
            for index in range(self.count)
        ]

    @property
    def can_grow(self) -> bool:
        return self.count < MOST_BLACKOUTS

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        found = {index: each for index in range(self.count) if (each := self._row(index))}
        latest: Away | None = None
        for index, each in sorted(found.items(), key=lambda item: item[1]):
            if latest and each.dates.start <= latest.dates.end:
                self.add_error(f"{FIRST}{index}", overlap_of(latest.dates))
            elif latest is None or each.dates.end > latest.dates.end:
                latest = each
        self.away = list(found.values())
        return cleaned

    def _row(self, index: int) -> Away | None:
        first, last = f"{FIRST}{index}", f"{LAST}{index}"
        if self.cleaned_data.get(f"{REMOVE}{index}"):
            for name in (first, last, f"{REASON}{index}"):
                self.errors.pop(name, None)
            return None
        start, end = self.cleaned_data.get(first), self.cleaned_data.get(last)
        reason = self.cleaned_data.get(f"{REASON}{index}", "")
        if self.has_error(first) or self.has_error(last):
            return None
        if start is None or end is None:
            if start or end or reason:
                words = _("Give both days; for a single day, the same day twice.")
                self.add_error(first if start is None else last, words)
            return None
        if end < start:
            self.add_error(last, RANGE_SENTENCES[RangeProblem.END_BEFORE_START])
            return None
        dates = DateRange(start, end)
        if problem := problem_of(dates, today=self.today, last_day=self.last_day):
            self.add_error(first, problem)
            return None
        return Away(dates, reason)


def initial_blackouts(saved: Sequence[Away], count: int) -> dict[str, Any]:
    """Return the initial values of `count` rows."""
    initial: dict[str, Any] = {"rows": count}
    for index in range(count):
        each = saved[index] if index < len(saved) else None
        initial |= {
            f"{FIRST}{index}": each.dates.start if each else None,
            f"{LAST}{index}": each.dates.end if each else None,
            f"{REASON}{index}": each.reason if each else "",
            f"{REMOVE}{index}": False,
        }
    return initial


def _row_count(data: Data, saved: int) -> int:
    rows = str(data.get("rows", "")) if data is not None else ""
    asked = int(rows) if rows.isascii() and rows.isdigit() and len(rows) < 4 else 0
    return max(1, saved, min(asked, MOST_BLACKOUTS))
