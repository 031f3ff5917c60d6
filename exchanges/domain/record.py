"""The hash chain of the record, and what can be wrong with it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

FIRST_HASH = "0" * 64
MOST_SUSPECTS = 200
"""So many events with a wrong hash are tried under the others' numbers."""


@dataclass(frozen=True, slots=True)
class RecordEntry:
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
    """`kind` is changed, missing, added, reordered, cut, head, or what a check of rows names.

    `number` is the event where it shows, 0 for none. `about` fills the words of `sentence`.
    """

    kind: str
    number: int
    sentence: str
    about: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one comparison of rows with the record found; `not_compared` names what was too old."""

    faults: tuple[Fault, ...] = ()
    not_compared: tuple[str, ...] = ()


def entry_hash(entry: RecordEntry) -> str:
    """Return SHA-256 over everything in the entry but its own hash, as canonical JSON."""
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


def verify(entries: Iterable[RecordEntry], *, count: int, head: str) -> list[Fault]:
    """Every fault of the chain, in its order. `entries` come by number; they are read once."""
    chain = _Chain(count)
    for entry in entries:
        chain.follow(entry)
    return chain.faults_at_end(head)


@dataclass(slots=True)
class _Chain:
    count: int
    expected: int = 1
    previous: str = FIRST_HASH
    is_broken: bool = False  # at the event before, and told there
    faults: list[Fault] = field(default_factory=list)
    suspects: list[RecordEntry] = field(default_factory=list)

    def follow(self, entry: RecordEntry) -> None:
        if not self.expected <= entry.number <= self.count:
            about = {"number": entry.number, "count": self.count}
            self.faults.append(Fault("added", entry.number, "added", about))
            return
        if entry.number > self.expected:
            self.is_broken = True
            self.faults.append(_gap("missing", self.expected, entry.number - 1))
        is_whole = entry_hash(entry) == entry.hash
        if not is_whole:
            self._suspect(entry)
        elif entry.previous_hash != self.previous and not self.is_broken:
            about = {"number": entry.number}
            self.faults.append(Fault("reordered", entry.number, "reordered", about))
        self.expected, self.previous, self.is_broken = entry.number + 1, entry.hash, not is_whole

    def faults_at_end(self, head: str) -> list[Fault]:
        if self.expected <= self.count:
            self.faults.append(_gap("cut", self.expected, self.count))
        elif self.previous != head:
            self.faults.append(Fault("head", self.count, "head"))
        moved = {entry.number: place for entry in self.suspects if (place := self._place(entry))}
        return [_named(fault, moved) for fault in self.faults]

    def _suspect(self, entry: RecordEntry) -> None:
        about = {"number": entry.number}
        self.faults.append(Fault("changed", entry.number, "changed", about))
        if len(self.suspects) < MOST_SUSPECTS:
            self.suspects.append(entry)

    def _place(self, entry: RecordEntry) -> int | None:
        """The number under which this entry is whole: then it was moved, not changed."""
        places = {entry.number - 1, entry.number + 1, *(each.number for each in self.suspects)}
        for place in sorted(places):
            if entry_hash(replace(entry, number=place)) == entry.hash:
                return place
        return None


def _named(fault: Fault, moved: Mapping[int, int]) -> Fault:
    if fault.kind != "changed" or fault.number not in moved:
        return fault
    about = {"number": fault.number, "was": moved[fault.number]}
    return Fault("reordered", fault.number, "moved", about)


def _gap(kind: str, first: int, last: int) -> Fault:
    if first == last:
        return Fault(kind, first, kind, {"number": first})
    return Fault(kind, first, f"{kind}_many", {"number": first, "last": last})
