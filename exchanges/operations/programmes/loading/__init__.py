"""Loading a programme from a file. What is there already stays as people left it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from i18nfield.strings import LazyI18nString

from exchanges.domain.programme_file import EventFacts, ProgrammeFile
from exchanges.enums import PartnerRole
from exchanges.models import City, Exchange, NetworkEvent, Organisation, Partner, Programme
from exchanges.operations.programmes.loading.held import load_held
from exchanges.operations.programmes.loading.network import give_home_office, load_network
from exchanges.operations.programmes.loading.tally import LoadedRows
from exchanges.operations.programmes.partners import PartnerShare, columns
from exchanges.operations.programmes.partnerships import ask_in
from exchanges.operations.record import record
from exchanges.operations.visits.held_questions import known_before


@transaction.atomic
def load_programme(*, file: ProgrammeFile, at: datetime) -> LoadedRows:
    """Add what is missing, found by slug or key; nothing is overwritten.

    Raises ExchangeLimitReached when the programme has no exchange left for a visit of the file.
    """
    tally, there = LoadedRows(), known_before()
    new = load_network(file, tally, at)
    programme, is_new = _load_programme(file, tally)
    give_home_office(new, programme)
    _load_partners(file, programme, new, tally, at, may_ask=is_new)
    for event in file.events:
        _load_event(event, programme, tally)
    load_held(file, programme, tally, at, there)
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
        "time_zone": facts.time_zone or "",
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
    file: ProgrammeFile,
    programme: Programme,
    new: set[str],
    tally: LoadedRows,
    at: datetime,
    *,
    may_ask: bool,
) -> None:
    """Organisations of this file are partners at once; those that were there are asked.

    `may_ask` is False when the programme was there: one that the office took out stays out.
    """
    rows = {row.slug: row for row in Organisation.objects.all()}
    for facts in file.organisations:
        organisation = rows[facts.slug]
        eligible, share = file.programme.budgets.get(facts.slug, (None, None))
        part = PartnerShare(PartnerRole(facts.partner_role), eligible, share)
        if facts.slug in new or (organisation.pk == programme.coordinator_id and may_ask):
            Partner.objects.create(programme=programme, organisation=organisation, **columns(part))
            tally.count("partners", is_new=True)
        elif may_ask:
            ask_in(programme, organisation, part, by=None, at=at)
            tally.asked.append(str(organisation))


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
