"""The whole record, verified; and comparisons of rows with it, offered by the core and by apps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from exchanges.domain.record import Fault, Finding, RecordEntry, verify
from exchanges.models import Event, Programme
from exchanges.queries.record import read_record
from exchanges.registry import Registry

MOST_FAULTS = 200
"""So many are named; the others are counted."""

RowCheck = Callable[[], Iterator[Finding]]

record_checks: Registry[RowCheck] = Registry("checks of the record")
"""Each yields findings row by row or in batches, so that its memory does not grow."""


@dataclass(slots=True)
class RecordResult:
    """`faults` are the first ones; `not_compared` counts rows by what their events lack."""

    count: int
    head: str
    faults: list[Fault] = field(default_factory=list)
    fault_count: int = 0
    not_compared: Counter[str] = field(default_factory=Counter)

    def add(self, finding: Finding) -> None:
        self.fault_count += len(finding.faults)
        self.faults += finding.faults[: MOST_FAULTS - len(self.faults)]
        self.not_compared.update(finding.not_compared)


Report = Callable[[int, int], None]
"""Hears how many events were read, and of how many."""


def check_record(report: Report = lambda done, count: None) -> RecordResult:
    """Read the whole record once, verify its chain, and compare with it what it speaks of.

    Calls `report` with each event and each comparison.
    """
    record = read_record()
    result = RecordResult(record.count, record.head)
    entries = _reporting(record.entries, record.count, report)
    result.add(Finding(tuple(verify(entries, count=record.count, head=record.head))))
    for check in record_checks:
        for finding in check():
            result.add(finding)
            report(record.count, record.count)
    return result


def _reporting(entries: Iterable[RecordEntry], count: int, report: Report) -> Iterator[RecordEntry]:
    for done, entry in enumerate(entries):
        report(min(done, count), count)
        yield entry


def programmes_are_recorded() -> Iterator[Finding]:
    """A record without any event was emptied when there are programmes."""
    if Programme.objects.exists() and not Event.objects.exists():
        yield Finding((Fault("emptied", 0, "emptied"),))
