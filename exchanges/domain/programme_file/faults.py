"""The faults of a programme file as lines: the path in the file, then what is wrong there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from exchanges.domain.programme_file.kinds import shown
from exchanges.enums import PartnerRole

EXPECTED = {
    "bool_type": "true or false",
    "dict_type": "an object",
    "int_type": "a whole number",
    "model_type": "an object",
    "string_type": "text",
    "tuple_type": "a list",
}


def faults_in(error: ValidationError) -> Iterator[str]:
    """Return what pydantic found, in our words; a type of error without words here is a bug."""
    for each in error.errors(include_url=False):
        yield f"{_path(each['loc'])}: {_words(each)}"


def _path(steps: tuple[int | str, ...]) -> str:
    """cities[0].names.en; a key that is wrong itself has the path of its value."""
    if steps[-1:] == ("[key]",):
        steps = steps[:-1]
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return path.removeprefix(".") or "file"


def _words(error: ErrorDetails) -> str:
    if error["type"] == "missing" or error["input"] is None:
        return "missing"
    if error["type"] == "extra_forbidden":
        return "unknown key"
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    return f"{EXPECTED[error['type']]} is expected, not {shown(error['input'])}"


def faults_between_entries(content: Any) -> Iterator[str]:
    """Return faults that no value shows alone, in the file as it was parsed.

    Pydantic would check this only in a file that has no other fault; a person wants to read all
    faults at once.
    """
    for key in ("cities", "organisations", "topics", "practices"):
        yield from _repeated(entries(content, key), "slug")
    held = entries(content, "exchanges_held")
    yield from _repeated(held, "key")
    yield from _repeated(entries(content, "events_held"), "key")
    for path, entry in held.items():
        for one, other in (("start_date", "end_date"), ("end_date", "start_date")):
            if entry.get(one) is not None and entry.get(other) is None:
                yield f"{path}.{other}: missing"
    programme = content.get("programme") if isinstance(content, dict) else None
    if isinstance(programme, dict):
        yield from _repeated(entries(programme, "partner_budgets", "programme."), "organisation")
        yield from _too_many(programme.get("max_exchanges"), list(held.values()))
        yield from _wrong_coordinator(programme.get("coordinator"), content)


def entries(parent: Any, key: str, before: str = "") -> dict[str, dict[str, Any]]:
    """Return the objects in a list of the file, by their paths."""
    found = parent.get(key) if isinstance(parent, dict) else None
    return {
        f"{before}{key}[{number}]": each
        for number, each in enumerate(found if isinstance(found, list) else [])
        if isinstance(each, dict)
    }


def _repeated(objects: dict[str, dict[str, Any]], key: str) -> Iterator[str]:
    """Every entry whose `key` an entry before it has."""
    seen: dict[str, str] = {}
    for path, entry in objects.items():
        value = entry.get(key)
        if not isinstance(value, str):
            continue
        if value in seen:
            yield f"{path}.{key}: {shown(value)} stands there already, at {seen[value]}.{key}"
        seen.setdefault(value, path)


def _too_many(most: Any, held: list[dict[str, Any]]) -> Iterator[str]:
    counted = sum(entry.get("counts_as_exchange") is not False for entry in held)
    if type(most) is int and most < counted:
        yield (
            f"programme.max_exchanges: {most} is fewer than the {counted} exchanges held that count"
        )


def _wrong_coordinator(slug: Any, content: Any) -> Iterator[str]:
    for entry in entries(content, "organisations").values():
        role = entry.get("partner_role")
        if entry.get("slug") == slug and role not in (None, PartnerRole.COORDINATOR):
            yield f"programme.coordinator: {shown(slug)} has another role than coordinator"
            return
