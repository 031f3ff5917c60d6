import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchanges.exports.calendar.ical.content_lines import encoded, escaped, quoted, safe_text, uri

LONG_TEXTS = [
    "Ενιαία εξυπηρέτηση μεταναστών και προσφύγων στον Δήμο Αθηναίων: επίσκεψη και συζήτηση",
    "Обслужване на едно гише: разговор с екипа на Столична община и на КНСБ за интеграцията",
    "👩‍👩‍👧‍👦🏳️‍🌈" * 12,
    "a" * 300,
    "aж€😀" * 40,
]


@pytest.mark.parametrize("text", LONG_TEXTS)
@pytest.mark.parametrize("shift", range(5))
def test_long_line_is_folded_at_75_octets_between_characters(text: str, shift: int) -> None:
    line = "X" * shift + text
    document = encoded([line])
    assert document.endswith(b"\r\n")
    pieces = document[:-2].split(b"\r\n")
    assert all(len(piece) <= 75 for piece in pieces)
    assert all(len(piece) > 71 for piece in pieces[:-1])
    assert "".join(piece.decode().removeprefix(" ") for piece in pieces) == line


@pytest.mark.parametrize(("octets", "lines"), [(75, 1), (76, 2), (149, 2), (150, 3)])
def test_folding_starts_after_75_octets(octets: int, lines: int) -> None:
    assert encoded(["a" * octets]).count(b"\r\n") == lines


@given(st.lists(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]))))
def test_unfolding_gives_back_the_lines(lines: list[str]) -> None:
    document = encoded(lines)
    assert max(len(piece) for piece in document.split(b"\r\n")) <= 75
    unfolded = document.replace(b"\r\n ", b"").decode()
    if not any(line.startswith(" ") for line in lines):
        assert unfolded == "".join(f"{line}\r\n" for line in lines)


def test_special_characters_are_escaped() -> None:
    assert escaped("C:\\New; a, b\r\nc\rd\u2028e") == r"C:\\New\; a\, b\nc\nd\ne"


def test_control_characters_overrides_and_surrogates_are_stripped() -> None:
    hostile = "a\x00b\x07c\x1bd\x7fe\x85f\u202eg\u2066h\ud800i\x0bj"
    assert safe_text(hostile) == "abcdefghij"


def test_marks_and_joiners_that_scripts_need_are_kept() -> None:
    text = "👩‍👧 \u200e\u200f\u200b\ufeff\xa0\t"
    assert safe_text(text) == text


@given(st.text(st.characters()))
def test_safe_text_holds_nothing_that_could_end_a_line(text: str) -> None:
    kept = safe_text(text).replace("\n", "").replace("\t", "")
    assert not any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} for c in kept)
    assert safe_text(kept) == kept


def test_parameter_cannot_be_left() -> None:
    assert quoted('a";X=1:b\r\nc') == '"a\';X=1:b c"'


def test_address_cannot_hold_lines_or_spaces() -> None:
    assert uri("https://a.example/b?c=d&e=%20#f") == "https://a.example/b?c=d&e=%20#f"
    assert uri('https://a.example/é\r\nX-EVIL:1 "') == "https://a.example/%C3%A9X-EVIL:1%20%22"
