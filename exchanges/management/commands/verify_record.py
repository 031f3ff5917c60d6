import sys
from typing import Any

from django.core.management.base import BaseCommand

from exchanges.domain.record import verify
from exchanges.queries.record import read_record


class Command(BaseCommand):
    help = "Checks the record of events; names each fault and exits with 1 when there is one."

    def handle(self, *args: Any, **options: Any) -> None:
        record = read_record()
        faults = verify(record.entries, count=record.count, head=record.head)
        for fault in faults:
            self.stdout.write(f"{fault.kind}: {fault.words}")
        if faults:
            self.stderr.write(f"The record has {len(faults)} faults.")
            sys.exit(1)
        self.stdout.write(f"The record is whole: {record.count} events.")
