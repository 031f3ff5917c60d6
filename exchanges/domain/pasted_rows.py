"""Rows as spreadsheets copy them, or as a CSV holds them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

SEPARATORS = ("\t", ";", ",")


def read_rows(text: str) -> list[list[str]]:
    """Return the cells of each row that is not empty, up to the last with anything in it.

    The separator is the one that the first line has most of. A quoted cell may hold it, and line
    ends too.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "").strip("\n")
    first = next((line for line in text.split("\n") if line.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    cells = csv.reader(StringIO(text, newline=""), delimiter=separator)
    rows = (_without_empty_end([" ".join(cell.split()) for cell in row]) for row in cells)
    return [row for row in rows if row]


def _without_empty_end(row: list[str]) -> list[str]:
    filled = [number for number, cell in enumerate(row, start=1) if cell]
    return row[: filled[-1]] if filled else []


def write_rows(rows: Iterable[Sequence[str]]) -> str:
    """Return text that `read_rows` reads back, with tabs between the cells."""
    out = StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(rows)
    return out.getvalue()
