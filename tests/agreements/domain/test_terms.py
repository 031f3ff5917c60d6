import hashlib
import json
import unicodedata
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.domain.terms import (
    FORMAT,
    FORMATS,
    Clause,
    InvalidTerms,
    PartyTerms,
    Terms,
    canonical,
    from_json,
    terms_hash,
)
from tests.agreements.sample_terms import TERMS

words = st.text(max_size=12)
keys = st.sampled_from(["a", "b", "č", "e\u0301", "Ж"])
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
parties = st.lists(
    st.builds(PartyTerms, keys, words, words, words, words, words),
    max_size=3,
    unique_by=lambda party: party.slug,
)
clauses = st.lists(
    st.builds(Clause, keys, words, words), max_size=3, unique_by=lambda clause: clause.key
)


@st.composite
def all_terms(draw: st.DrawFn) -> Terms:
    first, last = sorted((draw(days), draw(days)))
    languages = draw(st.lists(st.sampled_from(["en", "fr", "el"]), min_size=1, unique=True))
    return Terms(
        reference=draw(words),
        visit_reference=draw(words),
        title=draw(words),
        parties=tuple(draw(parties)),
        clauses=tuple(draw(clauses)),
        valid_from=first,
        valid_until=last,
        notice_months=draw(st.integers(0, 60)),
        languages=tuple(languages),
        authentic_language=languages[0],
    )


def as_data(terms: Terms) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(canonical(terms))
    return data


def shuffled(value: Any) -> Any:
    """The same JSON with all its keys in the opposite order."""
    if isinstance(value, dict):
        return {key: shuffled(value[key]) for key in reversed(value)}
    return [shuffled(item) for item in value] if isinstance(value, list) else value


@given(all_terms())
def test_terms_come_back_from_their_json(terms: Terms) -> None:
    assert from_json(canonical(terms)) == terms
    assert from_json(canonical(terms).decode()) == terms


@given(all_terms())
def test_the_order_of_keys_and_spaces_do_not_matter(terms: Terms) -> None:
    again = from_json(json.dumps(shuffled(as_data(terms)), indent=2))

    assert canonical(again) == canonical(terms)


@given(all_terms(), all_terms())
def test_hashes_are_equal_exactly_when_terms_are(one: Terms, other: Terms) -> None:
    assert (terms_hash(one) == terms_hash(other)) == (one == other)


@given(all_terms(), words)
def test_a_decomposed_text_has_the_same_hash(terms: Terms, title: str) -> None:
    composed = replace(terms, title=unicodedata.normalize("NFC", title))
    decomposed = replace(terms, title=unicodedata.normalize("NFD", title))

    assert terms_hash(composed) == terms_hash(decomposed)


def test_canonical_json_is_sorted_tight_and_readable() -> None:
    terms = Terms(
        reference="R",
        visit_reference="V",
        title='Lie\u0300ge "&"',
        parties=(PartyTerms("eka", "EKA", "Κέντρο", "Athens", "GR", "umn_member"),),
        clauses=(Clause("costs", "Costs", "none\nat all"),),
        valid_from=date(2027, 1, 1),
        valid_until=date(2027, 12, 31),
        notice_months=3,
        languages=("en",),
        authentic_language="en",
    )

    expected = (
        '{"authentic_language":"en",'
        '"clauses":[{"heading":"Costs","key":"costs","text":"none\\nat all"}],'
        '"format":"mlp-agreement-terms/1","languages":["en"],"notice_months":3,'
        '"parties":[{"city":"Athens","country":"GR","name":"EKA","native_name":"Κέντρο",'
        '"role":"umn_member","slug":"eka"}],"reference":"R","title":"Liège \\"&\\"",'
        '"valid_from":"2027-01-01","valid_until":"2027-12-31","visit_reference":"V"}'
    ).encode()
    assert canonical(terms) == expected
    assert terms_hash(terms) == hashlib.sha256(expected).hexdigest()


def test_invisible_characters_are_not_part_of_the_terms() -> None:
    assert replace(TERMS, title="One\u202e \x00two") == replace(TERMS, title="One two")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"extra": 1}, r"terms\.extra is unknown"),
        ({"format": "mlp-agreement-terms/2"}, r"terms\.format"),
        ({"notice_months": "3"}, r"terms\.notice_months is not of the type int"),
        ({"notice_months": True}, r"terms\.notice_months"),
        ({"notice_months": 3.0}, r"terms\.notice_months"),
        ({"notice_months": -1}, "notice"),
        ({"title": None}, r"terms\.title is not of the type str"),
        ({"valid_from": "20270101"}, r"terms\.valid_from is not a day"),
        ({"valid_from": "2027-02-30"}, r"terms\.valid_from is not a day"),
        ({"valid_until": "2026-12-31"}, "end before they start"),
        ({"languages": "en"}, r"terms\.languages"),
        ({"languages": ["en", 5]}, r"terms\.languages"),
        ({"languages": ["en", "en"]}, "'en' is there twice"),
        ({"authentic_language": "fr"}, "authentic language"),
        ({"clauses": [{"key": "a", "heading": "b"}]}, r"terms\.clauses\[0\]\.text is missing"),
        ({"clauses": [{"key": "a", "heading": "b", "text": 1}]}, r"terms\.clauses\[0\]\.text"),
        ({"clauses": [5]}, r"terms\.clauses\[0\]"),
        ({"parties": {}}, r"terms\.parties"),
    ],
)
def test_json_that_holds_no_terms_is_refused_with_its_path(
    change: dict[str, Any], fault: str
) -> None:
    with pytest.raises(InvalidTerms, match=fault):
        from_json(json.dumps(as_data(TERMS) | change))


@pytest.mark.parametrize(
    "source", ["", "[]", "{", b"\xff", "null", "[" * 100_000, '{"title":"a","title":"b"}']
)
def test_other_input_is_refused(source: bytes | str) -> None:
    with pytest.raises(InvalidTerms):
        from_json(source)


def test_a_party_cannot_be_there_twice() -> None:
    with pytest.raises(InvalidTerms, match="'eka' is there twice"):
        replace(TERMS, parties=tuple(replace(party, slug="eka") for party in TERMS.parties))


STORED = Path(__file__).parent / "stored"


@pytest.mark.parametrize("path", sorted(STORED.glob("*.json")), ids=lambda path: path.stem)
def test_what_was_stored_stays_readable_and_keeps_its_hash(path: Path) -> None:
    """`<format>-<first digits of the hash>.json`: a row as it stands in databases."""
    content = path.read_bytes()
    assert canonical(from_json(content)) == content
    assert path.stem.endswith(terms_hash(from_json(content))[:16])


def test_there_is_a_stored_row_of_every_format() -> None:
    stored = {json.loads(path.read_bytes())["format"] for path in STORED.glob("*.json")}
    assert stored == set(FORMATS)


def test_every_field_is_in_the_newest_format() -> None:
    newest = FORMATS[FORMAT]
    names = [{each.name for each in fields(kind)} for kind in (Terms, PartyTerms, Clause)]
    names[0].remove("format")
    assert names == [set(newest.terms), set(newest.party), set(newest.clause)]


def test_a_newer_format_leaves_the_older_ones_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    old = canonical(TERMS)
    without_roles = replace(FORMATS[FORMAT], party=("city", "country", "name", "slug"))
    monkeypatch.setitem(FORMATS, "mlp-agreement-terms/2", without_roles)
    assert canonical(from_json(old)) == old
    assert replace(TERMS, format="mlp-agreement-terms/2") == TERMS
    assert b"umn_member" not in canonical(replace(TERMS, format="mlp-agreement-terms/2"))
