from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from exchanges.enums import Message
from exchanges.mail.registry import Obsolete
from exchanges.mail.rendering import render
from exchanges.models import Auditor, Event, OutboxMessage, RecordHead
from exchanges.operations.record import record
from exchanges.operations.record_heads import note_head, want_heads
from exchanges.permissions import NotAllowed
from tests.factories import AT, make_programme, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(scene):
    person = make_user(name="Auditor")
    for programme in (scene.programme, make_programme()):
        Auditor.objects.create(programme=programme, user=person, given_by=scene.office, given_at=AT)
    record("edit", scene.host_city, by=None, at=AT)
    return person


def mails():
    return OutboxMessage.objects.filter(kind=Message.RECORD_HEAD)


def test_an_auditor_who_wants_it_gets_one_mail_a_day(auditor):
    note_head(at=AT)
    assert not mails().exists()
    want_heads(wanted=True, by=auditor, at=AT)
    assert [event.verb for event in Event.objects.filter(actor=f"user:{auditor.pk}")] == [
        "want_heads",
        "want_heads",
    ]
    for hours in (24, 25, 48):
        note_head(at=AT + timedelta(hours=hours))
    assert [mail.recipient for mail in mails()] == [auditor, auditor]
    want_heads(wanted=False, by=auditor, at=AT)
    note_head(at=AT + timedelta(days=3))
    assert mails().count() == 2


def test_asking_twice_is_recorded_once(auditor):
    want_heads(wanted=True, by=auditor, at=AT)
    want_heads(wanted=True, by=auditor, at=AT)
    assert Event.objects.filter(verb="want_heads").count() == 2


def test_the_mail_has_the_line_as_the_file_has_it(auditor):
    want_heads(wanted=True, by=auditor, at=AT)
    head = note_head(at=AT)
    text = render(mails().get(), at=AT).body
    assert f"{head.day.isoformat()} {head.count} {head.hash}" in text
    assert "/office/record/heads/" in text
    want_heads(wanted=False, by=auditor, at=AT)
    with pytest.raises(Obsolete):
        render(mails().get(), at=AT)


def test_only_an_auditor_asks_for_it(scene):
    for person in (scene.office, scene.owner, scene.stranger):
        with pytest.raises(NotAllowed):
            want_heads(wanted=True, by=person, at=AT)


def test_heads_are_never_changed_or_deleted(auditor):
    note_head(at=AT)
    for change in (
        lambda: RecordHead.objects.update(count=0),
        lambda: RecordHead.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
