"""Finding what somebody typed in the `search` columns, which hold folded text."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import and_, or_

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from exchanges.domain.text import fold
from exchanges.models import City

MOST_WORDS = 8


def matches(text: str, *columns: str) -> Q:
    """Every word of `text` stands in one of the columns, in any case, with or without accents."""
    condition = Q()
    for word in fold(text).split()[:MOST_WORDS]:
        condition &= reduce(or_, (Q(**{f"{column}__contains": word}) for column in columns))
    return condition


def matches_each(text: str, finds: Callable[[str], Q]) -> Q:
    """Every word of `text` is found, each by what `finds` makes of it: for joins of many rows."""
    return reduce(and_, map(finds, fold(text).split()[:MOST_WORDS]), Q())


def cities_working_in(language: str) -> QuerySet[City]:
    """Cities where this language is spoken or worked in; JSON as text works on both databases."""
    quoted = f'"{language}"'
    spoken = Cast("languages", TextField())
    worked_in = Cast("profile__working_languages", TextField())
    return City.objects.annotate(spoken=spoken, worked_in=worked_in).filter(
        Q(spoken__contains=quoted) | Q(worked_in__contains=quoted)
    )


def languages_of_cities() -> set[str]:
    """Return all languages that a directory can be narrowed to."""
    pairs = City.objects.values_list("languages", "profile__working_languages")
    return {code for pair in pairs for codes in pair for code in codes or []}
