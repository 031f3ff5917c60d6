from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchanges.domain.record import FIRST_HASH
from exchanges.domain.record_heads import (
    HeadLine,
    UnreadableLine,
    compare_line,
    read_line,
    read_lines,
)

HASH = "0123456789abcdef" * 4
LINE = HeadLine(date(2026, 12, 1), 1204, HASH)


def fault(line, **known):
    found = compare_line(line, **{"count": 2000, "hash_at": {1204: HASH}.get, **known})
    return found and (found.sentence, dict(found.about))


def test_a_line_is_day_count_and_hash():
    assert str(LINE) == f"2026-12-01 1204 {HASH}"


@given(st.dates(), st.integers(min_value=0, max_value=10**17))
def test_what_was_written_is_read_again(day, count):
    line = HeadLine(day, count, HASH)
    assert read_line(str(line)) == line


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"2026-12-01  1204 {HASH}",
        f"2026-13-01 1204 {HASH}",
        f"2026-12-01 01204 {HASH}",
        f"2026-12-01 -1 {HASH}",
        f"2026-12-01 1204 {HASH.upper()}",
        f"2026-12-01 1204 {HASH[1:]}",
        f"2026-12-01 1204 {HASH}\n",
        f"2026-12-01 1204 {HASH} x",
        "२०२६-12-01 1204 " + HASH,
    ],
)
def test_anything_else_is_no_line(text):
    assert read_line(text) is None


def test_lines_that_cannot_be_read_are_named_and_remarks_are_not():
    text = ["# ours", "", f"  {LINE}\r\n", "2026-12-0"]
    assert list(read_lines(text)) == [LINE, UnreadableLine(4)]


def test_a_head_of_this_record_has_no_fault():
    assert fault(LINE) is None
    assert fault(HeadLine(date(2026, 12, 1), 0, FIRST_HASH)) is None


def test_each_way_to_differ_is_named():
    about = {"day": "2026-12-01", "count": 1204}
    assert fault(LINE, hash_at={1204: "f" * 64}.get) == ("head_differs", about)
    assert fault(LINE, hash_at={}.get) == ("head_differs", about)
    assert fault(LINE, count=1203) == ("head_beyond", {**about, "now": 1203})
    nothing = HeadLine(date(2026, 12, 1), 0, HASH)
    assert fault(nothing) == ("head_differs", {"day": "2026-12-01", "count": 0})
    assert fault(UnreadableLine(3)) == ("head_unreadable", {"line": 3})
