"""Who is reminded of which step, when, and only once."""

import threading
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection

from exchanges.enums import Message
from exchanges.models import OutboxMessage
from exchanges.operations.proposals import invitations
from exchanges.operations.reminders import remind, reminders
from exchanges.operations.visits import visits
from exchanges.operations.visits.reminders import mark_reached
from tests.factories import (
    AT,
    make_agreed_visit,
    make_completed_visit,
    make_confirmed_visit,
    make_proposed_visit,
    make_scene,
)
from tests.moment import moved

DUE = moved(date(2026, 12, 12))


@pytest.mark.parametrize(
    ("day", "mark"),
    [(4, None), (5, -7), (9, -7), (10, -2), (12, -2), (13, 1), (31, 1)],
)
def test_mark_reached_is_the_latest(day, mark):
    assert (
        mark_reached(DUE, since=moved(date(2026, 11, 1)), today=moved(date(2026, 12, day))) == mark
    )


def test_mark_reached_before_the_step_began_does_not_count():
    assert mark_reached(DUE, since=moved(date(2026, 12, 6)), today=moved(date(2026, 12, 7))) is None
    assert mark_reached(DUE, since=moved(date(2026, 12, 6)), today=moved(date(2026, 12, 10))) == -2


def noon(day):
    return datetime.combine(day, time(12), UTC)


def reminded(at):
    """What a round at this moment queues: recipient and step."""
    OutboxMessage.objects.all().delete()
    remind(at=at)
    rows = OutboxMessage.objects.select_related("recipient")
    return sorted((row.recipient.name, row.about.get("step", row.kind)) for row in rows)


@pytest.mark.parametrize("days", [-7, -2, 1])
def test_invited_contacts_are_reminded(scene, days):
    make_proposed_visit(scene, answer_by=DUE)
    found = reminded(noon(DUE + timedelta(days=days)))
    assert found == [("Host", "invitation_reminder"), ("Union", "invitation_reminder")]


def test_nobody_is_reminded_before_time(scene):
    make_proposed_visit(scene, answer_by=DUE)
    assert reminded(noon(DUE - timedelta(days=8))) == []


def test_who_answered_is_not_reminded_and_the_rest_is(scene):
    visit = make_proposed_visit(scene, answer_by=DUE)
    invitation = visit.invitations.get(organisation=scene.host_union)
    answers = {option.pk: "yes" for option in visit.date_options.all()}
    invitations.accept(invitation=invitation, by=scene.union, at=AT, answers=answers)
    assert reminded(noon(DUE)) == [("Host", "invitation_reminder")]


def test_a_second_round_writes_nothing_new(scene):
    make_proposed_visit(scene, answer_by=DUE)
    OutboxMessage.objects.all().delete()
    at = noon(DUE - timedelta(days=7))
    assert remind(at=at) == 2
    assert remind(at=at + timedelta(hours=1)) == 0
    assert remind(at=at + timedelta(days=4)) == 0
    assert remind(at=at + timedelta(days=5)) == 2
    assert OutboxMessage.objects.count() == 2


def test_after_three_days_without_a_mail_server_one_reminder_waits(scene):
    make_proposed_visit(scene, answer_by=DUE)
    OutboxMessage.objects.all().delete()
    for days in (-7, -2, 1):
        assert remind(at=noon(DUE + timedelta(days=days))) == 2
    waiting = OutboxMessage.objects.filter(kind=Message.INVITATION_REMINDER)
    assert waiting.count() == 2
    assert all(each.once.split(":")[-2] == "1" for each in waiting)


def test_a_worker_that_was_off_sends_only_the_latest(scene):
    make_proposed_visit(scene, answer_by=DUE)
    assert len(reminded(noon(DUE + timedelta(days=10)))) == 2


def test_the_proposer_is_reminded_to_pick_the_date(scene):
    visit = make_proposed_visit(scene, answer_by=DUE)
    answers = {option.pk: "yes" for option in visit.date_options.all()}
    for organisation, person in (
        (scene.host_authority, scene.host),
        (scene.host_union, scene.union),
    ):
        invitation = visit.invitations.get(organisation=organisation)
        invitations.accept(invitation=invitation, by=person, at=AT, answers=answers)
    assert reminded(noon(DUE - timedelta(days=2))) == [("Owner", "pick_date")]


def test_the_office_is_reminded_to_confirm(scene):
    visit = make_agreed_visit(scene)
    due = AT + timedelta(days=14)
    assert reminded(due - timedelta(days=8)) == []
    assert reminded(due - timedelta(days=7)) == [("Office", "confirm")]
    visits.confirm(visit=visit, by=scene.office, at=AT)
    assert reminded(due) == []


def test_organisations_without_delegates_are_reminded_three_weeks_ahead(scene):
    visit = make_confirmed_visit(scene)
    visit.delegates.create(
        organisation=scene.host_union, name="Ana", email="ana@example.org", added_at=AT
    )
    first = noon(visit.start_date)
    assert reminded(first - timedelta(days=22)) == []
    assert reminded(first - timedelta(days=21)) == [("Host", "delegates"), ("Owner", "delegates")]
    assert remind(at=first - timedelta(days=10)) == 0


def test_hosts_are_reminded_to_complete_after_the_last_day(scene):
    visit = make_confirmed_visit(scene)
    assert reminded(noon(visit.end_date)) == []
    found = reminded(noon(visit.end_date + timedelta(days=1)))
    assert found == [("Host", "complete"), ("Union", "complete")]


def test_a_day_ends_by_the_host_s_clock(scene):
    visit = make_confirmed_visit(scene)
    midnight = datetime.combine(visit.end_date, time(23, 30), UTC)  # 00:30 in Ljubljana
    assert len(reminded(midnight)) == 2


def test_a_completed_visit_reminds_nobody(scene):
    visit = make_completed_visit(scene)
    assert reminded(noon(visit.end_date + timedelta(days=5))) == []


@pytest.mark.django_db(transaction=True)
def test_four_workers_remind_once():
    scene = make_scene()
    make_proposed_visit(scene, answer_by=DUE)
    at, faults = noon(DUE), []

    def work():
        try:
            remind(at=at)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert OutboxMessage.objects.filter(kind=Message.INVITATION_REMINDER).count() == 2


def test_a_reminder_that_fails_holds_up_no_other(scene, caplog):
    def broken(*, at):
        raise ValueError("broken")

    make_proposed_visit(scene, answer_by=DUE)
    with reminders.with_entry("broken", broken, order=0):
        assert remind(at=noon(DUE - timedelta(days=2))) == 2
    assert "reminder_failed reminder=broken" in caplog.text
