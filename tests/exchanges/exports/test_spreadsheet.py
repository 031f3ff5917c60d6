import csv
import io
from datetime import date
from decimal import Decimal
from zipfile import ZipFile

import pytest
from django.utils.translation import override

from exchanges.exports.spreadsheet import Table, csv_bytes, xlsx_bytes
from tests.moment import AT


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " ="])
def test_csv_cell_that_could_be_a_formula_gets_an_apostrophe(start: str) -> None:
    cell = start + 'HYPERLINK("http://evil.example")'
    assert read(csv_bytes([cell], [[cell]])) == [["'" + cell], ["'" + cell]]


def test_csv_begins_with_the_byte_order_mark_and_ends_lines_as_spreadsheets_expect() -> None:
    assert csv_bytes(["Město"], [["Λιέγη"]]) == b"\xef\xbb\xbf" + "Město\r\nΛιέγη\r\n".encode()


def test_csv_keeps_commas_quotes_and_lines_in_their_cell() -> None:
    row = ['a, "b"', "two\nlines", "София"]
    assert read(csv_bytes(["1", "2", "3"], [row]))[1] == row


def test_csv_writes_nothing_for_none_and_numbers_as_they_are() -> None:
    assert read(csv_bytes(["a", "b", "c"], [[None, 0, 12.5]]))[1] == ["", "0", "12.5"]


@pytest.mark.parametrize("text", ["", "UMN-2026-A001", "1-2", "a=b", "Ελλάδα", "'quoted"])
def test_csv_keeps_other_text_as_it_is(text: str) -> None:
    assert read(csv_bytes(["a", "b"], [[text, "x"]]))[1] == [text, "x"]


@pytest.mark.parametrize("before", [",", ";", "\t", "\n", "\r\n", "; "])
def test_csv_guards_what_begins_a_cell_under_another_separator(before: str) -> None:
    guarded = before.replace(" ", "") + "'" + " " * before.count(" ")
    assert read(csv_bytes([f"a{before}=1+1"], []))[0] == [f"a{guarded}=1+1"]


@pytest.mark.parametrize("language", ["fr", "it", "el", "sl", "bg"])
def test_csv_separates_and_writes_decimals_as_the_reader_s_excel_does(language: str) -> None:
    with override(language):
        content = csv_bytes(["a; b", "c"], [[12.5, -3]])
    assert content.decode("utf-8-sig") == '"a; b";c\r\n12,5;-3\r\n'


def test_a_workbook_has_numbers_days_and_plain_texts() -> None:
    table = Table(
        ["Name", "Euros", "Day"],
        [["=1+1", Decimal("12.50"), date(2027, 3, 9)], ["Λιέγη; Льеж\n=2", None, None]],
    )
    content = xlsx_bytes(table, at=AT)
    assert content == xlsx_bytes(table, at=AT)
    with ZipFile(io.BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        texts = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "<v>12.5</v>" in sheet
    assert f"<v>{(date(2027, 3, 9) - date(1899, 12, 30)).days}</v>" in sheet
    for text in ("Name", "=1+1", "Λιέγη; Льеж"):
        assert text in texts
