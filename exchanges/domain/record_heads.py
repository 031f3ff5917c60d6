"""The head of each day as a line of text, and the record compared with lines that were kept.

A line is `2026-12-01 1204 <hash>`: the day in UTC, how many events the record had when the head of
that day was noted, and the hash of the last of them, divided by one space. Empty lines and lines
that begin with # say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from exchanges.domain.record import FIRST_HASH, Fault

_LINE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) (0|[1-9][0-9]{0,17}) ([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class HeadLine:
    day: date
    count: int
    hash: str

    def __str__(self) -> str:
        return f"{self.day.isoformat()} {self.count} {self.hash}"


@dataclass(frozen=True, slots=True)
class UnreadableLine:
    """A line that holds no head; `number` is its place in the text, from 1."""

    number: int


def read_line(text: str) -> HeadLine | None:
    """None when the line is not written as a head is."""
    found = _LINE.fullmatch(text)
    if found is None:
        return None
    try:
        return HeadLine(date.fromisoformat(found[1]), int(found[2]), found[3])
    except ValueError:
        return None


def read_lines(lines: Iterable[str]) -> Iterator[HeadLine | UnreadableLine]:
    """Read the heads of a text, in its order."""
    for number, line in enumerate(lines, start=1):
        text = line.strip()
        if text and not text.startswith("#"):
            yield read_line(text) or UnreadableLine(number)


def compare_line(
    line: HeadLine | UnreadableLine, *, count: int, hash_at: Callable[[int], str | None]
) -> Fault | None:
    """Compare one head with a record of `count` events; `hash_at` knows no event that is gone."""
    if isinstance(line, UnreadableLine):
        return Fault("heads", 0, "head_unreadable", {"line": line.number})
    about: dict[str, str | int] = {"day": line.day.isoformat(), "count": line.count}
    if line.count > count:
        return Fault("heads", 0, "head_beyond", {**about, "now": count})
    found = hash_at(line.count) if line.count else FIRST_HASH
    if found != line.hash:
        return Fault("heads", line.count, "head_differs", about)
    return None
