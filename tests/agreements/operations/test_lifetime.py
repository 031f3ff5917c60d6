from datetime import timedelta

import pytest

from agreements.enums import AgreementState
from agreements.models import Agreement
from agreements.operations import endings
from agreements.operations.lifetime import remind
from agreements.queries.parties import all_concerned
from exchanges.enums import Message, MessageState
from exchanges.management.jobs import hourly
from exchanges.models import Event, OutboxMessage
from tests.factories.agreements import bring_to, contact, make_held_visit, start_agreement
from tests.moment import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement():
    return bring_to(start_agreement(make_held_visit()), AgreementState.ACTIVE)


def days_before_end(agreement, days):
    last = agreement.valid_until
    return AT.replace(year=last.year, month=last.month, day=last.day) - timedelta(days=days)


def said(kind):
    return OutboxMessage.objects.filter(kind=kind).count()


def test_everybody_is_reminded_three_times_and_told_of_the_end_once(agreement):
    concerned = len(all_concerned(agreement))
    events = Event.objects.count()
    seen = []
    for days in (181, 180, 179, 91, 90, 89, 31, 30, 29, 0, -1, -2):
        at = days_before_end(agreement, days)
        remind(at=at)
        OutboxMessage.objects.update(state=MessageState.SENT, sent_at=at)
        reminders, ended = said(Message.AGREEMENT_EXPIRING), said(Message.AGREEMENT_ENDED)
        seen.append(
            (days, agreement.state_at(at).value, reminders // concerned, ended // concerned)
        )
    assert seen == [
        (181, "active", 0, 0),
        (180, "active", 1, 0),
        (179, "active", 1, 0),
        (91, "active", 1, 0),
        (90, "expiring", 2, 0),
        (89, "expiring", 2, 0),
        (31, "expiring", 2, 0),
        (30, "expiring", 3, 0),
        (29, "expiring", 3, 0),
        (0, "expiring", 3, 0),
        (-1, "expired", 3, 1),
        (-2, "expired", 3, 1),
    ]
    assert Event.objects.count() == events
    assert Agreement.objects.get(pk=agreement.pk).state == AgreementState.ACTIVE


def test_the_last_day_ends_in_the_zone_of_the_programme(agreement):
    """At 22:30 UTC it is tomorrow in Ljubljana, and today still in Lisbon."""
    late = days_before_end(agreement, 0).replace(hour=22, minute=30)
    assert agreement.programme.time_zone == "Europe/Ljubljana"
    shown = agreement.state_at(late + timedelta(hours=1))
    assert (agreement.state_at(late), shown) == ("expiring", "expired")
    remind(at=late)
    assert said(Message.AGREEMENT_ENDED) == 0
    remind(at=late + timedelta(hours=1))
    assert said(Message.AGREEMENT_ENDED) == len(all_concerned(agreement))


def test_worker_that_slept_long_sends_one_reminder(agreement):
    assert remind(at=days_before_end(agreement, 20)) == len(all_concerned(agreement))
    assert said(Message.AGREEMENT_EXPIRING) == len(all_concerned(agreement))


def test_worker_that_slept_over_the_end_says_that_it_ended(agreement):
    assert remind(at=days_before_end(agreement, -40)) == len(all_concerned(agreement))
    assert said(Message.AGREEMENT_EXPIRING) == 0


def test_after_notice_only_the_end_is_told(agreement):
    party = agreement.parties.first()
    by = contact(party.organisation)
    agreement = endings.terminate(party=party, by=by, at=AT, reason="Reorganised.")
    before = said(Message.AGREEMENT_ENDED)
    assert remind(at=days_before_end(agreement, 30)) == 0
    assert remind(at=days_before_end(agreement, -1)) == len(all_concerned(agreement))
    assert said(Message.AGREEMENT_ENDED) == before + len(all_concerned(agreement))


def test_of_agreements_that_are_not_signed_nothing_is_said(agreement):
    bring_to(start_agreement(make_held_visit()), AgreementState.PROPOSED)
    told = remind(at=days_before_end(agreement, -1))
    assert told == len(all_concerned(agreement))


def test_worker_calls_it(agreement):
    dict(hourly.items())["agreements"](at=days_before_end(agreement, 10))
    assert said(Message.AGREEMENT_EXPIRING) == len(all_concerned(agreement))
