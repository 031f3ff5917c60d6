from enum import StrEnum

import pytest

from agreements import enums
from agreements.labels import LABELS, choices

ENUMS = [each for each in vars(enums).values() if isinstance(each, type) and each is not StrEnum]


@pytest.mark.parametrize("values", ENUMS)
def test_every_value_has_a_label(values: type[StrEnum]) -> None:
    assert set(LABELS[values]) == set(values)
    assert [value for value, _name in choices(values)] == [each.value for each in values]
