import pytest

from agreements.domain.clauses import TEMPLATE, ClauseTemplate, WrongFields, fill, template_fields
from tests.agreements.sample_terms import FIELDS

KEYS = [
    "purpose",
    "cooperation",
    "topics",
    "responsibilities",
    "contact_points",
    "duration_and_notice",
    "data_protection",
    "costs",
    "visibility",
    "amendments",
    "disputes",
]


def test_the_template_has_its_clauses_and_fields() -> None:
    assert [clause.key for clause in TEMPLATE] == KEYS
    assert template_fields(TEMPLATE) == FIELDS.keys()


def test_a_filled_template_holds_every_value_and_no_field() -> None:
    text = "\n".join(clause.text for clause in fill(TEMPLATE, FIELDS))

    assert "{" not in text
    assert all(value in text for value in FIELDS.values())


def test_missing_empty_and_unknown_fields_are_refused_by_name() -> None:
    fields = {**FIELDS, "topics": " ", "mayor": "Maria"}
    del fields["coordinator"]

    with pytest.raises(WrongFields) as caught:
        fill(TEMPLATE, fields)

    assert caught.value.missing == {"topics", "coordinator"}
    assert caught.value.unknown == {"mayor"}


def test_an_empty_unknown_field_is_refused_too() -> None:
    with pytest.raises(WrongFields) as caught:
        fill(TEMPLATE, {**FIELDS, "mayor": ""})

    assert (caught.value.missing, caught.value.unknown) == (frozenset(), {"mayor"})


def test_braces_in_a_value_are_text() -> None:
    template = (ClauseTemplate("one", "{a}", "{a} and {b}"),)

    (clause,) = fill(template, {"a": "{b}", "b": "{a.__class__} {0} \\1"})

    assert (clause.heading, clause.text) == ("{b}", "{b} and {a.__class__} {0} \\1")


def test_a_field_cannot_reach_into_its_value() -> None:
    template = (ClauseTemplate("one", "Heading", "{a.__class__}"),)

    with pytest.raises(WrongFields):
        fill(template, {"a": "text"})
