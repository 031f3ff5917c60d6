"""Choices and fields that several forms share; names follow the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from babel import Locale
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from exchanges.forms.fields import LineField, NameField, refuse_forbidden_characters
from exchanges.words.formats import country, language_name, native_language_name, sort_key

Choices = list[tuple[str, str]]
NO_COUNTRIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
NAMES = "names_"
LONGEST_ID = 18


class WebAddressField(forms.URLField):
    """An address of the web, https when nothing else is said."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=200, assume_scheme="https", **kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        refuse_forbidden_characters(value, allow_lines=False)
        if value and not value.startswith(("https://", "http://")):
            raise ValidationError(_("Give an address that begins with https://."), code="scheme")


class TimeZoneField(LineField):
    """An IANA zone, such as Europe/Rome."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=64, **kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and value not in _zones():
            message = _("There is no time zone of this name. Write it like Europe/Rome.")
            raise ValidationError(message, code="zone")


class MoneyField(forms.DecimalField):
    """Euros and cents, never negative."""

    def __init__(self, *, max_digits: int = 12, **kwargs: Any) -> None:
        super().__init__(max_digits=max_digits, decimal_places=2, min_value=0, **kwargs)


class NamesForm(forms.Form):
    """A name in each language of the platform; English is needed, the others fall back to it."""

    names_label: Any = _("Name")
    names_length = 200

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = {
            f"{NAMES}{code}": NameField(
                label=f"{self.names_label} ({native_language_name(code) or name})",
                max_length=self.names_length,
                required=code == "en",
                widget=forms.TextInput(attrs={"lang": code}),
            )
            for code, name in settings.LANGUAGES
        }
        self.fields = fields | self.fields

    def names(self) -> LazyI18nString:
        said = {code: self.cleaned_data[f"{NAMES}{code}"] for code, _name in settings.LANGUAGES}
        return LazyI18nString({code: name for code, name in said.items() if name})


def initial_names(names: LazyI18nString) -> dict[str, str]:
    return {f"{NAMES}{code}": name for code, name in names.data.items()}


def set_choices(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Set choices that depend on the database or on the reader's language."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


def any_of(choices: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    return [("", _("All")), *choices]


def countries_named(codes: Iterable[str]) -> Choices:
    return _by_name((code, country(code)) for code in codes)


def languages_named(codes: Iterable[str]) -> Choices:
    return _by_name((code, language_name(code)) for code in codes)


def named(rows: Iterable[Model]) -> Choices:
    """Rows with a slug, by what they are called in the reader's language."""
    return _by_name((row.slug, str(row)) for row in rows)  # type: ignore[attr-defined]


def all_countries() -> Choices:
    codes = (str(code) for code in Locale("en").territories)
    letters = (code for code in codes if len(code) == 2 and code.isalpha())
    return countries_named(code for code in letters if code not in NO_COUNTRIES)


class RowsByName(ModelChoiceIterator):  # type: ignore[type-arg]
    """What rows are called depends on the reader's language, so the database cannot sort them."""

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        yield from sorted(super().__iter__(), key=lambda pair: sort_key(pair[1]))


class KnownRowsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Refuses a number too large for any row, which SQLite cannot even look up."""

    def clean(self, value: Any) -> Any:
        for each in value if isinstance(value, list | tuple) else ():
            if len(str(each)) > LONGEST_ID:
                raise ValidationError(
                    self.error_messages["invalid_pk_value"],
                    code="invalid_pk_value",
                    params={"pk": str(each)[:LONGEST_ID]},
                )
        return super().clean(value)


class RowsField(KnownRowsField):
    iterator = RowsByName


def rows_field(queryset: QuerySet[Any], **kwargs: Any) -> RowsField:
    """Return boxes to tick, one a row."""
    return RowsField(
        queryset=queryset,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-two"}),
        **kwargs,
    )


def shown(field: forms.Field, value: Any) -> str:
    """Return what a field contains, in words."""
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    if isinstance(field, forms.ModelChoiceField):
        single = isinstance(value, Model | int | str)
        return ", ".join(sorted(map(str, _rows(field, [value] if single else value)), key=sort_key))
    if isinstance(field, forms.ChoiceField):
        words = {str(key): str(label) for key, label in _pairs(field.choices)}
        keys = value if isinstance(value, list | tuple) else [value]
        return ", ".join(words.get(str(key), str(key)) for key in keys)
    return str(value)


def _rows(field: Any, values: Iterable[Any]) -> list[Any]:
    keys = [value.pk if isinstance(value, Model) else value for value in values]
    return list(field.queryset.filter(pk__in=keys))


def _pairs(choices: Any) -> list[tuple[Any, Any]]:
    return list(choices() if callable(choices) else choices)


def _by_name(pairs: Iterable[tuple[str, str]]) -> Choices:
    return sorted(pairs, key=lambda pair: sort_key(pair[1]))


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
