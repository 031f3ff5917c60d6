from dataclasses import replace
from datetime import date

import pytest

from agreements.domain.drafting import (
    DURATION,
    DraftFacts,
    first_terms,
    follow_dates,
    free_key,
    in_words,
)
from agreements.domain.validity import Validity
from tests.agreements.sample_terms import PARTIES


def draft():
    return first_terms(
        DraftFacts(
            reference="UMN-2026-A001",
            visit_reference="UMN-2026-003",
            host_city="Ljubljana",
            guest_cities=("Sofia", "Athens"),
            topics=("One-stop shops and information points", "Housing"),
            coordinator="ETUC",
            parties=PARTIES,
            validity=Validity(date(2026, 11, 22), date(2029, 11, 22), 6),
        )
    )


def duration(terms):
    return next(clause.text for clause in terms.clauses if clause.key == DURATION)


def test_template_is_filled():
    terms = draft()
    text = "\n".join(clause.text for clause in terms.clauses)
    assert "{" not in text
    assert "with guests from Sofia and Athens" in text
    assert "One-stop shops and information points; Housing" in text
    assert "from 22 November 2026" in duration(terms)
    assert "in months is 6" in duration(terms)


def test_clause_on_duration_follows_the_dates():
    old = draft()
    new = follow_dates(old, replace(old, valid_until=date(2028, 1, 31), notice_months=3))
    assert "until 31 January 2028" in duration(new)
    assert "in months is 3" in duration(new)


def test_rewritten_clause_on_duration_stays():
    old = draft()
    ours = tuple(
        replace(clause, text="Our own words.") if clause.key == DURATION else clause
        for clause in old.clauses
    )
    written = replace(old, clauses=ours, valid_until=date(2028, 1, 31))
    assert follow_dates(old, written) == written


def test_removed_clause_on_duration_stays_away():
    old = draft()
    without = tuple(clause for clause in old.clauses if clause.key != DURATION)
    assert follow_dates(old, replace(old, clauses=without)).clauses == without


@pytest.mark.parametrize(
    ("names", "words"),
    [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")],
)
def test_names_are_listed(names, words):
    assert in_words(names) == words


def test_key_of_a_new_clause_is_free():
    assert free_key({"purpose", "own-1", "own-3"}) == "own-2"
