"""The step in which days are offered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchanges.domain.dates import DateRange
from exchanges.forms.choices import set_choices
from exchanges.forms.fields import RevisionField
from exchanges.forms.proposals.date_rows import DateRowsForm
from exchanges.models import StudyVisit
from exchanges.operations.proposals.date_ranges import MOST_DATE_OPTIONS
from exchanges.queries.proposals.weeks import CommonDays
from exchanges.words.formats import day_range, listed

FIRST_ROWS = 2
Data = Mapping[str, Any] | None


class DatesForm(DateRowsForm):
    """Weeks to tick, in which all cities are free, and as many rows as `rows` says.

    `typed` fills them without checking. Typed days on which a city is closed are refused once, with
    the reason; `warned` holds those that the person has read it of.
    """

    revision = RevisionField()
    rows = forms.IntegerField(widget=forms.HiddenInput, required=False)
    warned = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400)
    weeks = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": gettext_lazy("A week that you ticked is not free any more.")
        },
    )

    def __init__(
        self,
        data: Data,
        *,
        visit: StudyVisit,
        today: date,
        days: CommonDays,
        typed: Mapping[str, Any] | None = None,
    ) -> None:
        self.saved = [DateRange(e.start_date, e.end_date) for e in visit.date_options.all()]
        own = [each for each in self.saved if each not in days.weeks]
        count = _row_count(data if data is not None else typed, len(own))
        initial: dict[str, Any] = {"revision": visit.revision, "warned": _written(own)}
        initial["weeks"] = [str(each.start) for each in self.saved if each in days.weeks]
        for index, each in enumerate(own):
            initial |= {f"start_{index}": each.start, f"end_{index}": each.end}
        super().__init__(data, initial={**initial, **(typed or {}), "rows": count})
        self.visit, self.today, self.days = visit, today, days
        weeks = [(str(each.start), day_range(each.start, each.end)) for each in days.weeks]
        set_choices(self, "weeks", weeks)
        self.fields["weeks"].label = _("Weeks in which all are free: %(cities)s") % {
            "cities": days.names
        }
        first, last = _("First day of option %(number)d"), _("Last day of option %(number)d")
        self.add_rows(count, first=first, last=last)
        self.closed = "" if self.is_bound else _written(own)

    @property
    def can_grow(self) -> bool:
        return self.count < MOST_DATE_OPTIONS

    @property
    def week_boxes(self) -> list[tuple[str, str, bool]]:
        """Return value, label and whether it is ticked, of each week."""
        ticked = self["weeks"].value() or []
        keys = [(str(each.start), each) for each in self.days.weeks]
        return [(key, day_range(each.start, each.end), key in ticked) for key, each in keys]

    @property
    def noted_pairs(self) -> list[tuple[forms.BoundField, forms.BoundField, tuple[str, ...]]]:
        """Return the rows, with the reasons why a city is closed on days that are saved."""
        return [(start, end, self._reasons(start, end)) for start, end in self.pairs]

    def has_changed(self) -> bool:
        """Whether other days are wanted than those that are saved."""
        return not self.is_valid() or set(self.ranges) != set(self.saved)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._warn(cleaned)
        ticked = cleaned.get("weeks", [])
        self.ranges += [each for each in self.days.weeks if str(each.start) in ticked]
        self.ranges = list(dict.fromkeys(self.ranges))
        if not self.ranges and not self.errors:
            self.add_error("start_0", _("Offer at least one date."))
        if len(self.ranges) > MOST_DATE_OPTIONS:
            self.add_error("weeks", _("Offer at most eight date options."))
        return cleaned

    def _warn(self, cleaned: dict[str, Any]) -> None:
        """A warning is an error of the row until the same days are sent again."""
        self.closed = _written([each for each in self.ranges if self.days.reasons(each)])
        known = cleaned.get("warned", "").split()
        for index in range(self.count):
            start, end = cleaned.get(f"start_{index}"), cleaned.get(f"end_{index}")
            dates = DateRange(start, end) if start and end and start <= end else None
            if dates in self.ranges and dates and _written([dates]) not in known:
                self._say_closed(index, self.days.reasons(dates))

    def _say_closed(self, index: int, reasons: Sequence[str]) -> None:
        if reasons:
            words = _("%(reasons)s. Choose other days, or save again to keep these.")
            self.add_error(f"start_{index}", words % {"reasons": listed(reasons)})

    def _reasons(self, start: forms.BoundField, end: forms.BoundField) -> tuple[str, ...]:
        first, last = start.value(), end.value()
        if isinstance(first, date) and isinstance(last, date):
            return self.days.reasons(DateRange(first, last))
        return ()


def _row_count(given: Mapping[str, Any] | None, saved: int) -> int:
    """As the form says, between the saved options and the most."""
    text = str((given or {}).get("rows", ""))
    wanted = int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 0
    return min(max(wanted, saved, FIRST_ROWS), MOST_DATE_OPTIONS)


def _written(ranges: Sequence[DateRange]) -> str:
    return " ".join(f"{each.start}/{each.end}" for each in ranges)
