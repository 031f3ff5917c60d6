from datetime import date
from decimal import Decimal
from typing import Any

from i18nfield.strings import LazyI18nString

from exchanges import clock
from exchanges.enums import OrganisationKind, PartnerRole
from exchanges.models import Exchange, Organisation, Partner, PartnershipInvitation, Programme
from tests.factories.partners import make_organisation, numbers
from tests.moment import moved


def make_programme(**fields: Any) -> Programme:
    """Begun twelve weeks ago, for three years, with eight exchanges, and a coordinator."""
    coordinator = fields.pop("coordinator", None) or make_organisation(
        kind=OrganisationKind.TRADE_UNION
    )
    defaults: dict[str, Any] = {
        "slug": f"programme-{next(numbers)}",
        "title": LazyI18nString({"en": "Next round"}),
        "short_title": "UMN",
        "start_date": moved(date(2026, 9, 1)),
        "end_date": moved(date(2029, 8, 31)),
        "max_exchanges": 8,
        "eu_cofinancing_rate": Decimal("0.90"),
    }
    Organisation.objects.filter(pk=coordinator.pk).update(home_office=coordinator)
    coordinator.home_office = coordinator
    programme = Programme.objects.create(coordinator=coordinator, **{**defaults, **fields})
    Exchange.objects.bulk_create(
        Exchange(programme=programme, number=number + 1)
        for number in range(programme.max_exchanges)
    )
    make_partner(programme, coordinator, role=PartnerRole.COORDINATOR)
    return programme


def make_question(
    programme: Programme, organisation: Organisation, **fields: Any
) -> PartnershipInvitation:
    """Not answered yet."""
    defaults = {"role": PartnerRole.LOCAL_AUTHORITY, "invited_at": clock.now()}
    return PartnershipInvitation.objects.create(
        programme=programme, organisation=organisation, **{**defaults, **fields}
    )


def make_partner(programme: Programme, organisation: Organisation, **fields: Any) -> Partner:
    """It accepted; the programme's coordinator is its home office, unless it has one."""
    if organisation.home_office is None:
        organisation.home_office = programme.coordinator
        organisation.save(update_fields=["home_office"])
    defaults = {"role": PartnerRole.LOCAL_AUTHORITY}
    return Partner.objects.create(
        programme=programme, organisation=organisation, **{**defaults, **fields}
    )
