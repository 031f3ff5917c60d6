"""Form fields that know what text may contain. The limits are those of the tables."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from exchanges.domain.dates import EARLIEST, LATEST
from exchanges.domain.plain_text import cleaned, forbidden_characters
from exchanges.domain.visible_text import has_letter_or_digit, visible_name
from exchanges.words.formats import language_name, sort_key

MAX_BLOCK = 20_000
EU_LANGUAGES = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv"
SPOKEN_BY_NEWCOMERS = "ar bn fa ps ru sq sr tr uk ur zh"
LANGUAGE_CODES = [*EU_LANGUAGES.split(" "), *SPOKEN_BY_NEWCOMERS.split(" ")]


class LineField(forms.CharField):
    """One line of text, NFC."""

    allows_lines = False
    allows_tabs = False

    def __init__(self, *, max_length: int = 200, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Clean what was typed, and only then ask whether it is empty."""
        allowed = {"lines": self.allows_lines, "tabs": self.allows_tabs}
        return super().to_python(cleaned(value, **allowed) if value else value)

    def validate(self, value: Any) -> None:
        super().validate(value)
        refuse_forbidden_characters(
            value, allow_lines=self.allows_lines, allow_tabs=self.allows_tabs
        )


class NameField(LineField):
    """A name or a title: what a reader does not see is not kept, and something is to be read."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not isinstance(text, str):
            return text
        refuse_forbidden_characters(text, allow_lines=False)
        return visible_name(text)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not has_letter_or_digit(value):
            raise ValidationError(_("Enter at least one letter or digit."), code="invisible")


class TextBlockField(LineField):
    """Several lines of plain text, line ends as \\n."""

    allows_lines = True
    widget = forms.Textarea(attrs={"rows": 5})

    def __init__(self, *, max_length: int = MAX_BLOCK, rows: int = 5, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, **kwargs)


class CellsField(TextBlockField):
    """Rows of a spreadsheet: tabs divide the cells."""

    allows_tabs = True


class DateField(forms.DateField):
    """A day, typed or picked; the browser's own picker speaks the reader's language."""

    widget = forms.DateInput(
        format="%Y-%m-%d",
        attrs={"type": "date", "min": EARLIEST.isoformat(), "max": LATEST.isoformat()},
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"], **kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if isinstance(value, date) and not EARLIEST <= value <= LATEST:
            message = _("Enter a year from %(first)d to %(last)d, with four digits.")
            years = {"first": EARLIEST.year, "last": LATEST.year}
            raise ValidationError(message, code="year", params=years)


class TimeField(forms.TimeField):
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%H:%M", "%H.%M", "%H:%M:%S"], **kwargs)


class LanguagesField(forms.MultipleChoiceField):
    """ISO 639-1 codes, sorted by their names in the reader's language."""

    widget = forms.CheckboxSelectMultiple(attrs={"class": "choices-two"})

    def __init__(self, *, codes: list[str] | None = None, **kwargs: Any) -> None:
        self.codes = codes or LANGUAGE_CODES
        super().__init__(choices=self._names, **kwargs)

    def _names(self) -> list[tuple[str, str]]:
        named = [(code, language_name(code)) for code in self.codes]
        return sorted(named, key=lambda pair: sort_key(pair[1]))


class RevisionField(forms.IntegerField):
    """The revision that a form was opened with."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, required=False, **kwargs)


def refuse_forbidden_characters(text: str, *, allow_lines: bool, allow_tabs: bool = False) -> None:
    found = forbidden_characters(text or "", allow_lines=allow_lines, allow_tabs=allow_tabs)
    if found:
        codes = ", ".join(f"U+{ord(char):04X}" for char in found[:5])
        message = ngettext_lazy(
            "This text contains a character that cannot be shown (%(codes)s). Remove it.",
            "This text contains characters that cannot be shown (%(codes)s). Remove them.",
            len(found),
        )
        raise ValidationError(message, code="characters", params={"codes": codes})
