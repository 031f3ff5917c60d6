"""Loading a programme from a file. What is there already stays as people left it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from i18nfield.strings import LazyI18nString

from exchanges.domain.programme_file import EventFacts, ProgrammeFile
from exchanges.models import City, Exchange, NetworkEvent, Organisation, Partner, Programme
from exchanges.operations.programmes.loading.held import load_held
from exchanges.operations.programmes.loading.network import load_network
from exchanges.operations.programmes.loading.tally import LoadedRows
from exchanges.operations.record import record


@transaction.atomic
def load_programme(*, file: ProgrammeFile, at: datetime) -> LoadedRows:
    """Add what is missing, found by slug or key; nothing is overwritten.

    Raises ExchangeLimitReached when the programme has no exchange left for a visit of the file.
    """
    tally = LoadedRows()
    new = load_network(file, tally)
    programme, is_new = _load_programme(file, tally)
    _load_partners(file, programme, None if is_new else new, tally)
    for event in file.events:
        _load_event(event, programme, tally)
    load_held(file, programme, tally, at)
    if tally.added:
        record("load", programme, by=None, at=at, added=dict(tally.added))
    return tally


def _load_programme(file: ProgrammeFile, tally: LoadedRows) -> tuple[Programme, bool]:
    facts = file.programme
    fields = {
        "title": LazyI18nString(dict(facts.title)),
        "short_title": facts.short_title,
        "coordinator": Organisation.objects.get(slug=facts.coordinator),
        "fund": facts.fund,
        "specific_objective": facts.specific_objective,
        "start_date": facts.start_date,
        "end_date": facts.end_date,
        "max_exchanges": facts.max_exchanges,
        "eu_cofinancing_rate": facts.eu_cofinancing_rate,
        "total_budget_eur": facts.total_budget_eur,
    }
    programme, is_new = Programme.objects.get_or_create(slug=facts.slug, defaults=fields)
    if tally.count("programmes", is_new=is_new):
        Exchange.objects.bulk_create(
            Exchange(programme=programme, number=number)
            for number in range(1, facts.max_exchanges + 1)
        )
    return programme, is_new


def _load_partners(
    file: ProgrammeFile, programme: Programme, only: set[str] | None, tally: LoadedRows
) -> None:
    """With `only`, these organisations: one that the office took out of the programme stays out."""
    rows = {row.slug: row for row in Organisation.objects.all()}
    for facts in file.organisations:
        if only is not None and facts.slug not in only:
            continue
        eligible, share = file.programme.budgets.get(facts.slug, (None, None))
        Partner.objects.create(
            programme=programme,
            organisation=rows[facts.slug],
            role=facts.partner_role,
            eligible_eur=eligible,
            eu_share_eur=share,
        )
        tally.count("partners", is_new=True)


def _load_event(facts: EventFacts, programme: Programme, tally: LoadedRows) -> None:
    fields = {
        "programme": programme,
        "title": facts.title,
        "city": City.objects.get(slug=facts.city) if facts.city else None,
        "mode": facts.mode,
        "start_date": facts.start_date,
        "end_date": facts.end_date,
    }
    _, is_new = NetworkEvent.objects.get_or_create(key=facts.key, defaults=fields)
    tally.count("network events", is_new=is_new)
