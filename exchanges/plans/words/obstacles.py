"""What keeps a request from having any plan, in sentences that say what to change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchanges.models import City
from exchanges.plans.domain import Obstacle, ObstacleKind, UnmetKind, find_obstacles
from exchanges.plans.domain.problem import problem_of
from exchanges.plans.domain.request import PlanRequest
from exchanges.plans.words.plan import UNMET
from exchanges.words.formats import country

Facts = Mapping[str, Any]


def obstacles_of(request: PlanRequest, *, with_wishes: bool = True) -> list[str]:
    """Empty when a plan is possible, and, `with_wishes`, all that is fixed can be kept."""
    found = find_obstacles(problem_of(request))
    counted = [each for each in found if with_wishes or each.is_total]
    names = _names(request) if counted else {}
    return [obstacle_sentence(each, names) for each in counted]


def obstacle_sentence(obstacle: Obstacle, names: Mapping[str, str]) -> str:
    """`names` are those of the cities, by slug."""
    return SENTENCES[obstacle.kind](_named(obstacle.facts, names))


def _named(facts: Facts, names: Mapping[str, str]) -> dict[str, Any]:
    cities = ("city", "guest", "host")
    return {key: names.get(each, each) if key in cities else each for key, each in facts.items()}


def _names(request: PlanRequest) -> dict[str, str]:
    slugs = {city.slug for city in request.cities}
    slugs |= {slug for pair in request.fixed for slug in pair}
    return {city.slug: str(city) for city in City.objects.filter(slug__in=slugs)}


def _too_many(facts: Facts) -> str:
    words = _("A plan can hold %(most)d cities at most, and you chose %(count)d. Choose fewer.")
    return words % facts


def _no_city(facts: Facts) -> str:
    return _("Choose the cities first: at least two, one hosts and the other travels.")


def _one_city(facts: Facts) -> str:
    words = _("Only %(city)s is chosen. Choose at least two: one hosts and the other travels.")
    return words % facts


def _no_exchanges(facts: Facts) -> str:
    return _("No exchange is left for this plan. Choose at least one.")


def _no_share(facts: Facts) -> str:
    return _("No country may host a visit. Raise the share that one country can host.")


def _no_window(facts: Facts) -> str:
    return _(
        "None of the cities has a free week before the programme ends. Ask them for other dates, "
        "or move the last day of the programme."
    )


def _nobody_hosts(facts: Facts) -> str:
    if facts["without_capacity"]:
        return _(
            "None of the cities can host: they have no visit left in their year, or lack a local "
            "authority or a UnionMigrantNet member. Ask them how many visits they can host."
        )
    return _(
        "None of the cities can host: each lacks a local authority or a UnionMigrantNet member. "
        "Add the partner, or choose other cities."
    )


def _nobody_travels(facts: Facts) -> str:
    return _("None of the cities can travel. Ask them how many visits they can make a year.")


def _one_country(facts: Facts) -> str:
    words = _(
        "All cities lie in %(country)s, and cities of one country may not visit each other in this "
        "programme. Choose cities of two countries, or allow it in the programme."
    )
    return words % {"country": country(facts["country"])}


def _no_pair(facts: Facts) -> str:
    return _(
        "No two of these cities can be matched. Choose more cities, or see for each city why it "
        "is ruled out."
    )


def _no_common_window(facts: Facts) -> str:
    return _("The cities that suit each other have no free week in common. Ask for other dates.")


def _no_places(facts: Facts) -> str:
    words = ngettext(
        "The hosts have at most %(places)d place, and the smallest delegation is of %(people)d.",
        "The hosts have at most %(places)d places, and the smallest delegation is of %(people)d.",
        facts["places"],
    )
    return words % facts + " " + _("Ask the hosts for more places, or for smaller delegations.")


def _no_mix(facts: Facts) -> str:
    return _(
        "No visit would bring together a local authority and a UnionMigrantNet member. Choose more "
        "cities, or add the partner that is missing."
    )


def _wish(facts: Facts) -> str:
    why = UNMET[UnmetKind(facts["reason"])]
    words = _(
        "%(guest)s to %(host)s is fixed and can never be kept: %(why)s. Take that back first."
    )
    return words % {**facts, "why": why}


def _need_exchanges(facts: Facts) -> str:
    words = ngettext(
        "What is fixed needs at least %(needed)d exchange, and the plan has %(has)d.",
        "What is fixed needs at least %(needed)d exchanges, and the plan has %(has)d.",
        facts["needed"],
    )
    return words % facts + " " + _("Fix fewer pairs, or choose more exchanges.")


def _need_journeys(facts: Facts) -> str:
    words = ngettext(
        "%(city)s would have to travel %(needed)d time for what is fixed, and can %(has)d.",
        "%(city)s would have to travel %(needed)d times for what is fixed, and can %(has)d.",
        facts["needed"],
    )
    return words % facts + " " + _("Fix fewer pairs with it.")


def _need_places(facts: Facts) -> str:
    words = ngettext(
        "%(city)s would have to receive %(needed)d person for what is fixed, and has room for "
        "%(has)d.",
        "%(city)s would have to receive %(needed)d people for what is fixed, and has room for "
        "%(has)d.",
        facts["needed"],
    )
    return words % facts + " " + _("Fix fewer pairs with it.")


SENTENCES: dict[ObstacleKind, Callable[[Facts], str]] = {
    ObstacleKind.TOO_MANY_CITIES: _too_many,
    ObstacleKind.NO_CITY: _no_city,
    ObstacleKind.ONE_CITY: _one_city,
    ObstacleKind.NO_EXCHANGES: _no_exchanges,
    ObstacleKind.NO_COUNTRY_SHARE: _no_share,
    ObstacleKind.NO_WINDOW: _no_window,
    ObstacleKind.NOBODY_HOSTS: _nobody_hosts,
    ObstacleKind.NOBODY_TRAVELS: _nobody_travels,
    ObstacleKind.ONE_COUNTRY: _one_country,
    ObstacleKind.NO_PAIR: _no_pair,
    ObstacleKind.NO_COMMON_WINDOW: _no_common_window,
    ObstacleKind.NO_PLACES: _no_places,
    ObstacleKind.NO_MIX: _no_mix,
    ObstacleKind.WISH: _wish,
    ObstacleKind.WISHES_NEED_EXCHANGES: _need_exchanges,
    ObstacleKind.WISHES_NEED_JOURNEYS: _need_journeys,
    ObstacleKind.WISHES_NEED_PLACES: _need_places,
}
