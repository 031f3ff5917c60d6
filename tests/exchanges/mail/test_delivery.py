import threading
from datetime import timedelta
from email import message_from_bytes

import pytest
from django.core import mail
from django.db import connection

from exchanges.enums import Message, MessageState
from exchanges.mail.delivery import deliver_due
from exchanges.models import OutboxMessage
from exchanges.operations.mail.delivery import LEASE
from exchanges.operations.mail.outbox import tell_address
from tests.factories import AT
from tests.factories.messages import make_message
from tests.smtp_server import Manner, mail_server

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server(settings):
    with mail_server() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.EMAIL_TIMEOUT = 0.3
        yield running


def deliver(at=AT):
    return deliver_due(now=lambda: at)


def states():
    return dict(OutboxMessage.objects.values_list("address", "state"))


def test_deliver_sends_what_is_due_over_one_connection(server):
    for number in range(5):
        make_message(f"{number}@example.org", at=AT)
    assert deliver() == 5
    assert deliver() == 0
    assert len(server.received) == 5
    assert server.connections == 1
    assert set(states().values()) == {MessageState.SENT}


def test_message_id_is_the_same_at_repetition(server, settings):
    settings.DEFAULT_FROM_EMAIL = "Planner <planner@unionmigrantnet.example>"
    message = make_message("person@example.org", at=AT)
    server.manner = Manner.DIE_AT_DATA
    deliver()
    server.manner = Manner.ACCEPT
    deliver(AT + timedelta(minutes=1))
    OutboxMessage.objects.update(state=MessageState.QUEUED, sent_at=None)
    message.save()  # with its secret, as if the mark had been lost
    deliver(AT + timedelta(hours=1))
    parsed = [message_from_bytes(content) for content in server.received]
    expected = f"<{message.message_id}@unionmigrantnet.example>"
    assert [each["Message-ID"] for each in parsed] == [expected, expected]
    assert parsed[0]["Auto-Submitted"] == "auto-generated"
    assert parsed[0]["List-Unsubscribe"] is None


def test_a_dead_server_loses_nothing(settings):
    with mail_server() as gone:
        port = gone.port
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    make_message("a@example.org", at=AT)
    make_message("b@example.org", at=AT)
    deliver()
    for row in OutboxMessage.objects.all():
        assert (row.state, row.attempts) == (MessageState.QUEUED, 1)
        assert row.due_at == AT + timedelta(minutes=1)
        assert row.lease is None
        assert "refused" in row.last_error


def test_a_server_that_hangs_at_once_is_tried_once_a_batch(server):
    server.manner = Manner.HANG_AT_START
    for number in range(5):
        make_message(f"{number}@example.org", at=AT)
    deliver()
    assert server.connections == 1
    assert set(OutboxMessage.objects.values_list("state", "attempts")) == {("queued", 1)}


@pytest.mark.parametrize("manner", [Manner.HANG_AT_DATA, Manner.DIE_AT_DATA])
def test_a_fault_in_the_middle_stays_with_its_message(server, manner):
    server.manner, server.worst_for = manner, "b@example.org"
    for name in "abc":
        make_message(f"{name}@example.org", at=AT + timedelta(microseconds=ord(name)))
    deliver(AT + timedelta(seconds=1))
    assert states() == {"a@example.org": "sent", "b@example.org": "queued", "c@example.org": "sent"}
    assert server.connections == 2
    server.manner = Manner.ACCEPT
    deliver(AT + timedelta(minutes=2))
    assert states()["b@example.org"] == "sent"
    assert len(server.received) == 3


def test_a_recipient_refused_for_good_fails_at_once_and_holds_up_nobody(server):
    server.manner, server.worst_for = Manner.REFUSE, "b@example.org"
    for name in "abc":
        make_message(f"{name}@example.org", at=AT)
    deliver()
    assert states() == {"a@example.org": "sent", "b@example.org": "failed", "c@example.org": "sent"}
    row = OutboxMessage.objects.get(address="b@example.org")
    assert row.last_error == "550 no such person"
    assert row.secret is None


def test_a_recipient_put_off_is_tried_again(server):
    server.manner = Manner.PUT_OFF
    make_message("person@example.org", at=AT)
    deliver()
    row = OutboxMessage.objects.get()
    assert (row.state, row.attempts, row.last_error) == ("queued", 1, "450 come back later")


def test_a_message_that_cannot_be_rendered_stops_no_other(caplog):
    bad = make_message("bad@example.org", at=AT - timedelta(seconds=1), secret=b"not sealed")
    make_message("good@example.org", at=AT)
    deliver()
    assert [each.to for each in mail.outbox] == [["good@example.org"]]
    bad.refresh_from_db()
    assert (bad.state, bad.attempts) == (MessageState.QUEUED, 1)
    assert "InvalidToken" in bad.last_error
    assert f"message={bad.pk}" in caplog.text
    assert "bad@example.org" not in caplog.text


def test_a_kind_that_nobody_writes_is_put_off():
    tell_address("x@example.org", Message.ACCOUNT, at=AT)
    OutboxMessage.objects.update(kind="nonsense")
    deliver()
    assert OutboxMessage.objects.get().last_error == "NoLetter: nonsense"


def test_an_address_that_makes_no_header_hurts_nobody_else():
    make_message("a@example.org\nBcc: all@example.org", at=AT - timedelta(seconds=1))
    make_message("b@example.org", at=AT)
    deliver()
    assert [each.to for each in mail.outbox] == [["b@example.org"]]


def test_what_is_gone_is_marked_obsolete_and_not_sent():
    tell_address("x@example.org", Message.ACCOUNT_INVITATION, at=AT, account_invitation=999)
    deliver()
    row = OutboxMessage.objects.get()
    assert row.state == MessageState.OBSOLETE
    assert mail.outbox == []


def test_a_stop_gives_back_what_was_not_sent():
    for number in range(3):
        make_message(f"{number}@example.org", at=AT)
    deliver_due(now=lambda: AT, stopped=lambda: len(mail.outbox) == 1)
    assert len(mail.outbox) == 1
    waiting = OutboxMessage.objects.filter(state=MessageState.QUEUED)
    assert {(row.lease, row.attempts) for row in waiting} == {(None, 0)}


def test_a_message_taken_over_meanwhile_is_not_sent_twice():
    """While `a` is under way the lease of `b` runs out, and another worker sends `b`."""
    make_message("a@example.org", at=AT - timedelta(seconds=1))
    make_message("b@example.org", at=AT)
    late = AT + timedelta(seconds=100)
    moments = [AT, late, late]  # to claim, to renew `a`, to render it

    def now():
        if moments:
            return moments.pop(0)
        if len(mail.outbox) == 1:
            deliver(AT + LEASE)
        return AT + LEASE

    deliver_due(now=now)

    assert [each.to for each in mail.outbox] == [["a@example.org"], ["b@example.org"]]
    assert set(states().values()) == {MessageState.SENT}


def test_four_workers_send_two_hundred_messages_once_each(server, settings):
    settings.EMAIL_TIMEOUT = 10
    for number in range(200):
        make_message(f"{number}@example.org", at=AT)
    faults = []

    def work():
        try:
            while deliver():
                pass
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
    receivers = [message_from_bytes(content)["To"] for content in server.received]
    assert sorted(receivers) == sorted(f"{number}@example.org" for number in range(200))
    assert set(states().values()) == {MessageState.SENT}
