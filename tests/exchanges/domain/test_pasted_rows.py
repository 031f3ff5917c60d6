"""Rows as spreadsheets and CSV files write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchanges.domain.pasted_rows import read_rows, write_rows

CELLS = st.text(
    min_size=1, alphabet=st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=8
)


@pytest.mark.parametrize(
    "text",
    [
        "City of Milan\tMilan\r\nCGIL; Milan\tMilan\r\n",
        '"City of Milan";Milan\n"CGIL; Milan";Milan\n',
        '\ufeffCity of Milan,Milan\n\n,,\n"CGIL; Milan",Milan',
        'City of Milan\tMilan\n"CGIL;\n Milan"\t Milan ',
    ],
)
def test_separator_quotes_and_empty_rows(text: str) -> None:
    assert read_rows(text) == [["City of Milan", "Milan"], ["CGIL; Milan", "Milan"]]


def test_nothing_is_no_row() -> None:
    assert read_rows(" \n\t\n") == []


@given(st.lists(st.lists(CELLS, min_size=2, max_size=5), min_size=1, max_size=5))
def test_what_is_written_is_read_back(rows: list[list[str]]) -> None:
    assert read_rows(write_rows(rows)) == rows
