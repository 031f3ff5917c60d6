"""The journeys of a plan, as a page shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchanges.plans.domain import PlannedVisit
from exchanges.plans.domain.travel import (
    AIR_EXTRA_KM,
    AIR_GRAMS,
    RAIL_BELOW_KM,
    RAIL_DETOUR,
    RAIL_GRAMS,
    Located,
    PairTravel,
    Travel,
    TravelMode,
    travel_of_plan,
)
from exchanges.words.formats import number, share

MODES = {
    TravelMode.RAIL: gettext_lazy("By train"),
    TravelMode.AIR: gettext_lazy("By plane"),
}
A_TONNE = 1_000_000


@dataclass(frozen=True, slots=True)
class PlanTravel:
    """`visits` in the order of the plan's, `whole` all of them together."""

    visits: tuple[Travel, ...]
    whole: Travel


def travel_of(
    visits: Iterable[PlannedVisit], places: Mapping[str, Located], people: Mapping[str, int]
) -> PlanTravel:
    """`places` are the facts (or rows) of cities by slug, `people` the sizes of delegations."""
    each = tuple(travel_of_plan([visit], places, people) for visit in visits)
    return PlanTravel(each, Travel(tuple(pair for travel in each for pair in travel.pairs)))


def mode_words(pair: PairTravel) -> str:
    return str(MODES[pair.journey.mode])


def emission_words(grams: int) -> str:
    """Return it like this: 310 kg CO₂e, 1.3 t CO₂e."""
    if grams >= A_TONNE:
        return _("%(tonnes)s t CO₂e") % {"tonnes": number(_tenths(grams, A_TONNE))}
    return _("%(kilograms)s kg CO₂e") % {"kilograms": number((grams + 500) // 1000)}


def method_words() -> str:
    """Return what an estimate of travel rests on, for the foot of a page."""
    return _(
        "An estimate, there and back: the train below %(limit)s km and the plane from there on; "
        "%(detour)s more than the straight line by train and %(extra)s km more a flight; "
        "%(rail)s g and %(air)s g CO₂e per person and kilometre, European averages of 2018 "
        "(European Environment Agency)."
    ) % {
        "limit": number(RAIL_BELOW_KM),
        "detour": share(RAIL_DETOUR / 100),
        "extra": number(AIR_EXTRA_KM),
        "rail": number(RAIL_GRAMS),
        "air": number(AIR_GRAMS),
    }


def _tenths(amount: int, unit: int) -> float:
    return (amount * 10 + unit // 2) // unit / 10
