"""The first terms of an agreement, and the clause that follows its dates."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from babel.dates import format_date

from agreements.domain.clauses import TEMPLATE, fill
from agreements.domain.terms import Clause, PartyTerms, Terms, told_apart
from agreements.domain.validity import Validity

LANGUAGE = "en"
DURATION = "duration_and_notice"


@dataclass(frozen=True)
class DraftFacts:
    """What the template is filled with; names in English."""

    reference: str
    visit_reference: str
    host_city: str
    guest_cities: tuple[str, ...]
    topics: tuple[str, ...]
    coordinator: str
    parties: tuple[PartyTerms, ...]
    validity: Validity


def first_terms(facts: DraftFacts) -> Terms:
    """Return the clauses of the English template, filled."""
    cities = tuple(dict.fromkeys(party.city for party in facts.parties))
    fields = {
        "parties": in_words(told_apart(facts.parties)),
        "host_city": facts.host_city,
        "guest_cities": in_words(facts.guest_cities),
        "topics": "; ".join(facts.topics),
        "coordinator": facts.coordinator,
        **_duration_fields(facts.validity),
    }
    return Terms(
        reference=facts.reference,
        visit_reference=facts.visit_reference,
        title=f"Long-term partnership of {in_words(cities)}"[:200],
        parties=facts.parties,
        clauses=fill(TEMPLATE, fields),
        valid_from=facts.validity.first,
        valid_until=facts.validity.last,
        notice_months=facts.validity.notice_months,
        languages=(LANGUAGE,),
        authentic_language=LANGUAGE,
    )


def follow_dates(old: Terms, new: Terms) -> Terms:
    """Return `new` with the clause on duration filled anew, when nobody wrote into it.

    So the dates in the text and the dates of the terms stay the same.
    """
    if _duration(new) != _duration_clause(old):
        return new
    clause = _duration_clause(new)
    return replace(
        new, clauses=tuple(clause if each.key == DURATION else each for each in new.clauses)
    )


def in_words(names: Sequence[str]) -> str:
    """Return them as a list in words: A, B and C."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def free_key(taken: set[str]) -> str:
    """A key for a clause that somebody adds."""
    number = 1
    while f"own-{number}" in taken:
        number += 1
    return f"own-{number}"


def _duration(terms: Terms) -> Clause | None:
    return next((clause for clause in terms.clauses if clause.key == DURATION), None)


def _duration_clause(terms: Terms) -> Clause:
    template = tuple(clause for clause in TEMPLATE if clause.key == DURATION)
    validity = Validity(terms.valid_from, terms.valid_until, terms.notice_months)
    return fill(template, _duration_fields(validity))[0]


def _duration_fields(validity: Validity) -> dict[str, str]:
    return {
        "valid_from": _day(validity.first),
        "valid_until": _day(validity.last),
        "notice_months": str(validity.notice_months),
    }


def _day(day: date) -> str:
    return format_date(day, "d MMMM y", locale=LANGUAGE)
