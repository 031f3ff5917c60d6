"""The hash chain of the record, and what can be wrong with it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

FIRST_HASH = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    number: int
    at: datetime
    actor: str
    verb: str
    subject_type: str
    subject_id: int
    data: dict[str, Any]
    previous_hash: str
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """`kind` is changed, missing, added, reordered, cut or head; `number` where it shows."""

    kind: str
    number: int
    words: str


def entry_hash(entry: Entry) -> str:
    """SHA-256 over everything in the entry but its own hash, as canonical JSON."""
    content = {
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "verb": entry.verb,
        "subject": [entry.subject_type, entry.subject_id],
        "data": entry.data,
        "previous": entry.previous_hash,
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def verify(entries: Iterable[Entry], *, count: int, head: str) -> list[Fault]:
    """Every fault of the chain, in its order. `entries` come by number; they are read once."""
    faults: list[Fault] = []
    expected, previous = 1, FIRST_HASH
    for entry in entries:
        if entry.number > expected:
            faults.append(_missing(expected, entry.number - 1))
        content_holds = entry_hash(entry) == entry.hash
        chain_holds = entry.previous_hash == previous or entry.number > expected
        if not content_holds:
            faults.append(Fault("changed", entry.number, f"event {entry.number} was changed"))
        elif not chain_holds:
            words = f"event {entry.number} does not follow the event before it"
            faults.append(Fault("reordered", entry.number, words))
        if entry.number > count:
            words = f"event {entry.number} was added: the record ends at {count}"
            faults.append(Fault("added", entry.number, words))
        expected, previous = entry.number + 1, entry.hash
    if expected <= count:
        words = f"the end was cut: events {expected} to {count} are missing"
        faults.append(Fault("cut", expected, words))
    elif not faults and previous != head:
        faults.append(Fault("head", count, "the head does not match the last event"))
    return faults


def _missing(first: int, last: int) -> Fault:
    if first == last:
        return Fault("missing", first, f"event {first} is missing")
    return Fault("missing", first, f"events {first} to {last} are missing")
