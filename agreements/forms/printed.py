"""Text that is printed and signed: every character must have a picture in the PDF's typeface."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from exchanges.exports.pdf.typeface import MissingGlyph, require_glyphs
from exchanges.forms.fields import LineField, TextBlockField


def refuse_missing_glyphs(text: str) -> None:
    try:
        require_glyphs(text)
    except MissingGlyph as missing:
        raise ValidationError(str(missing), code="glyph") from missing


class PrintedLineField(LineField):
    def validate(self, value: Any) -> None:
        super().validate(value)
        refuse_missing_glyphs(value or "")


class PrintedBlockField(TextBlockField):
    def validate(self, value: Any) -> None:
        super().validate(value)
        refuse_missing_glyphs(value or "")
