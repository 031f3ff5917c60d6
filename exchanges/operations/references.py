from __future__ import annotations

from exchanges.models import ReferenceSeries


def next_reference(prefix: str, *, letter: str = "") -> str:
    """Return the next of a series, like `UMN-2026-003`, or `UMN-2026-A001` with a letter.

    The row of the series stays locked in the transaction.
    """
    name = f"{prefix}-{letter}" if letter else prefix
    ReferenceSeries.objects.bulk_create([ReferenceSeries(prefix=name)], ignore_conflicts=True)
    series = ReferenceSeries.objects.select_for_update().get(prefix=name)
    series.last_number += 1
    series.save()
    return f"{prefix}-{letter}{series.last_number:03d}"
