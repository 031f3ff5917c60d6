"""What was stored stays readable, also when a newer program writes more."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from exchanges.plans.domain.snapshot import (
    REQUESTS,
    RESULTS,
    UnknownFormat,
    from_json,
    result_data,
    result_of,
    to_json,
)

STORED = Path(__file__).parent / "stored"


def test_a_stored_request_is_read_and_written_as_it_was() -> None:
    text = (STORED / "request-1.json").read_text()
    assert to_json(from_json(text)) == text


def test_a_stored_result_is_read_though_it_names_no_format() -> None:
    data = json.loads((STORED / "result-1.json").read_text())
    assert "format" not in data
    assert result_data(result_of(data)) == data | {"format": 1}


def test_there_is_a_stored_row_of_every_format() -> None:
    for readers, name in ((REQUESTS, "request"), (RESULTS, "result")):
        assert {STORED / f"{name}-{number}.json" for number in readers} == set(
            STORED.glob(f"{name}-*.json")
        )


@pytest.mark.parametrize("read", [lambda data: from_json(json.dumps(data)), result_of])
def test_what_a_newer_program_wrote_is_named(read: Callable[[Any], Any]) -> None:
    with pytest.raises(UnknownFormat, match="format 99"):
        read({"format": 99})
