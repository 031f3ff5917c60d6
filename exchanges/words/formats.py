"""Dates, money and names as people read them: on pages, in mails and in PDFs.

All follow the active language. Days come before months, the clock has 24 hours.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any, Literal, Protocol
from zoneinfo import ZoneInfo

import icu
from babel import Locale
from babel.dates import format_date, format_skeleton, get_timezone_location
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent
from babel.units import format_unit
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

Style = Literal["full", "long", "short", "brief"]
ENGLISH_DAYS = {
    "full": "EEEE d MMMM y",
    "long": "d MMMM y",
    "short": "EEE d MMM y",
    "brief": "d MMM",
}
SKELETONS = {"short": "yMMMEd", "brief": "MMMd"}
EN_DASH = "\N{EN DASH}"


class Seat(Protocol):
    @property
    def languages(self) -> list[str]: ...


class NamedOrganisation(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def native_name(self) -> str: ...
    @property
    def city(self) -> Seat: ...


def day(value: date, style: Style = "full") -> str:
    """Return a day: Tuesday 9 March 2027, `long` 9 March 2027, `short` Tue 9 Mar 2027."""
    locale = _locale()
    if locale.language == "en":
        return format_date(value, ENGLISH_DAYS[style], locale=locale)
    if style in SKELETONS:
        return _skeleton(SKELETONS[style], value)
    return format_date(value, style, locale=locale)


def day_range(first: date, last: date) -> str:
    """Return `first` to `last`, with what they share said once: 9–11 February 2027.

    Babel's `format_interval` has whole names of months in Bulgarian only: the other languages
    would read 9–11 Feb 2027, and Italian 09–11 feb 2027.
    """
    if first == last:
        return day(first, "long")
    if (first.year, first.month) == (last.year, last.month):
        return f"{_skeleton('d', first)}{EN_DASH}{day(last, 'long')}"
    start = day(first, "long") if first.year != last.year else _skeleton("MMMMd", first)
    return f"{start} {EN_DASH} {day(last, 'long')}"


def month(value: date) -> str:
    return _skeleton("yMMMM", value)


def month_short(value: date) -> str:
    return format_date(value, "LLL", locale=_locale())


def weekday(value: date) -> str:
    return format_date(value, "cccc", locale=_locale())


def clock(value: time | datetime) -> str:
    return f"{value:%H:%M}"


def moment(value: datetime, zone: str | ZoneInfo) -> str:
    """Return an aware moment on the clocks of `zone`: 9 March 2027, 14:30 (Rome)."""
    zone = ZoneInfo(str(zone))
    local = value.astimezone(zone)
    return f"{day(local.date(), 'long')}, {clock(local)} ({zone_place(zone)})"


def zone_place(zone: str | ZoneInfo) -> str:
    """Return the place that people know a time zone by: Rome for Europe/Rome."""
    if str(zone) == "UTC":
        return "UTC"
    return get_timezone_location(str(zone), locale=_locale(), return_city=True)


def country(code: str) -> str:
    return str(_locale().territories.get(code, code))


def language_name(code: str) -> str:
    return str(_locale().languages.get(code, code))


def native_language_name(code: str) -> str:
    """A language's name for itself, for switches: Italiano, Български."""
    name = str(Locale.parse(code).languages.get(code, code))
    return name[:1].upper() + name[1:]


def in_sentence(name: str) -> str:
    """A heading as part of a sentence: one-stop shops, but S.O.S. and EU funds."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def listed(names: Iterable[object]) -> str:
    """Return it like this: Sofia, Athens and Liège."""
    return str(format_list([str(name) for name in names], locale=_locale()))


def money(euros: Decimal | int) -> str:
    """Euros; cents only where there are some."""
    locale = _locale()
    pattern = locale.currency_formats["standard"].pattern
    if euros == int(euros):
        return format_currency(
            euros, "EUR", pattern.replace(".00", ""), locale=locale, currency_digits=False
        )
    return format_currency(euros, "EUR", locale=locale)


def share(part: Decimal | float) -> str:
    """Return a part of one as percent, at most one decimal."""
    return format_percent(part, locale=_locale(), format=_percent_pattern(_locale()))


def number(value: Decimal | float) -> str:
    return format_decimal(value, locale=_locale())


def distance(kilometres: float) -> str:
    return format_unit(round(kilometres), "kilometer", "short", locale=_locale())


def sort_key(value: object) -> bytes:
    """Return where the words of a value stand in a list, as readers of the language expect it."""
    key: bytes = _collator(_language()).getSortKey(str(value))
    return key


@cache
def _collator(language: str) -> Any:
    return icu.Collator.createInstance(icu.Locale(language))


def organisation_name(organisation: NamedOrganisation) -> str:
    """Its own name for readers of its language, else the English one."""
    return _name_and_language(organisation)[0]


def organisation_name_html(organisation: NamedOrganisation) -> SafeString:
    return format_html(
        '<bdi lang="{1}">{0}</bdi>',
        *_name_and_language(organisation),
    )


def _name_and_language(organisation: NamedOrganisation) -> tuple[str, str]:
    language = _language()
    is_own = (
        language != "en" and organisation.native_name and language in organisation.city.languages
    )
    return (organisation.native_name, language) if is_own else (organisation.name, "en")


def _skeleton(skeleton: str, value: date) -> str:
    return format_skeleton(skeleton, value, locale=_locale())


def _percent_pattern(locale: Locale) -> str:
    return str(locale.percent_formats[None].pattern).replace("#,##0", "#,##0.#")


def _language() -> str:
    return (get_language() or "en").split("-")[0]


def _locale() -> Locale:
    language = _language()
    return Locale.parse("en_GB" if language == "en" else language)
