from dataclasses import replace
from datetime import date

from hypothesis import given

from agreements.domain.differences import Difference, differences
from agreements.domain.terms import Clause, PartyTerms, Terms
from tests.agreements.domain.test_terms import all_terms
from tests.agreements.sample_terms import TERMS


@given(all_terms(), all_terms())
def test_there_are_differences_exactly_when_terms_differ(old: Terms, new: Terms) -> None:
    assert bool(differences(old, new)) == (old != new)
    assert differences(old, old) == ()


def test_differences_name_what_was_added_removed_and_changed() -> None:
    first, *rest = TERMS.clauses
    new = replace(
        TERMS,
        notice_months=6,
        valid_until=date(2031, 12, 31),
        parties=(*TERMS.parties[:-1], PartyTerms("uil", "UIL", "UIL", "Milan", "IT", "umn_member")),
        clauses=(Clause("new", "New", "Text"), *rest[:-1], replace(rest[-1], text="Other")),
    )

    found = differences(TERMS, new)

    assert found == (
        Difference("valid_until", "", "2030-12-31", "2031-12-31"),
        Difference("notice_months", "", "3", "6"),
        Difference("parties", "city-of-liege", "City of Liège", None),
        Difference("parties", "uil", None, "UIL"),
        Difference("clauses", "purpose", f"{first.heading}\n{first.text}", None),
        Difference("clauses.text", "disputes", rest[-1].text, "Other"),
        Difference("clauses", "new", None, "New\nText"),
    )
    assert [difference.change for difference in found] == [
        "changed",
        "changed",
        "removed",
        "added",
        "removed",
        "changed",
        "added",
    ]


def test_a_new_order_of_clauses_is_a_difference() -> None:
    one, two = TERMS.clauses[:2]
    old, new = replace(TERMS, clauses=(one, two)), replace(TERMS, clauses=(two, one))

    assert differences(old, new) == (
        Difference("clauses", "", "purpose, cooperation", "cooperation, purpose"),
    )
