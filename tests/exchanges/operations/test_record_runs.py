from datetime import timedelta
from threading import Event as Ending

import pytest
from django.db import IntegrityError, transaction

from exchanges.enums import RecordRunState
from exchanges.management.verifying import RecordVerifier, ReportedProgress, verify_here
from exchanges.models import Event, RecordRun
from exchanges.models.record_triggers import remove_record_triggers
from exchanges.operations.record import record
from exchanges.operations.record_runs import (
    LEASE,
    MOST_ATTEMPTS,
    ask_run,
    ask_run_of_day,
    claim,
    finish,
    give_up,
    release,
    renew,
)
from exchanges.permissions import NotAllowed
from exchanges.queries.record_checks import record_checks
from exchanges.queries.record_runs import faults_of, record_state
from exchanges.words.faults import fault_words
from tests.factories import AT, make_scene
from tests.races import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def events(scene):
    for number in range(3):
        record("edit", scene.host_city, by=None, at=AT, number=number)
    return Event.objects.order_by("number")


def run_now(at=AT):
    """As a worker does it, in this thread."""
    RecordVerifier().finish(Ending())
    return RecordRun.objects.latest("pk")


def test_a_run_that_was_asked_for_is_verified(scene, events):
    ask_run(by=scene.office, at=AT)
    run = run_now()
    assert (run.state, run.finished_at, run.asked_by) == (RecordRunState.DONE, AT, scene.office)
    assert (run.count, run.done, run.head) == (3, 3, events.last().hash)
    assert (run.fault_count, run.faults, run.not_compared) == (0, [], {})


def test_faults_are_kept_with_their_words_and_alarm(scene, events, caplog):
    remove_record_triggers()
    events.filter(number=2).update(actor="user:99")
    ask_run(by=scene.office, at=AT)
    run = run_now()
    assert [fault_words(fault) for fault in faults_of(run)] == ["Event 2 was changed."]
    assert run.fault_count == 1
    assert "record_not_whole" in caplog.text


def test_only_readers_of_the_record_ask(scene, events):
    for person in (scene.owner, scene.colleague, scene.stranger):
        with pytest.raises(NotAllowed):
            ask_run(by=person, at=AT)


def test_there_is_one_open_run(scene, events):
    assert ask_run(by=scene.office, at=AT) == ask_run(by=scene.office, at=AT)
    ask_run_of_day(at=AT)
    assert RecordRun.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        RecordRun.objects.create(asked_at=AT)


def test_every_day_has_a_run_of_its_own(scene, events):
    morning = AT.replace(hour=9)
    ask_run(by=scene.office, at=morning)
    run_now()
    for hours in (0, 1, 2):
        ask_run_of_day(at=morning + timedelta(hours=hours))
        run_now()
    assert RecordRun.objects.filter(asked_by=None).count() == 1
    ask_run_of_day(at=morning + timedelta(days=1))
    assert RecordRun.objects.filter(asked_by=None).count() == 2


def test_a_claimed_run_is_left_alone_until_its_lease_is_over(scene, events):
    ask_run(by=scene.office, at=AT)
    first = claim(at=AT)
    assert claim(at=AT + LEASE - timedelta(seconds=1)) is None
    assert renew(first, at=AT + timedelta(seconds=60), done=1, count=3)
    assert claim(at=AT + LEASE) is None
    second = claim(at=AT + LEASE + timedelta(seconds=60))
    assert (second.pk, second.attempts) == (first.pk, 2)
    assert not renew(first, at=AT, done=2, count=3)
    result = {"count": 3, "head": "", "faults": [], "fault_count": 0, "not_compared": {}}
    assert not finish(first, **result, at=AT)
    assert finish(second, **result, at=AT)


def test_a_worker_that_ends_gives_the_run_back_and_counts_no_attempt(scene, events):
    ask_run(by=scene.office, at=AT)
    ending = Ending()
    ending.set()
    verify_here(claim(at=AT), ending)
    run = RecordRun.objects.get()
    assert (run.state, run.attempts, run.leased_until) == (RecordRunState.OPEN, 0, None)
    assert run_now().state == RecordRunState.DONE


def test_a_run_that_was_taken_by_another_is_left(scene, events):
    ask_run(by=scene.office, at=AT)
    first = claim(at=AT)
    second = claim(at=AT + LEASE)
    verify_here(first, Ending())
    run = RecordRun.objects.get()
    assert (run.state, run.lease) == (RecordRunState.OPEN, second.lease)


def test_a_run_that_is_killed_three_times_has_failed(scene, events):
    ask_run(by=scene.office, at=AT)
    for number in range(MOST_ATTEMPTS):
        assert claim(at=AT + number * LEASE) is not None
    assert claim(at=AT + MOST_ATTEMPTS * LEASE) is None
    assert RecordRun.objects.get().state == RecordRunState.FAILED
    assert record_state().failed is not None
    ask_run(by=scene.office, at=AT + timedelta(hours=1))
    run_now()
    assert record_state().failed is None


def test_a_fault_of_the_program_is_logged_and_tried_again(scene, events, caplog):
    def broken():
        raise ValueError("broken")
        yield

    ask_run(by=scene.office, at=AT)
    with record_checks.with_entry("broken", broken, order=90):
        run = run_now()
    assert (run.state, run.attempts) == (RecordRunState.FAILED, MOST_ATTEMPTS)
    assert caplog.text.count("record_run_failed") == MOST_ATTEMPTS


def test_progress_is_written_while_it_reads(scene, events):
    ask_run(by=scene.office, at=AT)
    run = claim(at=AT)
    ReportedProgress(run, Ending()).report(2, 3)
    seen = RecordRun.objects.get()
    assert (seen.done, seen.count, seen.leased_until) == (2, 3, AT + LEASE)


def test_what_is_recorded_meanwhile_is_no_fault(scene, events):
    def busy():
        record("edit", scene.host_city, by=None, at=AT)
        return iter(())

    ask_run(by=scene.office, at=AT)
    with record_checks.with_entry("busy", busy, order=0):
        run = run_now()
    assert (run.count, run.fault_count) == (3, 0)
    assert record_state().since == 1


def test_release_and_give_up_leave_a_run_that_is_done(scene, events):
    ask_run(by=scene.office, at=AT)
    run = claim(at=AT)
    verify_here(run, Ending())
    release(run)
    give_up(run, at=AT)
    assert RecordRun.objects.get().state == RecordRunState.DONE


@pytest.mark.django_db(transaction=True)
def test_many_who_ask_and_claim_at_once_get_one_run():
    scene = make_scene()
    claimed = []

    def ask_and_claim():
        ask_run(by=scene.office, at=AT)
        claimed.append(claim(at=AT))

    assert at_once(*[ask_and_claim] * 8) == {"done": 8}
    assert RecordRun.objects.count() == 1
    assert len([run for run in claimed if run]) == 1


@pytest.mark.django_db(transaction=True)
def test_the_worker_s_thread_verifies_while_others_write():
    scene = make_scene()
    with transaction.atomic():
        record("edit", scene.host_city, by=None, at=AT)
    ask_run(by=scene.office, at=AT)
    verifier = RecordVerifier()
    verifier.tend()
    for _ in range(5):
        with transaction.atomic():
            record("edit", scene.host_city, by=None, at=AT)
    assert verifier.thread is not None
    verifier.thread.join()
    verifier.end()
    run = RecordRun.objects.get()
    assert (run.state, run.fault_count) == (RecordRunState.DONE, 0)
