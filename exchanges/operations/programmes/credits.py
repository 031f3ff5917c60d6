"""What a city that was left out of a programme carries into the next one's plans."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from exchanges.models import ParticipationCredit, Programme, StudyVisit, User
from exchanges.operations.record import record
from exchanges.operations.refusals import Refusal
from exchanges.permissions import can_make_plan, require
from exchanges.queries.programmes.credits import (
    cities_left_out,
    cities_of,
    cities_taking_part,
    is_settleable,
)

CREDIT_POINTS = 200
"""A fifth of a perfect pair: enough to be chosen before an equal city, and too little to win with
a poor match. Our judgement; several programmes add up."""


class NotSettledYet(Refusal):
    def __init__(self) -> None:
        super().__init__(
            _(
                "Credits are given once the programme has ended or all its exchanges are used: "
                "until then every city can still take part."
            )
        )


@transaction.atomic
def settle(*, programme: Programme, by: User, at: datetime) -> list[ParticipationCredit]:
    """Give CREDIT_POINTS to each city that wanted to take part and did not, once a programme.

    Returns those given now. Raises NotSettledYet.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    require(can_make_plan(by, programme))
    if not is_settleable(programme, at):
        raise NotSettledYet
    given = [
        ParticipationCredit(
            city=city, earned_in=programme, points=CREDIT_POINTS, given_by=by, given_at=at
        )
        for city in cities_left_out(programme)
    ]
    ParticipationCredit.objects.bulk_create(given)
    if given:
        cities = [each.city_id for each in given]
        record("settle_credits", programme, by=by, at=at, cities=cities, points=CREDIT_POINTS)
    return given


def use_credits(visit: StudyVisit) -> int:
    """Use up what the cities of a confirmed visit brought: they take part now."""
    unused = ParticipationCredit.objects.filter(used_in=None, city__in=cities_of(visit))
    return unused.exclude(earned_in=visit.programme_id).update(used_in=visit.programme_id)


def give_credits_back(visit: StudyVisit) -> int:
    """Give credits back to cities of a cancelled visit that take part in no other one."""
    cities = set(cities_of(visit)) - cities_taking_part(visit.programme, besides=visit)
    used = ParticipationCredit.objects.filter(used_in=visit.programme_id, city__in=cities)
    return used.update(used_in=None)
