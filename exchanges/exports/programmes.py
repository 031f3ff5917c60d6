"""The partners of a programme as a table."""

from __future__ import annotations

from django.utils.translation import gettext as _

from exchanges.exports.spreadsheet import Table
from exchanges.models import Programme
from exchanges.queries.programmes.partners import partners_of
from exchanges.words.formats import country


def partners_table(programme: Programme) -> Table:
    header = [
        _("Organisation"),
        _("Name in its own language"),
        _("Acronym"),
        _("Kind"),
        _("Role in the programme"),
        _("Seat"),
        _("Country"),
        _("Active in"),
        _("Website"),
        _("Eligible costs (EUR)"),
        _("Of these, from the fund (EUR)"),
    ]
    rows = (
        [
            partner.organisation.name,
            partner.organisation.native_name,
            partner.organisation.acronym,
            partner.organisation.get_kind_display(),
            partner.get_role_display(),
            partner.organisation.city,
            country(partner.organisation.city.country),
            ", ".join(str(city) for city in partner.organisation.active_in.all()),
            partner.organisation.website,
            partner.eligible_eur,
            partner.eu_share_eur,
        ]
        for partner in partners_of(programme)
    )
    return Table(header, rows)
