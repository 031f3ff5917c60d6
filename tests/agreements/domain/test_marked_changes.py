from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from agreements.domain.marked_changes import MOST_WORDS, marked, marked_clauses
from agreements.domain.terms import Clause
from tests.agreements.sample_terms import TERMS

texts = st.text(alphabet="ab .\n", max_size=60)


def kept(pieces, *kinds):
    return "".join(piece.text for piece in pieces if piece.kind in kinds)


@given(texts, texts)
def test_marks_hold_both_texts(before, after):
    pieces = marked(before, after)
    assert kept(pieces, "same", "added") == after
    assert kept(pieces, "same", "removed") == before


def test_only_changed_words_are_marked():
    pieces = marked("six months of notice", "three months of notice")
    assert [(piece.kind, piece.text) for piece in pieces] == [
        ("removed", "six"),
        ("added", "three"),
        ("same", " months of notice"),
    ]


def test_very_long_texts_are_marked_as_a_whole():
    before, after = "a " * MOST_WORDS, "b " * MOST_WORDS
    assert [piece.kind for piece in marked(before, after)] == ["removed", "added"]


def test_first_version_has_no_marks():
    terms = TERMS
    clauses = marked_clauses(None, terms)
    assert [clause.key for clause in clauses] == [clause.key for clause in terms.clauses]
    assert not any(clause.is_changed for clause in clauses)


def test_added_removed_and_changed_clauses_are_marked():
    old = TERMS
    first, *rest = old.clauses
    changed = replace(rest[0], text=rest[0].text + "\nOne more line.")
    added = Clause("own-1", "Extra", "Text.")
    clauses = marked_clauses(old, replace(old, clauses=(changed, *rest[1:], added)))
    kinds = {clause.key: clause.kind for clause in clauses}
    assert kinds[first.key] == "removed"
    assert kinds["own-1"] == "added"
    assert clauses[0].key == first.key
    by_key = {clause.key: clause for clause in clauses}
    assert by_key[changed.key].is_changed
    assert kept(by_key[changed.key].paragraphs[-1].pieces, "added") == "One more line."
