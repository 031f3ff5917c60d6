import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exchanges.domain.record import Finding
from exchanges.domain.record_heads import read_lines
from exchanges.queries.record_checks import RecordResult, check_record
from exchanges.queries.record_heads import compare_heads
from exchanges.words.faults import fault_words, not_compared_words


class Command(BaseCommand):
    help = (
        "Checks the record of events and compares agreements with it; names each fault and exits "
        "with 1 when there is one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--heads", type=Path, metavar="FILE", help="compare with the heads in this file too"
        )

    def handle(self, *args: Any, heads: Path | None, **options: Any) -> None:
        result = check_record()
        if heads is not None:
            self._compare(heads, result)
        self._name(result)
        if result.fault_count:
            faults = "1 fault" if result.fault_count == 1 else f"{result.fault_count} faults"
            self.stderr.write(f"The record has {faults}.")
            sys.exit(1)
        self.stdout.write(f"The record is whole: {result.count} events.")

    def _compare(self, path: Path, result: RecordResult) -> None:
        """A file that says nothing is no proof, so it is refused."""
        try:
            with path.open(encoding="utf-8", errors="replace") as file:
                before = result.fault_count
                lines = list(read_lines(file))
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}") from None
        if not lines:
            raise CommandError(f"{path} holds no head of the record.")
        for fault in compare_heads(lines):
            result.add(Finding((fault,)))
        if result.fault_count == before:
            self.stdout.write(f"All heads match the record: {len(lines)} days.")

    def _name(self, result: RecordResult) -> None:
        for fault in result.faults:
            self.stdout.write(f"{fault.kind}: {fault_words(fault)}")
        for name, count in sorted(result.not_compared.items()):
            self.stdout.write(f"not compared: {not_compared_words(name, count)}")
