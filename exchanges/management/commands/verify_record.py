import sys
from typing import Any

from django.core.management.base import BaseCommand

from exchanges.queries.record_checks import RecordResult, check_record
from exchanges.words.faults import fault_words, not_compared_words


class Command(BaseCommand):
    help = (
        "Checks the record of events and compares agreements with it; names each fault and exits "
        "with 1 when there is one."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        result = check_record()
        self._name(result)
        if result.fault_count:
            faults = "1 fault" if result.fault_count == 1 else f"{result.fault_count} faults"
            self.stderr.write(f"The record has {faults}.")
            sys.exit(1)
        self.stdout.write(f"The record is whole: {result.count} events.")

    def _name(self, result: RecordResult) -> None:
        for fault in result.faults:
            self.stdout.write(f"{fault.kind}: {fault_words(fault)}")
        for name, count in sorted(result.not_compared.items()):
            self.stdout.write(f"not compared: {not_compared_words(name, count)}")
