"""A programme as a JSON file: either all that it says, or every fault with its path."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from exchanges.domain.programme_file.facts import (
    CityInFile,
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
from exchanges.domain.programme_file.faults import entries, faults_between_entries, faults_in
from exchanges.domain.programme_file.kinds import Known

__all__ = [
    "CityInFile",
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
    parsed = _parsed(content)
    known = Known(
        city=_slugs(parsed, "cities"),
        organisation=_slugs(parsed, "organisations"),
        topic=_slugs(parsed, "topics"),
    )
    faults = list(faults_between_entries(parsed))
    try:
        file = ProgrammeFile.model_validate(parsed, context=known)
    except ValidationError as error:
        raise WrongFile([*faults_in(error), *faults]) from None
    if faults:
        raise WrongFile(faults)
    return file


def _slugs(parsed: Any, key: str) -> frozenset[str]:
    """Read before anything else, so that entries can refer to later ones."""
    slugs = (entry.get("slug") for entry in entries(parsed, key).values())
    return frozenset(slug for slug in slugs if isinstance(slug, str))


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
