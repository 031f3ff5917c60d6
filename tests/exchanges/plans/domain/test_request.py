"""A request is stored as text and known by its hash; from the text it comes back unchanged."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchanges.domain.dates import DateRange
from exchanges.domain.matching import CityFacts, Weights, explain
from exchanges.enums import Fairness
from exchanges.plans.domain.facts import PlannedVisit
from exchanges.plans.domain.problem import (
    BALANCED_POINTS,
    WISH_POINTS,
    most_points,
    points_of,
    problem_of,
)
from exchanges.plans.domain.request import PlanRequest, RequestCity, country_limit, sha256_of
from exchanges.plans.domain.snapshot import from_json, to_json

WINDOWS = tuple(DateRange(date(2027, 3, day), date(2027, 3, day + 2)) for day in (2, 9, 16))
TOPICS = st.sampled_from(["housing", "work", "language-courses"])
SLUGS = st.sampled_from(["athens", "liège", "ljubljana", "пловдив"])
SMALL = st.integers(0, 3)


@st.composite
def cities(draw: st.DrawFn, slug: str) -> RequestCity:
    facts = CityFacts(
        slug=slug,
        country=draw(st.sampled_from(["GR", "SI", "BG"])),
        latitude=draw(st.floats(-90, 90)),
        longitude=draw(st.floats(-180, 180)),
        working_languages=draw(st.frozensets(st.sampled_from(["en", "el", "sl"]))),
        has_interpretation=draw(st.booleans()),
        levels=draw(st.dictionaries(TOPICS, st.integers(0, 5))),
        needs=draw(st.dictionaries(TOPICS, st.integers(1, 3))),
        hosting_capacity=draw(SMALL),
        guest_capacity=draw(SMALL),
        has_local_authority=draw(st.booleans()),
        has_umn_member=draw(st.booleans()),
        hosting_booked=draw(SMALL),
        guest_booked=draw(SMALL),
        windows=draw(st.integers(0, 2**63 - 1)),
        not_shown=draw(st.frozensets(TOPICS)),
        visited=draw(st.dictionaries(SLUGS, st.sampled_from(["", "2022-05"]))),
        prefers=draw(st.frozensets(SLUGS)),
        vetoes=draw(st.frozensets(SLUGS)),
    )
    return RequestCity(facts, draw(SMALL), draw(SMALL), draw(SMALL), draw(st.booleans()))


@st.composite
def requests(draw: st.DrawFn) -> PlanRequest:
    slugs = draw(st.lists(SLUGS, unique=True))
    pairs = st.frozensets(st.tuples(SLUGS, SLUGS))
    visits = st.lists(st.builds(PlannedVisit, SLUGS, SMALL, st.tuples(SLUGS, SLUGS))).map(tuple)
    return PlanRequest(
        windows=WINDOWS,
        cities=tuple(draw(cities(slug)) for slug in slugs),
        weights=Weights(learning=draw(st.integers(1, 1000)), travel=draw(st.integers(0, 1000))),
        exchanges=draw(st.integers(0, 12)),
        fairness=draw(st.sampled_from(Fairness)),
        country_share=draw(st.integers(1, 100)),
        allow_same_country=draw(st.booleans()),
        needs_authority_host=draw(st.booleans()),
        needs_umn_host=draw(st.booleans()),
        fixed=draw(pairs),
        forbidden=draw(pairs),
        locked=draw(visits),
        previous=draw(visits),
    )


def city(slug: str, country: str, level: int, **fields: object) -> RequestCity:
    known: dict[str, object] = {
        "slug": slug,
        "country": country,
        "latitude": 46.0,
        "longitude": 14.0,
        "working_languages": frozenset({"en"}),
        "has_interpretation": False,
        "levels": {"housing": level},
        "needs": {"housing": 2} if level < 4 else {},
        "hosting_capacity": 2,
        "guest_capacity": 1,
        "has_local_authority": True,
        "has_umn_member": True,
        "windows": 0b111,
    }
    return RequestCity(CityFacts(**{**known, **fields}), places=8, delegation=3)  # type: ignore[arg-type]


def request_of(*found: RequestCity, **fields: object) -> PlanRequest:
    known: dict[str, object] = {
        "windows": WINDOWS,
        "weights": Weights(),
        "exchanges": 2,
        "fairness": Fairness.EVERYONE,
    }
    return PlanRequest(cities=found, **{**known, **fields})  # type: ignore[arg-type]


THREE = (city("athens", "GR", 5), city("ljubljana", "SI", 3), city("sofia", "BG", 1))


@settings(max_examples=40, deadline=None)
@given(requests())
def test_text_gives_the_same_request_and_the_same_text(request: PlanRequest) -> None:
    text = to_json(request)
    assert from_json(text) == request
    assert to_json(from_json(text)) == text


@settings(max_examples=40, deadline=None)
@given(requests())
def test_problem_follows_from_the_text_alone(request: PlanRequest) -> None:
    assert problem_of(from_json(to_json(request))) == problem_of(request)


@settings(max_examples=40, deadline=None)
@given(requests())
def test_text_holds_no_number_that_machines_could_write_otherwise(request: PlanRequest) -> None:
    def floats(value: object) -> list[float]:
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, list):
            return [found for each in value for found in floats(each)]
        return [value] if isinstance(value, float) else []

    assert floats(json.loads(to_json(request))) == []


def test_order_of_sets_and_topics_does_not_change_the_hash() -> None:
    facts = replace(THREE[0].facts, levels={"b": 1, "a": 2})
    turned = replace(THREE[0].facts, levels={"a": 2, "b": 1})
    one, two = (request_of(replace(THREE[0], facts=each)) for each in (facts, turned))
    assert sha256_of(to_json(one)) == sha256_of(to_json(two))
    assert sha256_of(to_json(one)) != sha256_of(to_json(replace(one, exchanges=3)))


@settings(max_examples=40, deadline=None)
@given(requests())
def test_points_are_the_scores_and_the_wishes(request: PlanRequest) -> None:
    points = points_of(request)
    facts = [each.facts for each in request.cities]
    for guest in facts:
        for host in facts:
            same = request.allow_same_country
            found = explain(guest, host, request.weights, allow_same_country=same)
            wishes = (host.slug in guest.prefers) + (guest.slug in host.prefers)
            expected = None if found.is_ruled_out else found.score + WISH_POINTS * wishes
            assert points.get((guest.slug, host.slug)) == expected


@pytest.mark.parametrize(
    ("exchanges", "percent", "most"), [(8, 40, 3), (1, 40, 1), (2, 40, 1), (10, 100, 10), (5, 1, 1)]
)
def test_country_limit(exchanges: int, percent: int, most: int) -> None:
    assert country_limit(exchanges, percent) == most


def test_participation_by_fairness() -> None:
    request = request_of(*THREE)
    points = points_of(request)
    assert problem_of(request).participation == most_points(request, points) + 1
    balanced = replace(request, fairness=Fairness.BALANCED)
    assert problem_of(balanced).participation == BALANCED_POINTS
    assert problem_of(replace(request, fairness=Fairness.SCORE)).participation == 0


@settings(max_examples=40, deadline=None)
@given(requests(), st.data())
def test_no_choice_of_pairs_brings_more_than_most_points(
    request: PlanRequest, data: st.DataObject
) -> None:
    points = points_of(request)
    left = {each.slug: each.guest_left for each in request.cities}
    people = max((max(1, each.places) for each in request.cities), default=1)
    chosen, visits = 0, dict.fromkeys(left, 0)
    for pair in data.draw(st.permutations(sorted(points))):
        guest, host = pair
        is_open = visits[host] > 0 or sum(map(bool, visits.values())) < request.exchanges
        if left[guest] and visits[host] < people and is_open:
            left[guest] -= 1
            visits[host] += 1
            chosen += points[pair]
    assert chosen <= most_points(request, points)


def test_city_that_takes_part_already_gains_nothing_by_it() -> None:
    inside = replace(THREE[0], is_in=True, credit=200)
    problem = problem_of(request_of(inside, *THREE[1:]))
    assert problem.cities[0].credit == -problem.participation
    assert problem.cities[1].credit == 0


def test_who_told_no_places_or_people_has_one_of_each() -> None:
    untold = replace(THREE[0], places=0, delegation=0)
    found = problem_of(request_of(untold)).cities[0]
    assert (found.places, found.delegation) == (1, 1)


def test_repair_prices_a_kept_pair_above_every_gain_in_score_and_a_city_above_kept_pairs() -> None:
    previous = (PlannedVisit("athens", 0, ("ljubljana",)),)
    plain = request_of(*THREE)
    repair = replace(plain, previous=previous)
    before, after = problem_of(plain), problem_of(repair)
    kept = ("ljubljana", "athens")
    price = after.points[kept] - before.points[kept]
    assert price == most_points(plain, before.points) + 1
    assert {**after.points, kept: before.points[kept]} == before.points
    assert after.participation == most_points(repair, after.points) + 1
    assert problem_of(replace(repair, fairness=Fairness.SCORE)).participation == 0
