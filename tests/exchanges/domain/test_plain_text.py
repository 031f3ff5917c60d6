import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchanges.domain.plain_text import plain


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
