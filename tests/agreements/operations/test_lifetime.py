from datetime import timedelta

import pytest

from agreements.enums import AgreementState
from agreements.models import Agreement
from agreements.operations.lifetime import advance
from agreements.queries.parties import all_concerned
from exchanges.enums import Message
from exchanges.management.jobs import hourly
from exchanges.models import Event, OutboxMessage
from tests.factories.agreements import bring_to, make_held_visit, start_agreement
from tests.moment import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement():
    return bring_to(start_agreement(make_held_visit()), AgreementState.ACTIVE)


def days_before_end(agreement, days):
    return AT.replace(
        year=agreement.valid_until.year,
        month=agreement.valid_until.month,
        day=agreement.valid_until.day,
    ) - timedelta(days=days)


def state_of(agreement):
    return Agreement.objects.get(pk=agreement.pk).state


def reminders():
    return OutboxMessage.objects.filter(kind=Message.AGREEMENT_EXPIRING).count()


def test_life_goes_by_days(agreement):
    concerned = len(all_concerned(agreement))
    seen = []
    for days in (181, 180, 179, 91, 90, 89, 31, 30, 29, 0, -1, -2):
        advance(at=days_before_end(agreement, days))
        seen.append((days, state_of(agreement), reminders() // concerned))
    active, expiring, expired = (
        AgreementState.ACTIVE,
        AgreementState.EXPIRING,
        AgreementState.EXPIRED,
    )
    assert seen == [
        (181, active, 0),
        (180, active, 1),
        (179, active, 1),
        (91, active, 1),
        (90, expiring, 2),
        (89, expiring, 2),
        (31, expiring, 2),
        (30, expiring, 3),
        (29, expiring, 3),
        (0, expiring, 3),
        (-1, expired, 3),
        (-2, expired, 3),
    ]
    ended = OutboxMessage.objects.filter(kind=Message.AGREEMENT_ENDED)
    assert ended.count() == concerned
    verbs = Event.objects.order_by("number").values_list("verb", flat=True)
    assert list(verbs)[-2:] == ["run_out_soon", "expire"]


def test_worker_that_slept_long_sends_one_reminder(agreement):
    assert advance(at=days_before_end(agreement, 20)) == 1
    assert reminders() == len(all_concerned(agreement))


def test_worker_that_slept_over_the_end_expires_at_once(agreement):
    assert advance(at=days_before_end(agreement, -40)) == 1
    assert state_of(agreement) == AgreementState.EXPIRED
    assert reminders() == 0


def test_agreements_that_are_not_in_force_stay(agreement):
    bring_to(start_agreement(make_held_visit()), AgreementState.PROPOSED)
    advance(at=days_before_end(agreement, -400))
    states = set(Agreement.objects.values_list("state", flat=True))
    assert states == {AgreementState.EXPIRED, AgreementState.PROPOSED}


def test_worker_calls_it(agreement):
    dict(hourly.items())["agreements"](at=days_before_end(agreement, 10))
    assert state_of(agreement) == AgreementState.EXPIRING
