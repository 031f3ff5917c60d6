"""The kinds of values in a programme file. A check says what is wrong; the path comes later."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, Strict, ValidationInfo

from exchanges.domain.dates import EARLIEST, LATEST
from exchanges.domain.plain_text import forbidden_characters
from exchanges.domain.short_titles import LONGEST, is_short_title
from exchanges.domain.visible_text import has_letter_or_digit, invisible_in
from exchanges.enums import EventMode, OrganisationKind, PartnerRole

NAME_LANGUAGES = ("en", "fr", "it", "el", "sl", "bg")
MOST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Known:
    """The slugs that entries of the file may refer to. It is the context of the reading."""

    city: frozenset[str]
    organisation: frozenset[str]
    topic: frozenset[str]


def shown(value: Any) -> str:
    """Return the value in one short printable line."""
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    if isinstance(value, str):
        text = "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in value)
        return f'"{text[:MOST_SHOWN]}…"' if len(text) > MOST_SHOWN else f'"{text}"'
    names = {True: "true", False: "false"} if isinstance(value, bool) else {}
    return str(names.get(value, value))[:MOST_SHOWN]


def refuse(is_wrong: Callable[[Any], bool], fault: str) -> AfterValidator:
    """`fault` follows the value: is negative, is over 1."""

    def check(value: Any) -> Any:
        if is_wrong(value):
            raise ValueError(f"{shown(value)} {fault}")
        return value

    return AfterValidator(check)


def matching(pattern: str, fault: str) -> AfterValidator:
    return refuse(lambda text: not re.fullmatch(pattern, text), fault)


def whole(least: int, most: int) -> AfterValidator:
    return refuse(lambda number: not least <= number <= most, f"is not from {least} to {most}")


def one_of(values: Container[str], noun: str) -> AfterValidator:
    def check(value: str) -> str:
        if value not in values:
            raise ValueError(f"unknown {noun} {shown(value)}")
        return value

    return AfterValidator(check)


def reference(noun: str) -> AfterValidator:
    """A slug that the field `noun` of Known has."""

    def check(slug: str, info: ValidationInfo) -> str:
        if slug not in getattr(info.context, noun):
            raise ValueError(f"unknown {noun} {shown(slug)}")
        return slug

    return AfterValidator(check)


def no_repeats(noun: str) -> AfterValidator:
    def check(slugs: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(slugs)) < len(slugs):
            raise ValueError(f"the same {noun} stands there twice")
        return slugs

    return AfterValidator(check)


def text(longest: int, *, may_have_lines: bool = False) -> AfterValidator:
    def check(value: str) -> str:
        if faults := _text_faults(value, longest, may_have_lines=may_have_lines):
            raise ValueError("; ".join(faults))
        return value

    return AfterValidator(check)


def visible(longest: int) -> AfterValidator:
    """A name or a title: text in which nothing is invisible and something is to be read."""

    def check(value: str) -> str:
        faults = _text_faults(value, longest)
        named = forbidden_characters(value, allow_lines=False)
        if found := [sign for sign in invisible_in(value) if sign not in named]:
            faults.append(f"has characters that nobody sees: {_codes(found)}")
        if value.strip() and not has_letter_or_digit(value):
            faults.append("has neither a letter nor a digit")
        if faults:
            raise ValueError("; ".join(faults))
        return unicodedata.normalize("NFC", value)

    return AfterValidator(check)


def _text_faults(value: str, longest: int, *, may_have_lines: bool = False) -> list[str]:
    faults = [] if value.strip() else ["empty"]
    if len(value) > longest:
        faults.append(f"longer than {longest} characters")
    if found := forbidden_characters(value, allow_lines=may_have_lines):
        faults.append(f"has characters that cannot be shown: {_codes(found)}")
    return faults


def _codes(signs: Iterable[str]) -> str:
    return ", ".join(f"U+{ord(sign):04X}" for sign in signs)


def degrees(most: int) -> BeforeValidator:
    def check(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise ValueError(f"a number is expected, not {shown(value)}")
        if not -most <= value <= most:
            raise ValueError(f"{shown(value)} is off the earth: from {-most} to {most}")
        return float(value)

    return BeforeValidator(check)


def decimal(*, digits: int, places: int) -> BeforeValidator:
    """Return a number from 0 on, as a number or as text with a point."""

    def check(value: Any) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
            raise ValueError(f"a decimal number is expected, not {shown(value)}")
        try:
            number = Decimal(value)
        except InvalidOperation:
            number = Decimal("NaN")
        is_plain = not isinstance(value, str) or re.fullmatch("[-0-9.]+", value)
        if not number.is_finite() or not is_plain:
            raise ValueError(f"{shown(value)} is no decimal number")
        if number < 0:
            raise ValueError(f"{shown(value)} is negative")
        if number >= 10 ** (digits - places) or number != round(number, places):
            raise ValueError(f"{shown(value)} has more than {digits - places}+{places} digits")
        return number

    return BeforeValidator(check)


def day(pattern: str, rest: str, noun: str) -> BeforeValidator:
    def check(value: Any) -> date:
        if not isinstance(value, str):
            raise ValueError(f"{noun} is expected, not {shown(value)}")
        found = None
        with suppress(ValueError):
            if re.fullmatch(pattern, value):
                found = date.fromisoformat(value + rest)
        if found is None:
            raise ValueError(f"{shown(value)} is not {noun}")
        if not EARLIEST <= found <= LATEST:
            years = f"{EARLIEST.year} to {LATEST.year}"
            raise ValueError(f"{shown(value)} is not in the years {years}")
        return found

    return BeforeValidator(check)


def not_before_start(end: date, info: ValidationInfo) -> date:
    start = info.data.get("start_date")
    if start and end < start:
        raise ValueError(f"{end} is before the start, {start}")
    return end


def with_english(names: Any) -> Any:
    """English is what the others fall back to; where it is absent, its own path is at fault."""
    return {"en": None, **names} if isinstance(names, dict) else names


def _is_no_link(link: str) -> bool:
    try:
        parts = urlsplit(link)
        return parts.scheme not in ("http", "https") or not parts.hostname or " " in link
    except ValueError:
        return True


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _is_no_zone(name: str) -> bool:
    return name not in _zones()


SLUG = matching("[a-z0-9]+(-[a-z0-9]+)*", "is no slug: use a to z, 0 to 9 and single hyphens")

Text = Annotated[str, text(200)]
Name = Annotated[str, visible(200)]
Note = Annotated[str, text(2000, may_have_lines=True)]
Acronym = Annotated[str, visible(30)]
Slug = Annotated[str, text(50), SLUG]
LongSlug = Annotated[str, text(80), SLUG]
Link = Annotated[Text, refuse(_is_no_link, "is no web address")]
CountryCode = Annotated[Text, matching("[A-Z]{2}", "is no country code")]
LanguageCode = Annotated[Text, matching("[a-z]{2,3}", "is no language code")]
Zone = Annotated[str, text(64), refuse(_is_no_zone, "is no time zone of the IANA database")]

ShortTitle = Annotated[
    str,
    refuse(
        lambda text: not is_short_title(text),
        f"is no short title: at most {LONGEST} of A-Z, 0-9 and single hyphens between them",
    ),
]

Kind = Annotated[str, one_of(set(OrganisationKind), "kind")]
Role = Annotated[str, one_of(set(PartnerRole), "role")]
Mode = Annotated[str, one_of(set(EventMode), "mode")]

NameLanguage = Annotated[str, one_of(NAME_LANGUAGES, "language")]
CityNames = Annotated[
    dict[NameLanguage, Annotated[str, visible(100)]], BeforeValidator(with_english)
]
TopicNames = Annotated[
    dict[NameLanguage, Annotated[str, visible(150)]], BeforeValidator(with_english)
]
Title = Annotated[dict[NameLanguage, Annotated[str, visible(300)]], BeforeValidator(with_english)]

City = Annotated[str, reference("city")]
Cities = Annotated[tuple[City, ...], no_repeats("city")]
Organisation = Annotated[str, reference("organisation")]
Organisations = Annotated[tuple[Organisation, ...], no_repeats("organisation")]
Topic = Annotated[str, reference("topic")]
Topics = Annotated[tuple[Topic, ...], no_repeats("topic")]

Day = Annotated[date, day(r"\d{4}-\d{2}-\d{2}", "", "a date such as 2026-09-01")]
LastDay = Annotated[Day, AfterValidator(not_before_start)]
Month = Annotated[date, day(r"\d{4}-\d{2}", "-01", "a month such as 2026-09")]

Whole = Annotated[int, Strict()]
TrueOrFalse = Annotated[bool, Strict()]
Places = Annotated[Whole, whole(0, 200)]
Exchanges = Annotated[Whole, whole(0, 500)]
People = Annotated[Whole, whole(0, 10_000)]
Need = Annotated[Whole, whole(1, 3)]
Level = Annotated[Whole, whole(0, 5)]
Latitude = Annotated[float, degrees(90)]
Longitude = Annotated[float, degrees(180)]
Euros = Annotated[Decimal, decimal(digits=12, places=2)]
TotalEuros = Annotated[Decimal, decimal(digits=14, places=2)]
Rate = Annotated[Decimal, decimal(digits=7, places=4), refuse(lambda rate: rate > 1, "is over 1")]
