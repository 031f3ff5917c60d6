"""Plans are solved in a process of their own, as in production."""

import contextlib
import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command

from exchanges import clock
from exchanges.enums import MessageState, PlanState
from exchanges.models import OutboxMessage, ProgrammePlan
from exchanges.plans.operations import asking
from exchanges.plans.operations.solving import LEASE, claim
from tests.factories.messages import make_message
from tests.factories.plans import Network, make_network, make_plan
from tests.mlp_planner.test_worker import LONGEST_WAIT, database_url, start_worker, wait_until
from tests.moment import AT
from tests.smtp_server import mail_server

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def network() -> Network:
    return make_network()


def row() -> ProgrammePlan:
    return ProgrammePlan.objects.get()


def waiting(network: Network) -> ProgrammePlan:
    return make_plan(network, at=clock.now())


def start_solving(plan: ProgrammePlan, tmp_path, *arguments: str) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.child_settings",
        "CHILD_MOMENT": clock.now().isoformat(),
        "DATABASE_URL": database_url(),
        "SECRET_KEY": django_settings.SECRET_KEY,
        "ALLOWED_HOSTS": "planner.example.org",
        "DATA_DIR": str(tmp_path),
    }
    command = [sys.executable, "manage.py", "solve_plan", str(plan.pk), *arguments]
    return subprocess.Popen(command, cwd=django_settings.BASE_DIR, env=environment)


def ended(process: subprocess.Popen[bytes]) -> int:
    try:
        return process.wait(timeout=LONGEST_WAIT)
    finally:
        process.kill()
        process.wait()


def test_worker_once_solves_what_waits(network: Network) -> None:
    waiting(network)
    call_command("worker", "--once")
    assert row().state == PlanState.SOLVED
    assert row().analysis is not None


def test_worker_solves_in_a_child_while_mail_goes_on(tmp_path, network: Network) -> None:
    waiting(network)
    with mail_server() as server:
        worker = start_worker(server, tmp_path)
        try:
            wait_until(lambda: row().state == PlanState.SOLVING)
            make_message("person@example.org", at=clock.now())
            wait_until(lambda: OutboxMessage.objects.filter(state=MessageState.SENT).exists())
            wait_until(lambda: row().state == PlanState.SOLVED)
            worker.terminate()
            assert worker.wait(timeout=LONGEST_WAIT) == 0
        finally:
            worker.kill()
            worker.wait()
    plan = row()
    assert plan.result is not None
    assert plan.attempts in (0, 1)


def test_worker_that_is_told_to_end_gives_the_plan_back(tmp_path, network: Network) -> None:
    waiting(network)
    with mail_server() as server:
        worker = start_worker(server, tmp_path)
        try:
            wait_until(lambda: row().state == PlanState.SOLVING)
            worker.terminate()
            assert worker.wait(timeout=LONGEST_WAIT) == 0
        finally:
            worker.kill()
            worker.wait()
    plan = row()
    assert plan.lease == ""
    if plan.state == PlanState.QUEUED:
        assert (plan.attempts, plan.result) == (0, None)
    call_command("worker", "--once")
    assert row().state == PlanState.SOLVED


def test_killed_child_is_tried_again_then_the_plan_has_failed(
    tmp_path, network: Network, clock
) -> None:
    plan = waiting(network)
    for attempt in (1, 2):
        claimed = claim(at=clock.now() + attempt * LEASE)
        assert claimed is not None
        child = start_solving(plan, tmp_path, "--lease", claimed.lease)
        child.send_signal(signal.SIGKILL)
        assert ended(child) == -signal.SIGKILL
    assert row().result is None
    clock.move_to(AT + timedelta(hours=1))
    call_command("worker", "--once")
    assert (row().state, row().failure) == (PlanState.FAILED, "killed")


def test_child_ends_with_nothing_done_when_its_lease_is_lost(tmp_path, network: Network) -> None:
    plan = waiting(network)
    assert ended(start_solving(plan, tmp_path, "--lease", "0" * 32)) == 1
    assert (row().state, row().attempts) == (PlanState.QUEUED, 0)


def test_plan_can_be_solved_by_hand(network: Network) -> None:
    plan = waiting(network)
    call_command("solve_plan", str(plan.pk))
    assert row().state == PlanState.SOLVED
    with pytest.raises(CommandError, match="does not wait"):
        call_command("solve_plan", str(plan.pk))


def test_stop_is_honoured_and_keeps_the_best_so_far(tmp_path, network: Network) -> None:
    plan = waiting(network)
    child = start_solving(plan, tmp_path)
    try:
        wait_until(lambda: row().state == PlanState.SOLVING)
        with contextlib.suppress(asking.SolvedAlready):
            asking.stop(plan=plan, by=network.office, at=clock.now())
        wait_until(lambda: row().state == PlanState.SOLVED)
    finally:
        ended(child)
    assert row().result is not None
