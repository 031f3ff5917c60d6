"""Why a city is closed on a day, in the reader's language."""

from __future__ import annotations

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from exchanges.domain.dates import DateRange
from exchanges.domain.matching.windows import Closure, ClosureKind
from exchanges.domain.public_holidays import is_orthodox_feast, public_holidays
from exchanges.models import City


def holidays_of(city: City, within: DateRange) -> list[Closure]:
    """Every public holiday is a closure of its own, Orthodox ones named as such."""
    language = (get_language() or "en").split("-")[0]
    return [
        Closure(DateRange(day, day), ClosureKind.HOLIDAY, _holiday(city, day, name))
        for year in range(within.start.year, within.end.year + 1)
        for day, name in public_holidays(city.country, city.holiday_region, year, language).items()
        if day in within
    ]


def closure_sentence(closure: Closure, city: City, *, names_visits: bool = True) -> str:
    """Why these days are closed: Orthodox Good Friday in Athens. Without a full stop.

    References of visits are for those who may know of them; others read that there is one.
    """
    place = {"city": city, "what": closure.about}
    if closure.kind is ClosureKind.HOLIDAY:
        return _("%(what)s in %(city)s") % place
    if closure.kind is ClosureKind.VISIT:
        if names_visits:
            return _("Visit %(what)s of %(city)s") % place
        return _("Another visit of %(city)s") % place
    if closure.about:
        return _("%(city)s cannot: %(what)s") % place
    return _("%(city)s cannot") % place


def _holiday(city: City, day: date, name: str) -> str:
    if is_orthodox_feast(city.country, day):
        return _("Orthodox %(feast)s") % {"feast": name}
    return name
