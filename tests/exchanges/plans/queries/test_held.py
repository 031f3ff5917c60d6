from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from exchanges.domain.dates import DateRange
from exchanges.domain.matching import DEFAULT_WEIGHTS
from exchanges.enums import Fairness
from exchanges.models import City, Programme
from exchanges.operations.visits.imports import HeldVisit, import_visit
from exchanges.plans.domain import PlannedVisit
from exchanges.plans.domain.request import PlanRequest, RequestCity
from exchanges.plans.domain.travel import leg, round_trip
from exchanges.plans.queries.held import compare_with_held
from exchanges.plans.words.held import HeldComparison, HeldExchange
from tests.exchanges.domain.matching.sample_cities import SAMPLE
from tests.factories import AT, make_city, make_programme

pytestmark = pytest.mark.django_db
PLAN = [
    PlannedVisit("ljubljana", 0, ("athens", "pordenone")),
    PlannedVisit("liege", 1, ("dolna-malina",)),
]


@pytest.fixture
def cities() -> dict[str, City]:
    return {
        each.slug: make_city(
            each.slug, country=each.country, latitude=each.latitude, longitude=each.longitude
        )
        for each in SAMPLE
    }


@pytest.fixture
def programme() -> Programme:
    return make_programme()


def held(programme: Programme, key: str, host: City, **facts: Any) -> None:
    visit = HeldVisit(host_city=host, title=key, year=2022, import_key=key, **facts)
    import_visit(programme=programme, held=visit, by=None, at=AT)


def request(**facts: dict[str, Any]) -> PlanRequest:
    """The sample cities with delegations of three; `facts` replace some of a city's."""
    rows = [replace(each, **facts.get(each.slug.replace("-", "_"), {})) for each in SAMPLE]
    return PlanRequest(
        windows=(DateRange(date(2027, 3, 2), date(2027, 3, 4)),),
        cities=tuple(RequestCity(each, places=10, delegation=3) for each in rows),
        weights=DEFAULT_WEIGHTS,
        exchanges=2,
        fairness=Fairness.EVERYONE,
    )


def compared(asked: PlanRequest | None = None) -> HeldComparison:
    with translation.override("en"):
        return compare_with_held(asked or request(), PLAN)


def only(found: HeldComparison) -> HeldExchange:
    [exchange] = found.exchanges
    return exchange


def test_nothing_held_leaves_only_the_plan(cities: dict[str, City]) -> None:
    found = compared()
    assert found.exchanges == ()
    assert (found.held.visits, found.held.pairs, found.held.average) == (0, 0, None)
    assert [str(city) for city in found.only_planned] == [
        "Athens",
        "Dolna Malina",
        "Liege",
        "Ljubljana",
        "Pordenone",
    ]


def test_tour_through_three_cities_makes_a_pair_with_each(
    cities: dict[str, City], programme: Programme
) -> None:
    held(
        programme, "umn-2022-2", cities["ljubljana"], co_hosts=[cities["trieste"]],
        guests=[cities["athens"], cities["pordenone"]], participants_about=20,
        start_date=date(2022, 5, 9), end_date=date(2022, 5, 13),
    )  # fmt: skip
    exchange = only(compared())
    assert (exchange.when, exchange.people) == ("9–13 May 2022", 20)
    said = {
        (pair.guest.slug, pair.host.slug): (pair.is_leg, pair.score, pair.reasons)
        for pair in exchange.pairs
    }
    assert set(said) == {
        ("athens", "ljubljana"),
        ("athens", "trieste"),
        ("pordenone", "ljubljana"),
        ("pordenone", "trieste"),
    }
    is_leg, score, reasons = said["athens", "ljubljana"]
    assert (is_leg, reasons) == (False, ())
    assert score is not None
    assert 0 < score <= 1000
    assert said["pordenone", "trieste"] == (True, None, ("Both are in Italy",))
    athens = exchange.travel.pairs[0]
    tour = round_trip(cities["athens"], [cities["ljubljana"], cities["trieste"]])
    assert (athens.people, athens.journey) == (3, tour)
    assert len(tour.legs) == 3
    assert tour.legs[0] == leg(cities["athens"], cities["ljubljana"])


def test_having_met_and_being_booked_do_not_speak_against_pairs_that_met(
    cities: dict[str, City], programme: Programme
) -> None:
    held(programme, "one", cities["ljubljana"], guests=[cities["athens"]])
    plain = only(compared()).pairs[0].score
    booked = request(
        athens={"visited": {"ljubljana": "2022-05"}, "guest_booked": 1},
        ljubljana={"hosting_booked": 1},
    )
    assert only(compared(booked)).pairs[0].score == plain


def test_held_exchange_is_measured_like_the_plan(
    cities: dict[str, City], programme: Programme
) -> None:
    held(programme, "one", cities["ljubljana"], guests=[cities["athens"]])
    held(programme, "two", cities["ljubljana"], guests=[cities["athens"], cities["muggia"]])
    found = compared()
    assert (found.held.visits, found.held.pairs) == (2, 2)
    assert found.planned.visits == 2
    assert found.planned.pairs == 3
    assert found.held.countries == ("GR", "IT", "SI")
    assert found.held.travel.people == 9
    assert found.planned.travel.people == 9
    assert [(str(guest), str(host)) for guest, host in found.repeated] == [("Athens", "Ljubljana")]
    assert [str(city) for city in found.only_held] == ["Muggia"]
    scores = [pair.score for pair in found.exchanges[1].pairs if pair.score is not None]
    assert found.held.possible == len(scores)
    assert found.held.average == (sum(scores) * 2 + len(scores)) // (2 * len(scores))


def test_visit_without_guests_or_known_days_is_listed_and_makes_no_pair(
    cities: dict[str, City], programme: Programme
) -> None:
    held(programme, "warsaw", make_city("warsaw", country="PL"), counts_as_exchange=False)
    found = compared()
    assert (only(found).when, only(found).pairs) == ("dates not published", ())
    assert found.held.cities == ()
    assert found.held.visits == 1


def test_month_is_said_when_only_that_is_known(
    cities: dict[str, City], programme: Programme
) -> None:
    held(programme, "one", cities["liege"], known_month=date(2022, 3, 1))
    assert only(compared()).when == "March 2022"


def test_city_that_is_not_in_the_plan_is_named(
    cities: dict[str, City], programme: Programme
) -> None:
    held(programme, "one", make_city("warsaw", country="PL"), guests=[cities["athens"]])
    [pair] = only(compared()).pairs
    assert (pair.score, pair.reasons) == (None, ("Warsaw does not take part in this plan",))


def test_number_of_queries_does_not_grow(cities: dict[str, City], programme: Programme) -> None:
    counts = []
    for number in range(3):
        held(programme, f"{number}", cities["ljubljana"], guests=[cities["athens"]])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            compared()
        counts.append(len(queries))
    assert counts == [4, 4, 4]
