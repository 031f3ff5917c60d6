"""A programme of the same office with plans: solved, waiting, and one of which a visit was sent."""

from __future__ import annotations

from datetime import date
from typing import Any

from exchanges.enums import OrganisationKind, PartnerRole
from exchanges.models import Auditor, City, LearningNeed, Topic, TopicLevel, User
from exchanges.plans.operations import asking, sending
from exchanges.plans.queries.requests import PlanOptions
from tests.factories import (
    AT,
    Scene,
    make_city,
    make_contact,
    make_organisation,
    make_partner,
    make_programme,
)
from tests.factories.plans import solve_now
from tests.moment import moved

LEVELS = {"graz": ("AT", 4), "zadar": ("HR", 1), "brno": ("CZ", 2)}


def plan_rows(scene: Scene, auditor: User) -> dict[str, Any]:
    """It runs beside the scene's programme, so that their office has two to choose from."""
    programme = make_programme(
        coordinator=scene.programme.coordinator,
        slug="planned",
        short_title="PLN",
        start_date=moved(date(2026, 8, 1)),
    )
    Auditor.objects.create(programme=programme, user=auditor, given_by=scene.office, given_at=AT)
    cities = [_city(programme, scene.topic, slug, *told) for slug, told in LEVELS.items()]
    said: dict[str, Any] = {"by": scene.office, "at": AT}
    made = [
        asking.start_plan(programme=programme, options=_options(cities, number), **said)
        for number in (2, 1, 3)
    ]
    plan, sent = solve_now(made[0]), solve_now(made[1])
    sending.send_rows(plan=sent, rows=[0], **said)
    return {"plan": plan, "sent_plan": sent, "waiting_plan": made[2]}


def _options(cities: list[City], exchanges: int) -> PlanOptions:
    return PlanOptions(cities=tuple(sorted(each.slug for each in cities)), exchanges=exchanges)


def _city(programme: Any, topic: Topic, slug: str, country: str, level: int) -> City:
    city = make_city(slug, country=country)
    authority = make_organisation(f"City of {city}", city=city)
    union = make_organisation(f"Union of {city}", city=city, kind=OrganisationKind.TRADE_UNION)
    make_partner(programme, authority)
    make_partner(programme, union, role=PartnerRole.UMN_MEMBER)
    make_contact(authority)
    TopicLevel.objects.create(city=city, topic=topic, level=level)
    if level < 4:
        LearningNeed.objects.create(city=city, topic=topic, weight=2)
    return city
