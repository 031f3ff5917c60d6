import re
from enum import StrEnum
from pathlib import Path

import pytest

import agreements
import exchanges
from exchanges import enums
from exchanges.labels import LABELS, choices, label

ENUMS = [each for each in vars(enums).values() if isinstance(each, type) and each is not StrEnum]


@pytest.mark.parametrize("values", ENUMS)
def test_every_value_has_a_label(values: type[StrEnum]) -> None:
    assert set(LABELS[values]) == set(values)
    assert [value for value, _name in choices(values)] == [each.value for each in values]


def test_the_same_value_in_two_enums_has_two_labels() -> None:
    assert label(enums.Mover.HOST) == "Host"
    assert label(enums.Side.HOST) == "Host side"


def test_no_form_names_its_choices_before_it_knows_the_reader() -> None:
    """`label` gives words of the language that is active while the module is imported."""
    sources = [
        path
        for each in (agreements, exchanges)
        if each.__file__
        for path in Path(each.__file__).parent.rglob("*.py")
    ]
    early = re.compile(r"\bchoices=\[[^\]]*\blabel\(")
    assert [path for path in sources if early.search(path.read_text())] == []


def test_no_form_offers_an_enum_itself() -> None:
    """Django would take the class for a function that gives the choices."""
    roots = [Path(each.__file__).parent for each in (agreements, exchanges) if each.__file__]
    sources = [path for root in roots for path in root.rglob("*.py")]
    assert [path for path in sources if re.search(r"\bchoices=[A-Z][a-z]", path.read_text())] == []
