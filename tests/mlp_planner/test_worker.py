import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from urllib.parse import quote

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.core.management import call_command
from django.db import connection, transaction

from exchanges import clock
from exchanges.enums import Message, MessageState, RecordRunState
from exchanges.management.jobs import hourly, jobs
from exchanges.models import OutboxMessage, RecordRun
from exchanges.operations.mail.delivery import LEASE
from exchanges.operations.record import record
from exchanges.operations.record_runs import LEASE as RUN_LEASE
from exchanges.operations.record_runs import ask_run
from exchanges.operations.record_runs import claim as claim_run
from tests.factories import make_proposed_visit, make_scene
from tests.factories.messages import make_message
from tests.moment import AT
from tests.smtp_server import Manner, mail_server

pytestmark = pytest.mark.django_db(transaction=True)


def database_url():
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    login = f"{quote(database['USER'])}:{quote(database['PASSWORD'])}"
    return f"postgres://{login}@{database['HOST']}:{database['PORT']}/{database['NAME']}"


def start_worker(server, tmp_path, *arguments):
    """`manage.py worker` as in production, on the tests' database."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.child_settings",
        "CHILD_MOMENT": clock.now().isoformat(),
        "DATABASE_URL": database_url(),
        "EMAIL_URL": f"smtp://127.0.0.1:{server.port}",
        "SECRET_KEY": django_settings.SECRET_KEY,
        "ALLOWED_HOSTS": "planner.example.org",
        "DATA_DIR": str(tmp_path),
    }
    command = [sys.executable, "manage.py", "worker", "--interval", "0.1", *arguments]
    return subprocess.Popen(command, cwd=django_settings.BASE_DIR, env=environment)


LONGEST_WAIT = 300
"""Seconds after which something hangs; a busy machine is slow, and no test here is about speed."""


def wait_until(condition):
    deadline = time.monotonic() + LONGEST_WAIT
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)


def test_worker_once_sends_all_that_is_due_and_ends():
    for number in range(45):
        make_message(f"{number}@example.org", at=clock.now())
    call_command("worker", "--once")
    assert len(mail.outbox) == 45


def test_worker_reminds_and_does_the_hourly_work_of_others(clock, caplog):
    scene = make_scene()
    visit = make_proposed_visit(scene)
    moments = []

    def work(*, at):
        moments.append(at)
        raise ValueError("a fault here holds up nobody")

    clock.move_to(datetime.combine(visit.answer_by - timedelta(days=1), time_of_day(9), UTC))
    with hourly.with_entry("broken", work, order=0):
        call_command("worker", "--once")
    assert "hourly_work_failed work=broken" in caplog.text
    assert [moment.date() for moment in moments] == [clock.today()]
    assert OutboxMessage.objects.filter(kind=Message.INVITATION_REMINDER).count() == 2
    assert "Please answer by" in "".join(each.subject for each in mail.outbox)


def test_worker_finishes_the_jobs_of_wings(clock):
    calls = []

    class Counting:
        def tend(self):
            calls.append("tend")

        def finish(self, ending):
            calls.append("finish")

        def end(self):
            calls.append("end")

    with jobs.with_entry("counting", Counting, order=0):
        call_command("worker", "--once")
    assert calls == ["finish", "end"]


def test_a_killed_worker_s_run_of_the_record_is_taken_up_again(clock):
    scene = make_scene()
    with transaction.atomic():
        record("edit", scene.host_city, by=None, at=AT)
    ask_run(by=scene.office, at=AT)
    assert claim_run(at=AT) is not None  # and then it is killed
    call_command("worker", "--once")
    assert RecordRun.objects.get(asked_by=scene.office).state == RecordRunState.OPEN
    clock.move_to(AT + RUN_LEASE + timedelta(seconds=1))
    call_command("worker", "--once")
    run = RecordRun.objects.get(asked_by=scene.office)
    assert (run.state, run.attempts, run.count) == (RecordRunState.DONE, 2, 1)


def test_worker_verifies_the_record_beside_the_mail(tmp_path):
    scene = make_scene()
    with transaction.atomic():
        record("edit", scene.host_city, by=None, at=AT)
    with mail_server() as server:
        worker = start_worker(server, tmp_path)
        try:
            wait_until(lambda: RecordRun.objects.filter(state=RecordRunState.DONE).exists())
            worker.terminate()
            assert worker.wait(timeout=LONGEST_WAIT) == 0
        finally:
            worker.kill()
            worker.wait()
    run = RecordRun.objects.get()
    assert (run.asked_by, run.count, run.fault_count) == (None, 1, 0)
    assert (tmp_path / "record-heads.txt").read_text().split()[1] == "1"


def test_worker_erases_codes_that_are_too_old():
    make_message("person@example.org", at=clock.now() - timedelta(hours=2))
    call_command("worker", "--once")
    row = OutboxMessage.objects.get()
    assert (row.state, row.secret) == (MessageState.OBSOLETE, None)
    assert mail.outbox == []


def test_a_killed_worker_loses_the_lease_and_another_sends(tmp_path, clock):
    make_message("person@example.org", at=clock.now())
    with mail_server() as server:
        server.manner = Manner.HANG_AT_DATA
        worker = start_worker(server, tmp_path)
        try:
            wait_until(server.at_data.is_set)
        finally:
            worker.send_signal(signal.SIGKILL)
            worker.wait()
    held = OutboxMessage.objects.get()
    assert (held.state, held.attempts) == (MessageState.QUEUED, 0)
    assert held.lease is not None

    call_command("worker", "--once")
    assert mail.outbox == []

    clock.move_to(AT + LEASE + timedelta(minutes=5))  # the worker's clock ran on
    call_command("worker", "--once")
    assert [each.to for each in mail.outbox] == [["person@example.org"]]
    assert OutboxMessage.objects.get().state == MessageState.SENT


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_worker_ends_after_the_message_in_hand(tmp_path, number):
    for name in "ab":
        make_message(f"{name}@example.org", at=clock.now())
    with mail_server() as server:
        server.manner = Manner.HANG_AT_DATA
        worker = start_worker(server, tmp_path)
        try:
            wait_until(server.at_data.is_set)
            worker.send_signal(number)
            server.released.set()
            assert worker.wait(timeout=LONGEST_WAIT) == 0
        finally:
            worker.kill()
            worker.wait()
    rows = OutboxMessage.objects.order_by("attempts")
    assert [(row.attempts, row.lease) for row in rows] == [(0, None), (1, None)]


def test_idle_worker_ends_at_once(tmp_path):
    with mail_server() as server:
        make_message("person@example.org", at=clock.now())
        worker = start_worker(server, tmp_path)
        try:
            wait_until(lambda: OutboxMessage.objects.filter(state=MessageState.SENT).exists())
            worker.terminate()
            assert worker.wait(timeout=LONGEST_WAIT) == 0
        finally:
            worker.kill()
            worker.wait()
        assert len(server.received) == 1
