from enum import StrEnum

import pytest

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
