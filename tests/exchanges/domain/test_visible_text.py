import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchanges.domain.text import fold
from exchanges.domain.visible_text import (
    has_letter_or_digit,
    invisible_in,
    visible_name,
    without_invisible,
)

UNSEEN = (
    *"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180e\u200b\u200c\u200d\u200e\u200f",
    *"\u2060\u2061\u2064\u206a\u2800\u3164\ufe00\ufe0f\ufeff\uffa0\ufff9\ue000",
    *"\U0001bca0\U0001d173\U000e0001\U000e0041\U000e0100\U000f0000",
)
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize("sign", UNSEEN, ids=lambda sign: f"U+{ord(sign):04X}")
def test_a_name_with_a_character_that_nobody_sees_is_the_name_without_it(sign: str) -> None:
    for name in (f"Li{sign}ège", f"{sign}Liège", f"Liège{sign}", f"Lie{sign}\u0300ge"):
        assert fold(name) == fold("Liège")
        assert visible_name(name) == "Liège"
        assert invisible_in(name) == (sign,)
    assert not has_letter_or_digit(f"{sign} .{sign}")


def test_every_format_character_of_python_is_invisible() -> None:
    signs = (chr(code) for code in range(sys.maxunicode + 1))

    assert [c for c in signs if unicodedata.category(c) == "Cf" and without_invisible(c)] == []


@pytest.mark.parametrize("name", ["می\u200cخواهم", "ශ\u0dca\u200dර\u0dd3", "ക\u0d4d\u200cഷ"])
def test_a_joiner_stays_where_the_script_needs_it_and_does_not_count_in_search(name: str) -> None:
    assert visible_name(name) == name
    assert invisible_in(name) == ()
    assert fold(name) == fold(name.replace("\u200c", "").replace("\u200d", ""))


@pytest.mark.parametrize("name", ["Li\u200cège", "Li\u200dège", "\u200cخ", "خ\u200c", "خ\u200da"])
def test_a_joiner_goes_where_no_script_needs_it(name: str) -> None:
    assert len(visible_name(name)) == len(name) - 1


def test_a_name_has_single_spaces() -> None:
    assert visible_name(" City\u00a0 of \u2003Liège\u200b ") == "City of Liège"


@pytest.mark.parametrize("name", ["7", "Æ", "東", "א", "½", "م"])
def test_a_letter_or_digit_of_any_script_is_something_to_read(name: str) -> None:
    assert has_letter_or_digit(name)


@pytest.mark.parametrize("name", ["", "…", "—", "\u0301", "☂", "\u3164", "\u115f\u1160"])
def test_signs_alone_are_nothing_to_read(name: str) -> None:
    assert not has_letter_or_digit(name)


@given(ANY_TEXT)
def test_a_visible_name_is_settled(text: str) -> None:
    once = visible_name(text)

    assert visible_name(once) == once
    assert invisible_in(once) == ()


@given(ANY_TEXT)
def test_folding_is_settled(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Liège", "LIEGE"),
        ("Straße", "STRASSE"),
        ("L’Aquila", "L'Aquila"),
        ("Saint\u2011Denis", "Saint-Denis"),
        ("ﬁnance ℌ", "FINANCE h"),
        ("Αθήνας", "ΑΘΗΝΑΣ"),
        ("City  of\u00a0Milan", "city of milan"),
    ],
)
def test_what_people_read_as_the_same_folds_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)
