"""A programme as a JSON file: either all that it says, or every fault with its path."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from exchanges.domain.programme_file import network, programme
from exchanges.domain.programme_file.facts import (
    CityFacts,
    EventFacts,
    HeldFacts,
    NextProgrammeFacts,
    OrganisationFacts,
    PracticeFacts,
    ProfileFacts,
    ProgrammeFacts,
    ProgrammeFile,
    TopicFacts,
)
from exchanges.domain.programme_file.known import Known, slugs_in
from exchanges.domain.programme_file.reading import Node

__all__ = [
    "CityFacts",
    "EventFacts",
    "HeldFacts",
    "NextProgrammeFacts",
    "OrganisationFacts",
    "PracticeFacts",
    "ProfileFacts",
    "ProgrammeFacts",
    "ProgrammeFile",
    "TopicFacts",
    "WrongFile",
    "read_programme_file",
]


class WrongFile(ValueError):
    """`faults` are lines such as `organisations[3].city: unknown city "liige"`."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


def read_programme_file(content: bytes) -> ProgrammeFile:
    """Raises WrongFile with all faults."""
    faults: list[str] = []
    file = Node(_parsed(content), "", faults)
    file.members()
    known = Known(
        cities=slugs_in(file, "cities"),
        organisations=slugs_in(file, "organisations"),
        topics=slugs_in(file, "topics"),
    )
    found = ProgrammeFile(
        programme=programme.read_programme(file, known),
        cities=network.read_cities(file, known),
        organisations=network.read_organisations(file, known),
        topics=network.read_topics(file),
        practices=network.read_practices(file, known),
        held=programme.read_held(file, known),
        events=programme.read_events(file, known),
        next_programme=programme.read_next_programme(file),
    )
    programme.refuse_too_many(file, found.held, found.programme.max_exchanges)
    programme.refuse_wrong_coordinator(file, found.programme.coordinator)
    if faults:
        raise WrongFile(list(dict.fromkeys(faults)))
    return found


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"), parse_float=Decimal, parse_constant=str)
    except UnicodeDecodeError as error:
        raise WrongFile([f"byte {error.start + 1}: the file is not UTF-8"]) from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise WrongFile([f"{place}: the file is not JSON: {error.msg}"]) from None
    except (ValueError, RecursionError):
        raise WrongFile(["the file is not JSON that can be read: too deep or too large"]) from None
