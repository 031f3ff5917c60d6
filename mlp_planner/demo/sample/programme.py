"""The sample programme: the partners of the one that was, in a round that runs now."""

from __future__ import annotations

from datetime import date, datetime

from i18nfield.strings import LazyI18nString

from exchanges.domain.programme_file import ProgrammeFile
from exchanges.models import Exchange, Partner, Programme
from exchanges.operations.programmes import credits
from exchanges.operations.record import record
from mlp_planner.demo.sample.days import running_programme
from mlp_planner.demo.sample.people import Cast


def add_programme(file: ProgrammeFile, *, at: datetime, today: date) -> Programme:
    """Entered at `at`; its years are chosen so that what happens around `today` lies in it."""
    facts = file.next_programme
    assert facts is not None
    before = Programme.objects.get(slug=file.programme.slug)
    days = running_programme(facts.start_date, facts.end_date, today)
    programme = Programme.objects.create(
        slug=facts.slug,
        title=LazyI18nString(dict(facts.title)),
        short_title=before.short_title,
        coordinator=before.coordinator,
        fund=before.fund.removesuffix(" 2014-2020"),
        start_date=days.start,
        end_date=days.end,
        max_exchanges=facts.max_exchanges,
        eu_cofinancing_rate=facts.eu_cofinancing_rate,
        is_sample=True,
    )
    Exchange.objects.bulk_create(
        Exchange(programme=programme, number=number) for number in range(1, facts.max_exchanges + 1)
    )
    Partner.objects.bulk_create(
        Partner(programme=programme, organisation_id=partner.organisation_id, role=partner.role)
        for partner in before.partners.order_by("pk")
    )
    record("add", programme, by=None, at=at, max_exchanges=facts.max_exchanges)
    return programme


def settle_the_last(programme: Programme, cast: Cast, *, at: datetime) -> None:
    """Cities that were in no exchange of the programme before carry a credit into this one."""
    before = Programme.objects.filter(coordinator=programme.coordinator, is_sample=False)
    for each in before.filter(end_date__lt=at.date()).order_by("pk"):
        credits.settle(programme=each, by=cast.office, at=at)
