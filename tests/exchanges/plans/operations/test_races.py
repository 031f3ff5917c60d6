"""Many at once on plans, on real threads and connections."""

from datetime import UTC, date, datetime

import pytest

from exchanges.enums import PlanState
from exchanges.models import (
    OutboxMessage,
    ParticipationCredit,
    ProgrammePlan,
    SentRow,
    StudyVisit,
)
from exchanges.operations.programmes import credits
from exchanges.plans.domain.snapshot import result_of
from exchanges.plans.operations import asking, sending
from exchanges.plans.operations.solving import claim, finish
from tests.factories import AT
from tests.factories.plans import make_network, make_plan, make_solved_plan
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8


def test_numbers_have_no_gaps_and_the_limit_holds() -> None:
    network = make_network()
    calls = [
        lambda share=share: make_plan(network, country_share=share)  # type: ignore[misc]
        for share in range(40, 40 + THREADS)
    ]
    outcome = at_once(*calls)
    assert outcome == {"done": asking.MOST_WAITING, "TooManyWaiting": THREADS - asking.MOST_WAITING}
    numbers = ProgrammePlan.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3]


def test_same_plan_asked_for_at_once_is_one() -> None:
    network = make_network()
    assert at_once(*[lambda: make_plan(network)] * THREADS) == {"done": THREADS}
    assert ProgrammePlan.objects.count() == 1


def test_workers_never_claim_the_same_plan() -> None:
    network = make_network()
    for share in (40, 50):
        make_plan(network, country_share=share)
    found: list[int] = []

    def work() -> None:
        plan = claim(at=AT)
        if plan is not None:
            found.append(plan.pk)

    assert at_once(*[work] * THREADS) == {"done": THREADS}
    assert len(found) == len(set(found)) == 2
    assert set(ProgrammePlan.objects.values_list("attempts", flat=True)) == {1}


def test_stop_while_it_finishes_loses_no_result() -> None:
    network = make_network()
    result = result_of(make_solved_plan(network).result or {})
    for _ in range(5):
        plan = make_plan(network)
        claimed = claim(at=AT, plan=plan.pk)
        assert claimed is not None
        outcome = at_once(
            lambda claimed=claimed: finish(claimed, result, at=AT),
            lambda plan=plan: asking.stop(plan=plan, by=network.office, at=AT),
        )
        assert outcome["done"] + outcome["SolvedAlready"] == 2
        row = ProgrammePlan.objects.get(pk=plan.pk)
        assert (row.state, row.failure) == (PlanState.SOLVED, "")
        assert result_of(row.result or {}) == result


def test_row_is_sent_once() -> None:
    network = make_network()
    plan = make_solved_plan(network)
    send = [lambda: sending.send_rows(plan=plan, rows=[0, 1], by=network.office, at=AT)] * THREADS
    assert at_once(*send) == {"done": 1, "RowsNotSendable": THREADS - 1}
    assert StudyVisit.objects.count() == SentRow.objects.count() == 2
    assert OutboxMessage.objects.count() == 2


def test_credits_are_given_once() -> None:
    network = make_network()
    network.programme.end_date = date(2026, 11, 1)
    network.programme.save()
    at = datetime(2026, 11, 22, tzinfo=UTC)
    settle = [
        lambda: credits.settle(programme=network.programme, by=network.office, at=at)
    ] * THREADS
    assert at_once(*settle) == {"done": THREADS}
    assert ParticipationCredit.objects.count() == len(network.cities)
