"""What a repair keeps: the weeks, where nothing speaks against it."""

from dataclasses import replace

from exchanges.enums import Fairness
from exchanges.plans.domain import Budget, solve
from exchanges.plans.domain.facts import Method, PlannedVisit, PlanResult
from exchanges.plans.domain.problem import pairs_in, problem_of
from exchanges.plans.domain.repair import keep_windows
from tests.exchanges.plans.domain.test_request import THREE, city, request_of
from tests.plan_checker import check_plan

FOUR = (*THREE, city("liege", "BE", 4))
EARLIER = (PlannedVisit("athens", 2, ("ljubljana",)), PlannedVisit("liege", 1, ("sofia",)))


def result(*visits: PlannedVisit) -> PlanResult:
    return PlanResult(visits, 0, 0, 0, (), (), (), Method.MODEL, "", 0.0, was_stopped=False)


def kept(*visits: PlannedVisit, **fields: object) -> tuple[PlannedVisit, ...]:
    request = request_of(*FOUR, **{"previous": EARLIER, **fields})
    return keep_windows(request, result(*visits)).visits


def test_visits_go_back_to_their_week() -> None:
    moved = tuple(replace(visit, window=0) for visit in EARLIER)
    assert kept(*moved) == EARLIER


def test_visit_with_other_guests_stays_in_the_week_of_its_host() -> None:
    assert kept(PlannedVisit("athens", 0, ("sofia",)))[0].window == 2


def test_week_that_somebody_has_not_free_is_not_taken() -> None:
    busy = replace(FOUR[1], facts=replace(FOUR[1].facts, windows=0b011))
    request = replace(request_of(FOUR[0], busy, *FOUR[2:]), previous=EARLIER)
    visit = PlannedVisit("athens", 0, ("ljubljana",))
    assert keep_windows(request, result(visit)).visits == (visit,)


def test_city_is_never_in_two_visits_of_a_week() -> None:
    one, other = PlannedVisit("athens", 0, ("sofia",)), PlannedVisit("ljubljana", 2, ("sofia",))
    assert set(kept(one, other)) == {one, other}


def test_week_that_is_past_is_not_gone_back_to() -> None:
    past = tuple(replace(visit, window=3) for visit in EARLIER)
    visit = PlannedVisit("athens", 0, ("ljubljana",))
    assert kept(visit, previous=past) == (visit,)


def test_locked_visit_stays() -> None:
    visit = PlannedVisit("athens", 0, ("ljubljana",))
    assert kept(visit, locked=(visit,)) == (visit,)


def test_repair_keeps_all_that_was_not_called_off_even_when_another_plan_scores_more() -> None:
    poor = (PlannedVisit("ljubljana", 0, ("sofia",)), PlannedVisit("athens", 1, ("liege",)))
    best = request_of(*FOUR, fairness=Fairness.SCORE)
    clock = iter(range(10**6)).__next__
    budget = Budget(seconds=60, clock=lambda: clock() / 1000)
    assert not pairs_in(poor) & pairs_in(solve(problem_of(best), budget).visits)
    request = replace(best, previous=poor, forbidden=frozenset({("liege", "athens")}), exchanges=2)
    problem = problem_of(request)
    found = solve(problem, budget)
    assert ("sofia", "ljubljana") in pairs_in(found.visits)
    assert check_plan(problem, found) == []
    assert check_plan(problem, keep_windows(request, found)) == []


def test_city_that_can_take_part_comes_before_what_was_planned() -> None:
    """Athens can only host Ljubljana, which would have to stay at home for Sofia's visit."""
    poor = (PlannedVisit("ljubljana", 0, ("sofia",)),)
    request = request_of(*FOUR, previous=poor)
    clock = iter(range(10**6)).__next__
    found = solve(problem_of(request), Budget(seconds=60, clock=lambda: clock() / 1000))
    assert set(found.taking_part) == {"athens", "liege", "ljubljana", "sofia"}
