"""Tables for spreadsheet programs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import get_language

# Where a cell begins, or would begin for a program that reads another separator.
FORMULA_STARTS = re.compile(r"\A(?=[\t\r]|\s*[=+\-@])|(?<=[,;\t\r\n])(?=[^\S\t\r\n]*[=+\-@])")
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def csv_bytes(header: Sequence[object], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV file in which no cell is taken for a formula.

    Excel needs the byte order mark to read Greek and Cyrillic. In languages with a decimal
    comma it expects semicolons between cells.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter="," if _decimal_point() == "." else ";")
    writer.writerow([_cell(each) for each in header])
    writer.writerows([_cell(each) for each in row] for row in rows)
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def _decimal_point() -> str:
    return "." if (get_language() or "en").startswith("en") else ","


def _cell(value: object) -> str:
    if isinstance(value, int | float | Decimal):
        return str(value).replace(".", _decimal_point())
    return FORMULA_STARTS.sub("'", "" if value is None else str(value))
