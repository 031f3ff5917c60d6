import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchanges.domain.plain_text import cleaned, forbidden_characters, plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Maria \u202edrazziL", "Maria drazziL"),
        ("\u2066A\u2069 \u200fB\ufeff", "A B"),
        ("nul\x00, bell\x07, delete\x7f", "nul, bell, delete"),
        ("Lie\u0300ge", "Liège"),
        ("e\u200b\u0300", "è"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("half \ud800 pair", "half  pair"),
        ("a\tb", "a b"),
    ],
)
def test_plain_leaves_what_a_reader_sees(text: str, expected: str) -> None:
    assert plain(text) == expected


@given(st.text(st.characters(exclude_categories=[])))
def test_plain_text_is_settled_and_can_be_encoded(text: str) -> None:
    once = plain(text)

    assert plain(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once.encode().decode() == once


@pytest.mark.parametrize(
    ("pasted", "block", "line"),
    [
        ("•\tone\r\n•\ttwo", "- one\n- two", "one two"),
        ("\uf0b7\tone\r\n\uf0a7 two", "- one\n- two", "one two"),
        ("one\x0btwo\x0cthree\x85four", "one\ntwo\nthree\nfour", "one two three four"),
        ("one\u2028two\u2029three", "one\ntwo\nthree", "one two three"),
        ("one\ttwo", "one two", "one two"),
        ("a · b", "a · b", "a · b"),
        ("Lie\u0300ge", "Liège", "Liège"),
        ("\u200b \u2060\t", "", ""),
    ],
)
def test_what_word_pastes_is_kept_as_a_reader_sees_it(pasted: str, block: str, line: str) -> None:
    assert cleaned(pasted, lines=True) == block
    assert " ".join(cleaned(pasted, lines=False).split()) == line


@given(st.text(st.characters(exclude_categories=[])), st.booleans())
def test_what_is_cleaned_is_settled(text: str, lines: bool) -> None:
    once = cleaned(text, lines=lines)
    assert cleaned(once, lines=lines) == once
    left = set(forbidden_characters(once, allow_lines=lines))
    assert not left & set("\t\r\x0b\x0c\x85\u2028\u2029")
