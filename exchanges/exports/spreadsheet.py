"""Tables for spreadsheet programs, as CSV and as XLSX."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter
from django.utils.translation import get_language

# Where a cell begins, or would begin for a program that reads another separator.
FORMULA_STARTS = re.compile(r"\A(?=[\t\r]|\s*[=+\-@])|(?<=[,;\t\r\n])(?=[^\S\t\r\n]*[=+\-@])")
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Table:
    """Cells are texts, numbers, days, or None."""

    header: Sequence[str]
    rows: Iterable[Sequence[object]]


def file_of(table: Table, kind: str, *, at: datetime) -> bytes:
    """Return the table as a file of this kind, csv or xlsx."""
    return xlsx_bytes(table, at=at) if kind == "xlsx" else csv_bytes(table.header, table.rows)


def xlsx_bytes(table: Table, *, at: datetime) -> bytes:
    """A workbook in which numbers and days are such, and every text is only text."""
    content = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "remove_timezone": True,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"created": at.replace(tzinfo=None)})
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        sheet.write_row(0, 0, table.header, bold)
        for number, row in enumerate(table.rows, start=1):
            sheet.write_row(number, 0, [_value(each) for each in row])
        sheet.freeze_panes(1, 0)
        sheet.autofit(300)
    return content.getvalue()


def _value(cell: object) -> object:
    """Return what XLSX has a type for as it is, all else as text."""
    if isinstance(cell, Decimal):
        return float(cell)
    return cell if isinstance(cell, int | float | date | None) else str(cell)


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
