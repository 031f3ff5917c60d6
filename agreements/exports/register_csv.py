"""The register as CSV that a spreadsheet opens without running anything in it."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO

from django.utils.translation import gettext as _

from agreements.models import Agreement
from agreements.queries.register import next_step

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
BYTE_ORDER_MARK = "\ufeff"


def register_csv(agreements: Iterable[Agreement]) -> bytes:
    """UTF-8 with a byte order mark, which Excel needs to read Greek and Cyrillic."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_heading())
    for agreement in agreements:
        writer.writerow([safe_cell(value) for value in _row(agreement)])
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def safe_cell(value: str) -> str:
    """With an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{value}" if value.lstrip(" \n").startswith(FORMULA_STARTS) else value


def _heading() -> list[str]:
    return [
        _("Reference"),
        _("Title"),
        _("Study visit"),
        _("Parties"),
        _("Cities"),
        _("State"),
        _("State since"),
        _("Valid from"),
        _("Valid until"),
        _("Version"),
        _("Next step"),
    ]


def _row(agreement: Agreement) -> list[str]:
    parties = list(agreement.parties.all())
    cities = dict.fromkeys(str(party.city) for party in parties)
    return [
        agreement.reference,
        agreement.title,
        agreement.visit.reference,
        "; ".join(party.organisation.name for party in parties),
        "; ".join(cities),
        agreement.get_state_display(),
        agreement.state_since.date().isoformat(),
        agreement.valid_from.isoformat(),
        agreement.valid_until.isoformat(),
        str(agreement.current_number),
        next_step(agreement),
    ]
