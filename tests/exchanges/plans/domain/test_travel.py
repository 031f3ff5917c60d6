from dataclasses import replace

import pytest

from exchanges.domain.matching.distance import EARTH_RADIUS_KM
from exchanges.plans.domain import PlannedVisit
from exchanges.plans.domain.travel import (
    AIR_EXTRA_KM,
    AIR_GRAMS,
    RAIL_BELOW_KM,
    RAIL_GRAMS,
    TravelMode,
    leg,
    round_trip,
    travel_of_plan,
)
from tests.exchanges.domain.matching.sample_cities import SAMPLE, city, sample

PLACES = {each.slug: each for each in SAMPLE}
KM_A_DEGREE = EARTH_RADIUS_KM * 3.141592653589793 / 180


def test_short_leg_is_by_train_and_a_fifth_longer_than_the_straight_line() -> None:
    found = leg(sample("pordenone"), sample("ljubljana"))
    assert (found.mode, found.km) == (TravelMode.RAIL, 172)  # 143 km as the crow flies
    assert found.grams == 172 * RAIL_GRAMS


def test_long_leg_is_a_flight() -> None:
    found = leg(sample("athens"), sample("ljubljana"))
    assert (found.mode, found.km) == (TravelMode.AIR, 1176 + AIR_EXTRA_KM)
    assert found.grams == found.km * AIR_GRAMS


@pytest.mark.parametrize(
    ("km", "mode", "travelled"),
    [(799, TravelMode.RAIL, 959), (RAIL_BELOW_KM, TravelMode.AIR, 895), (0, TravelMode.RAIL, 0)],
)
def test_limit_between_train_and_plane(km: int, mode: TravelMode, travelled: int) -> None:
    here = city("here", latitude=0.0, longitude=0.0)
    there = replace(here, slug="there", longitude=km / KM_A_DEGREE)
    found = leg(here, there)
    assert (found.mode, found.km) == (mode, travelled)


def test_journey_leads_there_and_back() -> None:
    there = leg(sample("athens"), sample("ljubljana"))
    journey = round_trip(sample("athens"), [sample("ljubljana")])
    assert (journey.km, journey.grams) == (2 * there.km, 2 * there.grams)
    assert journey.mode is TravelMode.AIR


def test_tour_through_several_cities_comes_home_from_the_last() -> None:
    tour = [sample("milan"), sample("pordenone"), sample("trieste")]
    journey = round_trip(sample("ljubljana"), tour)
    modes = [each.mode for each in journey.legs]
    assert modes == [TravelMode.RAIL] * 4
    direct = round_trip(sample("ljubljana"), [sample("milan")])
    assert direct.km <= journey.km < direct.km + 150


def test_journey_with_one_flight_is_by_air() -> None:
    journey = round_trip(sample("ljubljana"), [sample("trieste"), sample("athens")])
    assert {each.mode for each in journey.legs} == {TravelMode.RAIL, TravelMode.AIR}
    assert journey.mode is TravelMode.AIR


def test_plan_adds_up_people_kilometres_and_emissions() -> None:
    visits = [
        PlannedVisit("ljubljana", 3, ("athens", "pordenone")),
        PlannedVisit("liege", 5, ("sofia",)),
    ]
    people = {"athens": 3, "pordenone": 4, "sofia": 2}
    travel = travel_of_plan(visits, PLACES, people)
    assert [(each.guest, each.host, each.people) for each in travel.pairs] == [
        ("athens", "ljubljana", 3),
        ("pordenone", "ljubljana", 4),
        ("sofia", "liege", 2),
    ]
    assert travel.people == 9
    athens, pordenone, sofia = (each.journey for each in travel.pairs)
    assert travel.person_km == 3 * athens.km + 4 * pordenone.km + 2 * sofia.km
    assert travel.grams == 3 * athens.grams + 4 * pordenone.grams + 2 * sofia.grams
    assert travel.of([("sofia", "liege")]).grams == 2 * sofia.grams


def test_city_that_is_gone_is_left_out_and_an_unknown_delegation_is_one_person() -> None:
    visits = [
        PlannedVisit("ljubljana", 0, ("athens", "atlantis")),
        PlannedVisit("mu", 1, ("sofia",)),
    ]
    travel = travel_of_plan(visits, PLACES, {})
    assert [(each.guest, each.people) for each in travel.pairs] == [("athens", 1)]


def test_no_visit_needs_no_travel() -> None:
    travel = travel_of_plan([], PLACES, {})
    assert (travel.people, travel.person_km, travel.grams) == (0, 0, 0)
