"""Which days can be offered for a visit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchanges.domain.dates import DateRange, RangeProblem, validate_range
from exchanges.models import StudyVisit
from exchanges.operations.refusals import Refusal

MOST_DATE_OPTIONS = 8

RANGE_SENTENCES = {
    RangeProblem.END_BEFORE_START: gettext_lazy("The last day is before the first day."),
    RangeProblem.TOO_LONG: gettext_lazy("A visit lasts at most 30 days."),
    RangeProblem.BEFORE_PROGRAMME: gettext_lazy("These days are before the programme begins."),
    RangeProblem.AFTER_PROGRAMME: gettext_lazy("These days are after the programme ends."),
}


class DatesRefused(Refusal):
    pass


def check_ranges(visit: StudyVisit, ranges: Sequence[DateRange], *, today: date) -> None:
    """Raises DatesRefused for days that nobody can travel on."""
    if len(ranges) > MOST_DATE_OPTIONS:
        raise DatesRefused(_("Offer at most eight date options."))
    for each in ranges:
        found = validate_range(
            each.start,
            each.end,
            programme_start=visit.programme.start_date,
            programme_end=visit.programme.end_date,
        )
        if found:
            raise DatesRefused(str(RANGE_SENTENCES[found[0]]))
        if each.start < today:
            raise DatesRefused(_("The first day is in the past."))
