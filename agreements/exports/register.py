"""The register as a table."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from agreements.models import Agreement
from agreements.queries.register import next_step
from exchanges.exports.spreadsheet import Table


def register_table(agreements: Iterable[Agreement]) -> Table:
    return Table(_heading(), map(_row, agreements))


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


def _row(agreement: Agreement) -> list[object]:
    parties = list(agreement.parties.all())
    cities = dict.fromkeys(str(party.city) for party in parties)
    return [
        agreement.reference,
        agreement.title,
        agreement.visit.reference,
        "; ".join(party.organisation.name for party in parties),
        "; ".join(cities),
        agreement.shown_state_name,
        agreement.state_since.date() if agreement.shown_state == agreement.state else "",
        agreement.valid_from,
        agreement.valid_until,
        agreement.current_number,
        next_step(agreement),
    ]
