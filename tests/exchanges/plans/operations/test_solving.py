import time
from datetime import timedelta

import pytest

from exchanges.enums import PlanState
from exchanges.models import Event, ProgrammePlan
from exchanges.plans.domain.analysis import StabilityLevel, analysis_of
from exchanges.plans.domain.facts import Method, Progress
from exchanges.plans.domain.problem import problem_of
from exchanges.plans.domain.snapshot import from_json, result_of
from exchanges.plans.operations import asking
from exchanges.plans.operations.solving import (
    KILLED,
    LEASE,
    SolvingSignals,
    claim,
    finish,
    give_up,
    release,
    renew,
    solve_claimed,
)
from tests.factories import AT
from tests.factories.plans import Network, make_network, make_plan, solve_now
from tests.plan_checker import check_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return make_network()


def claimed(at=AT):
    found = claim(at=at)
    assert found is not None
    return found


def row():
    return ProgrammePlan.objects.get()


def watch(**heard):
    return SolvingSignals(now=lambda: AT, clock=time.monotonic, **heard)


def test_plan_that_waits_is_claimed_once(network: Network) -> None:
    make_plan(network)
    plan = claimed()
    assert (plan.state, plan.attempts, plan.started_at) == (PlanState.SOLVING, 1, AT)
    assert claim(at=AT) is None
    assert claim(at=AT + LEASE - timedelta(microseconds=1)) is None


def test_oldest_comes_first_and_one_can_be_asked_for(network: Network) -> None:
    first, second = make_plan(network), make_plan(network, exchanges=1)
    found = claim(at=AT, plan=second.pk)
    assert (found, claimed()) == (second, first)
    assert claim(at=AT, plan=second.pk) is None


def test_killed_process_loses_nothing_and_after_two_attempts_it_has_failed(
    network: Network,
) -> None:
    make_plan(network)
    lost, again = claimed(), claimed(AT + LEASE)
    assert again.lease != lost.lease
    assert not renew(lost, at=AT).is_ours
    assert claim(at=AT + 2 * LEASE) is None
    assert (row().state, row().failure, row().lease) == (PlanState.FAILED, KILLED, "")
    assert Event.objects.filter(verb="fail_plan").count() == 1


def test_what_a_lost_lease_brings_is_not_written(network: Network) -> None:
    make_plan(network)
    lost = claimed()
    result = result_of(solve_elsewhere(network))
    claimed(AT + LEASE)
    assert not finish(lost, result, at=AT)
    give_up(lost, "fault", at=AT)
    release(lost, at=AT)
    assert (row().state, row().result, row().attempts) == (PlanState.SOLVING, None, 2)


def solve_elsewhere(network: Network) -> dict[str, object]:
    data = {"visits": [], "taking_part": [], "unmet": [], "binding": [], "method": "heuristic"}
    return data | {
        "score": 0, "objective": 0, "bound": 0, "solver": "", "seconds": 0.0, "was_stopped": False
    }  # fmt: skip


def test_fault_is_tried_once_more_then_told_by_its_code(network: Network) -> None:
    make_plan(network)
    give_up(claimed(), "fault", at=AT)
    assert row().state == PlanState.SOLVING
    give_up(claimed(), "fault", at=AT)
    assert (row().state, row().failure, row().finished_at) == (PlanState.FAILED, "fault", AT)
    assert claim(at=AT + 2 * LEASE) is None


def test_worker_that_ends_gives_back_without_counting(network: Network) -> None:
    make_plan(network)
    for _ in range(5):
        release(claimed(), at=AT)
    assert (row().state, row().attempts, row().lease) == (PlanState.QUEUED, 0, "")


def test_renew_writes_progress_and_hears_that_somebody_asked_to_stop(network: Network) -> None:
    make_plan(network)
    plan = claimed()
    progress = Progress(Method.MODEL, objective=75, bound=100, visits=3, seconds=1.26)
    beat = renew(plan, at=AT + timedelta(seconds=9), progress=progress)
    assert (beat.is_ours, beat.is_stopped) == (True, False)
    assert row().leased_until == AT + timedelta(seconds=9) + LEASE
    assert row().progress == {
        "method": "model", "objective": 75, "bound": 100, "gap": 0.25, "visits": 3, "seconds": 1.3
    }  # fmt: skip
    asking.stop(plan=plan, by=network.office, at=AT)
    assert renew(plan, at=AT).is_stopped


def test_solved_plan_breaks_no_rule_and_is_recorded(network: Network) -> None:
    plan = solve_now(make_plan(network))
    assert (plan.state, plan.lease, plan.leased_until) == (PlanState.SOLVED, "", None)
    result = result_of(plan.result or {})
    assert check_plan(problem_of(from_json(plan.request)), result) == []
    assert len(result.visits) == 3
    event = Event.objects.get(verb="solve_plan")
    assert event.actor == "platform"
    assert event.data == {
        "objective": result.objective, "bound": result.bound, "visits": 3
    }  # fmt: skip


def test_stopped_plan_keeps_the_best_so_far(network: Network) -> None:
    make_plan(network)
    solve_claimed(claimed(), watch(is_stopped=lambda: True))
    result = result_of(row().result or {})
    assert row().state == PlanState.SOLVED
    assert check_plan(problem_of(from_json(row().request)), result) == []


def test_ending_worker_writes_no_result(network: Network) -> None:
    make_plan(network)
    solve_claimed(claimed(), watch(is_ending=lambda: True, is_stopped=lambda: True))
    assert (row().state, row().result, row().attempts) == (PlanState.QUEUED, None, 0)


def test_killed_while_it_asks_for_trust_only_that_is_done_again(network: Network) -> None:
    make_plan(network)
    first = claimed()
    ended = iter([False, True])
    solve_claimed(first, watch(is_ending=lambda: next(ended)), trust_seconds=0.0)
    solved = row()
    assert (solved.state, solved.analysis) == (PlanState.SOLVED, None)
    result = solved.result
    solve_claimed(claimed(), watch(), trust_seconds=0.0)
    assert row().result == result
    assert analysis_of(row().analysis) is not None
    assert claim(at=AT + LEASE) is None


def test_trust_says_what_else_would_do_and_how_stable_it_is(network: Network) -> None:
    plan = solve_now(make_plan(network), trust_seconds=120.0)
    result, request = result_of(plan.result or {}), from_json(plan.request)
    analysis = analysis_of(plan.analysis)
    assert analysis is not None
    assert analysis.is_complete
    assert 1 <= len(analysis.alternatives) <= 4
    for other in analysis.alternatives:
        assert other.objective <= result.objective
        kept = {pair for visit in other.visits for pair in visit.pairs}
        assert sum(not kept.issuperset(visit.pairs) for visit in result.visits) >= 2
    assert analysis.fairness is not None
    assert analysis.fairness.price >= 0
    assert analysis.stability is not None
    assert analysis.stability.runs == 14
    assert analysis.stability.level in StabilityLevel
    assert analysis.worst_off is not None
    assert analysis.worst_off.city in {city.slug for city in request.cities}


def test_city_left_out_is_told_why_or_what_it_would_cost(network: Network) -> None:
    network.cities["sofia"].profile.delete()
    plan = solve_now(make_plan(network, exchanges=1), trust_seconds=120.0)
    analysis = analysis_of(plan.analysis)
    assert analysis is not None
    left = {each.city: each for each in analysis.left_out}
    inside = set(result_of(plan.result or {}).taking_part)
    assert set(left) == set(network.cities) - inside
    assert left["sofia"].kind == "no_pair"
    assert dict(left["sofia"].gates)["no_guest_capacity"] == 5
    loses = [each for each in left.values() if each.kind == "loses"]
    assert all(each.loss >= 0 for each in loses)
    assert loses
    assert all(each.city in {c for v in each.visits for c in (v.host, *v.guests)} for each in loses)


def test_words_on_trust_wait_for_plans_that_are_not_begun(network: Network) -> None:
    first = make_plan(network)
    found = claimed()
    second = make_plan(network, exchanges=1)
    assert renew(found, at=AT).do_others_wait
    solve_claimed(found, watch(do_others_wait=lambda: True), trust_seconds=60.0)
    first.refresh_from_db()
    assert (first.state, first.analysis, first.attempts) == (PlanState.SOLVED, None, 0)
    assert claimed() == second
    assert not renew(claimed(), at=AT).do_others_wait
    assert claim(at=AT) is None


def test_trust_that_fails_leaves_the_plan_solved(network: Network) -> None:
    make_plan(network)
    found = claimed()
    ended = iter([False, True])
    solve_claimed(found, watch(is_ending=lambda: next(ended)), trust_seconds=0.0)
    for _ in range(2):
        give_up(claimed(), "out_of_memory", at=AT)
    assert (row().state, row().failure) == (PlanState.SOLVED, "")
    assert row().analysis == {"failure": "out_of_memory"}
    assert analysis_of(row().analysis) is None
