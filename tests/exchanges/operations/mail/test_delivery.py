from datetime import timedelta

import pytest

from exchanges.enums import Message, MessageState
from exchanges.models import Event, OutboxMessage
from exchanges.operations.mail import delivery, outbox
from exchanges.permissions import NotAllowed
from tests.factories import AT, make_contact, make_organisation, make_programme, make_user
from tests.factories.messages import make_message

pytestmark = pytest.mark.django_db


def claim_one(at=AT):
    (message,) = delivery.claim(1, at=at)
    return message


def reloaded(message):
    return OutboxMessage.objects.get(pk=message.pk)


def test_claim_takes_due_messages_oldest_first_and_leases_them():
    late = make_message("late@example.org", at=AT - timedelta(minutes=1))
    early = make_message("early@example.org", at=AT - timedelta(minutes=2))
    make_message("later@example.org", at=AT, due_at=AT + timedelta(seconds=1))
    make_message("sent@example.org", at=AT, state=MessageState.SENT, sent_at=AT)

    claimed = delivery.claim(10, at=AT)

    assert [message.pk for message in claimed] == [early.pk, late.pk]
    assert {reloaded(each).lease for each in claimed} == {claimed[0].lease}
    assert reloaded(early).leased_until == AT + delivery.LEASE
    assert delivery.claim(10, at=AT) == []


def test_claim_takes_no_more_than_asked():
    for number in range(3):
        make_message(f"{number}@example.org", at=AT)
    assert len(delivery.claim(2, at=AT)) == 2
    assert len(delivery.claim(2, at=AT)) == 1


def test_claim_takes_a_message_whose_lease_is_over():
    make_message("person@example.org", at=AT)
    lost = claim_one()
    almost = AT + delivery.LEASE - timedelta(microseconds=1)
    assert delivery.claim(1, at=almost) == []

    found = claim_one(at=AT + delivery.LEASE)

    assert found.pk == lost.pk
    assert found.lease != lost.lease


def test_a_lost_lease_changes_nothing_any_more():
    make_message("person@example.org", at=AT)
    lost = claim_one()
    later = AT + delivery.LEASE
    holder = claim_one(at=later)

    assert not delivery.renew(lost, at=later)
    assert not delivery.mark_sent(lost, at=later)
    assert not delivery.mark_obsolete(lost, "gone")
    assert not delivery.mark_refused(lost, "no")
    assert not delivery.postpone(lost, "no", at=later)
    delivery.release([lost])

    row = reloaded(lost)
    assert (row.state, row.lease, row.attempts) == (MessageState.QUEUED, holder.lease, 0)


def test_renew_prolongs_the_lease():
    make_message("person@example.org", at=AT)
    message = claim_one()
    at = AT + timedelta(seconds=100)
    assert delivery.renew(message, at=at)
    assert reloaded(message).leased_until == at + delivery.LEASE


def test_mark_sent_erases_the_sealed_content_and_the_lease():
    make_message("person@example.org", at=AT, last_error="once")
    assert delivery.mark_sent(claim_one(), at=AT)
    row = OutboxMessage.objects.get()
    assert (row.state, row.sent_at, row.secret) == (MessageState.SENT, AT, None)
    assert (row.lease, row.leased_until, row.last_error) == (None, None, "")


def test_postpone_waits_longer_each_time_and_fails_after_the_eighth():
    make_message("person@example.org", at=AT)
    at, waits = AT, []
    for _attempt in range(7):
        message = claim_one(at=at)
        assert delivery.postpone(message, "TimeoutError: timed out", at=at)
        row = reloaded(message)
        assert row.state == MessageState.QUEUED
        assert row.secret is not None
        waits.append(row.due_at - at)
        at = row.due_at
    hours, minutes = lambda n: timedelta(hours=n), lambda n: timedelta(minutes=n)
    assert waits == [
        minutes(1), minutes(5), minutes(30), hours(2), hours(6), hours(24), hours(24),
    ]  # fmt: skip

    delivery.postpone(claim_one(at=at), "TimeoutError: timed out", at=at)

    row = OutboxMessage.objects.get()
    assert (row.state, row.attempts) == (MessageState.FAILED, 8)
    assert row.last_error == "TimeoutError: timed out"
    assert row.secret is None


def test_an_endless_error_is_kept_in_part():
    make_message("person@example.org", at=AT)
    delivery.postpone(claim_one(), "x\0" * 1000, at=AT)
    assert OutboxMessage.objects.get().last_error == "x" * 500


def test_release_gives_a_message_back_untried():
    make_message("person@example.org", at=AT)
    delivery.release(delivery.claim(1, at=AT))
    assert claim_one().attempts == 0


def failed_message(person=None):
    person = person or make_user()
    return OutboxMessage.objects.create(
        kind=Message.VISIT_AGREED, recipient=person, queued_at=AT, due_at=AT,
        state=MessageState.FAILED, attempts=8, last_error="550 no",
    )  # fmt: skip


def test_retry_by_the_office_queues_a_failed_message_again():
    programme = make_programme()
    office = make_contact(programme.coordinator)
    message = failed_message(office)
    at = AT + timedelta(days=3)

    delivery.retry(message=message, by=office, at=at)

    row = reloaded(message)
    assert (row.state, row.attempts, row.due_at) == (MessageState.QUEUED, 0, at)
    assert row.message_id == message.message_id
    event = Event.objects.get()
    assert (event.verb, event.subject_id) == ("message_requeued", message.pk)


def test_retry_by_anybody_else_is_refused():
    message = failed_message()
    with pytest.raises(NotAllowed):
        delivery.retry(message=message, by=make_contact(make_organisation()), at=AT)
    assert reloaded(message).state == MessageState.FAILED


def test_retry_by_the_office_of_another_programme_is_refused():
    message = failed_message(make_contact(make_programme().coordinator))
    other = make_contact(make_programme().coordinator)
    with pytest.raises(NotAllowed):
        delivery.retry(message=message, by=other, at=AT)


def test_retry_of_what_did_not_fail_or_is_erased_is_refused():
    office = make_contact(make_programme().coordinator)
    erased = make_message(office.email, at=AT, state=MessageState.FAILED, secret=None)
    for message in (make_message(office.email, at=AT), erased):
        with pytest.raises(delivery.CannotRetry):
            delivery.retry(message=message, by=office, at=AT)


def test_erase_expired_drops_old_codes_only():
    old = make_message("old@example.org", at=AT - timedelta(hours=1))
    young = make_message("young@example.org", at=AT - timedelta(minutes=59))
    plain = outbox.tell_address("x@example.org", Message.ACCOUNT_INVITATION, at=AT)

    assert delivery.erase_expired(at=AT) == 1

    assert (reloaded(old).state, reloaded(old).secret) == (MessageState.OBSOLETE, None)
    assert reloaded(young).secret is not None
    assert reloaded(plain).state == MessageState.QUEUED
