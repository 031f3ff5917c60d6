"""A programme about which the cities told what leaves no plan: the office reads what to change."""

from datetime import date

import pytest

from exchanges.domain.matching import explain
from exchanges.enums import PairRule
from exchanges.models import Blackout, CityProfile, LearningNeed, PlanPair, ProgrammePlan
from exchanges.plans.domain import ObstacleKind, UnmetKind
from exchanges.plans.domain.problem import problem_of
from exchanges.plans.domain.snapshot import from_json, result_of
from exchanges.plans.operations.asking import PlanNotPossible
from exchanges.plans.words.obstacles import SENTENCES
from exchanges.plans.words.plan import UNMET
from tests.factories import AT
from tests.factories.plans import Network, make_network, make_plan, make_solved_plan
from tests.pair_checker import check_pairs
from tests.plan_checker import check_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return make_network()


def refusal(network: Network) -> str:
    """What the office reads; no plan was made."""
    with pytest.raises(PlanNotPossible) as refused:
        make_plan(network)
    assert not ProgrammePlan.objects.exists()
    return str(refused.value)


def test_capacity_zero_everywhere_asks_for_hosts(network: Network) -> None:
    CityProfile.objects.update(hosting_capacity=0)
    assert "how many visits they can host" in refusal(network)


def test_nobody_who_travels_is_said(network: Network) -> None:
    CityProfile.objects.update(guest_capacity=0)
    assert "None of the cities can travel" in refusal(network)


def test_no_needs_leave_no_pair(network: Network) -> None:
    LearningNeed.objects.all().delete()
    assert refusal(network)


def test_everybody_closed_all_the_time_asks_for_other_dates(network: Network) -> None:
    for city in network.cities.values():
        Blackout.objects.create(
            city=city, start_date=date(2020, 1, 1), end_date=date(2035, 1, 1), reason="Works"
        )
    assert "Ask them for other dates" in refusal(network)


def test_delegations_that_fit_nowhere_are_said(network: Network) -> None:
    CityProfile.objects.update(places_for_guests=2, delegation_size=5)
    sentence = refusal(network)
    assert "2" in sentence
    assert "5" in sentence


def test_all_pairs_forbidden_leave_none(network: Network) -> None:
    PlanPair.objects.bulk_create(
        PlanPair(
            programme=network.programme, guest=guest, host=host, rule=PairRule.FORBIDDEN,
            reason="No", said_by=network.office, said_at=AT,
        )
        for guest in network.cities.values()
        for host in network.cities.values()
        if guest != host
    )  # fmt: skip
    assert refusal(network)


def test_every_obstacle_and_every_reason_has_its_words() -> None:
    assert set(SENTENCES) == set(ObstacleKind)
    assert set(UNMET) == set(UnmetKind)


def test_plan_of_a_programme_holds_against_what_its_cities_told(network: Network) -> None:
    plan = make_solved_plan(network)
    request, result = from_json(plan.request), result_of(plan.result or {})
    problem = problem_of(request)
    assert result.visits
    assert check_plan(problem, result) == []
    facts = {city.slug: city.facts for city in request.cities}
    assert check_pairs(result.visits, facts, request.weights, problem.points) == []
    for guest, host in problem.points:
        assert not explain(facts[guest], facts[host], request.weights).is_ruled_out
