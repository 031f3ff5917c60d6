"""exchanges.words.formats as filters; an empty value stays empty."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

from django import template

from exchanges.words import formats, people

register = template.Library()
Value = TypeVar("Value")


def or_empty(show: Callable[[Value], str]) -> Callable[[Value | None], str]:
    return lambda value: "" if value is None or value == "" else show(value)


for name in (
    "clock",
    "country",
    "distance",
    "money",
    "month",
    "month_short",
    "number",
    "share",
    "weekday",
    "zone_place",
):
    register.filter(name, or_empty(getattr(formats, name)))
register.filter("confirmed_by", people.confirmed_by)
register.filter("language_in_words", or_empty(formats.language_name))  # i18n has a language_name


@register.filter
def day(value: date | None, style: formats.Style = "full") -> str:
    return formats.day(value, style) if value else ""


@register.filter
def day_range(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return day(first or last, "long")
    return formats.day_range(first, last)


@register.filter
def moment(value: datetime | None, zone: str) -> str:
    return formats.moment(value, zone) if value else ""
