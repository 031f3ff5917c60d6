"""docs/security.md has one row for each requirement, and names only what exists."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from tests.mlp_planner.asvs import requirements

PAGE = (settings.BASE_DIR / "docs/security.md").read_text()
ROW = re.compile(
    r"^\| v5\.0\.0-([\d.]+) \| ([12]) \| (fulfilled|not applicable|operator|open) \| (.+) \|$", re.M
)
ROWS = ROW.findall(PAGE)
NAMED = re.compile(r"`((?:[\w.-]+/)+[\w.-]+\.\w+|[\w-]+\.(?:md|toml|py|json))(?:::(\w+))?`")


def test_the_list_has_as_many_requirements_as_the_standard() -> None:
    assert Counter(requirements().values()) == {"1": 70, "2": 183}


def test_each_requirement_has_one_row_in_order() -> None:
    assert [(number, level) for number, level, *_rest in ROWS] == list(requirements().items())
    assert len(ROWS) == PAGE.count("| v5.0.0-")


def test_the_sums_are_right() -> None:
    counted = Counter(state for _number, _level, state, _words in ROWS)
    said = {
        state: int(number) for state, number in re.findall(r"\*\*([a-z ]+)\*\*: .* (\d+) \|", PAGE)
    }
    assert said == counted


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_row_names_what_exists(row: tuple[str, str, str, str]) -> None:
    _number, _level, state, words = row
    found = [(Path(settings.BASE_DIR / name), test) for name, test in NAMED.findall(words)]
    for path, test in found:
        assert path.exists(), path
        if test:
            assert f"def {test}(" in path.read_text(), (path, test)
    if state == "fulfilled":
        tests = [path for path, _test in found if path.is_relative_to(settings.BASE_DIR / "tests")]
        assert tests, "a test"
        assert len(tests) < len(found), "a file besides the test"
