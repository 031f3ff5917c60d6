"""Public holidays of a country and region, named in the reader's language where that is known."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

import holidays
from dateutil.easter import EASTER_ORTHODOX, easter

ENGLISH = "en_US"


@lru_cache(maxsize=512)
def public_holidays(country: str, region: str, year: int, language: str) -> Mapping[date, str]:
    """Empty for a country that the library does not know; an unknown region has the country's.

    Names are in `language` where the country's list has it, else in English, else in its own.
    """
    known = _known(country)
    if known is None:
        return MappingProxyType({})
    has_region = region in known.subdivisions or region in known.subdivisions_aliases
    found = holidays.country_holidays(
        country,
        years=[year],
        subdiv=region if has_region else None,
        language=_language(known, language),
    )
    return MappingProxyType({day: found[day] for day in sorted(found) if day.year == year})


def is_orthodox_feast(country: str, day: date) -> bool:
    """Whether the day hangs on the Orthodox Easter, in a country that keeps it."""
    return country in ORTHODOX and (day - orthodox_easter(day.year)).days in FEASTS


def orthodox_easter(year: int) -> date:
    """Return the Sunday in the Gregorian calendar."""
    return easter(year, EASTER_ORTHODOX)


ORTHODOX = frozenset({"BG", "CY", "GE", "GR", "MD", "ME", "MK", "RO", "RS", "UA"})
FEASTS = frozenset({-48, -2, -1, 0, 1, 39, 49, 50})
"""Days after Easter: Clean Monday, Good Friday to Easter Monday, Ascension, Pentecost, the next."""


def _known(country: str) -> holidays.HolidayBase | None:
    """The country's calendar without a year; also the way to ask what it has."""
    if len(country) != 2 or not country.isupper():
        return None
    try:
        return holidays.country_holidays(country)
    except NotImplementedError:
        return None


def _language(known: holidays.HolidayBase, wanted: str) -> str | None:
    """One that the country's list has; None leaves its own."""
    for each in (wanted, ENGLISH):
        for language in known.supported_languages:
            if language == each or language.startswith(f"{each}_"):
                return language
    return None
