"""Heads that were kept elsewhere, compared with the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from exchanges.domain.record import Fault, entry_hash
from exchanges.domain.record_heads import HeadLine, UnreadableLine, compare_line
from exchanges.models import Event, EventHead, RecordHead
from exchanges.queries.record import entry_of

AT_ONCE = 500


def compare_heads(lines: Iterable[HeadLine | UnreadableLine]) -> Iterator[Fault]:
    """Yield what differs, line by line. Each event that ends a head must have its own hash."""
    head = EventHead.objects.filter(id=1).first()
    count = head.count if head else 0
    waiting = iter(lines)
    while some := list(islice(waiting, AT_ONCE)):
        hashes = _hashes({line.count for line in some if isinstance(line, HeadLine)})
        for line in some:
            fault = compare_line(line, count=count, hash_at=hashes.get)
            if fault is not None:
                yield fault


def _hashes(numbers: set[int]) -> dict[int, str]:
    """The hashes of events that are whole, by their number."""
    entries = [entry_of(event) for event in Event.objects.filter(number__in=numbers)]
    return {entry.number: entry.hash for entry in entries if entry_hash(entry) == entry.hash}


def heads_as_lines(most: int | None = None) -> list[HeadLine]:
    """Return the heads that were noted, the latest first."""
    rows = RecordHead.objects.order_by("-day")[:most]
    return [HeadLine(row.day, row.count, row.hash) for row in rows]
