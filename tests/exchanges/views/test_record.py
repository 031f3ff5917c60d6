import pytest
from django.urls import reverse

from exchanges.models import Event, RecordRun
from exchanges.models.record_triggers import remove_record_triggers
from exchanges.operations.record import record
from exchanges.operations.record_runs import LEASE, claim, renew
from tests.exchanges.operations.test_record_runs import run_now
from tests.factories import AT

pytestmark = pytest.mark.django_db
PAGE = "exchanges:record-check"


@pytest.fixture
def office(scene, client):
    for number in range(3):
        record("edit", scene.host_city, by=None, at=AT, number=number)
    client.force_login(scene.office)
    return client


def text(client, **headers):
    return client.get(reverse(PAGE), headers=headers).content.decode()


def ask(client):
    answer = client.post(reverse("exchanges:record-verify"))
    assert answer.url == reverse(PAGE)


def test_a_record_that_was_never_checked_says_so(office):
    assert "The record was not checked yet" in text(office)


def test_no_request_reads_the_record(office, django_assert_max_num_queries):
    ask(office)
    remove_record_triggers()
    Event.objects.filter(number=2).update(actor="user:99")
    with django_assert_max_num_queries(25) as queries:
        text(office)
    assert not [query for query in queries if 'exchanges_event"' in query["sql"]]
    assert RecordRun.objects.get().finished_at is None


def test_a_run_that_waits_goes_on_and_ends_is_seen(office):
    ask(office)
    page = text(office)
    assert "The check waits for the worker" in page
    assert "Check the record now" not in page
    run = claim(at=AT)
    assert "The check has begun" in text(office)
    renew(run, at=AT, done=2, count=3)
    part = text(office, hx_request="true")
    assert "Events read: 2 of 3" in part
    assert "<html" not in part
    assert part.strip() in text(office)
    RecordRun.objects.update(leased_until=AT - LEASE)
    run_now()
    assert office.get(reverse(PAGE), headers={"hx-request": "true"})["HX-Refresh"] == "true"
    page = text(office)
    assert "3 events: nothing was changed" in page
    assert Event.objects.get(number=3).hash in page
    assert "22 November" in page or AT.strftime("%-d %B") in page


def test_the_last_result_stays_while_the_next_run_waits(office):
    ask(office)
    run_now()
    ask(office)
    page = text(office)
    assert "The check waits for the worker" in page
    assert "3 events: nothing was changed" in page


def test_faults_are_shown_in_words(office):
    remove_record_triggers()
    Event.objects.filter(number=2).update(actor="user:99")
    ask(office)
    run_now()
    page = text(office)
    assert "The record does not hold" in page
    assert "Event 2 was changed." in page


def test_a_thousand_faults_are_counted_and_the_first_named(office):
    remove_record_triggers()
    Event.objects.all().delete()
    ask(office)
    run_now()
    row = RecordRun.objects.get()
    row.fault_count += 800
    row.save()
    assert "There are 800 more faults." in text(office)
