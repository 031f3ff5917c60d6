"""Who writes is one address, in mails and in calendars."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from icalendar import Calendar

from exchanges.enums import Message
from exchanges.mail.rendering import render
from exchanges.models import OutboxMessage
from exchanges.operations.mail.outbox import tell
from mlp_planner.mailbox import Mailbox, read_mailbox
from tests.factories import AT, Scene, make_confirmed_visit


@pytest.mark.parametrize(
    ("text", "name", "written"),
    [
        ("planner@example.org", "", "planner@example.org"),
        (" planner@example.org ", "", "planner@example.org"),
        ("<planner@example.org>", "", "planner@example.org"),
        ("MLP Planner <planner@example.org>", "MLP Planner", "MLP Planner <planner@example.org>"),
        (
            '"Planner, UMN" <planner@example.org>',
            "Planner, UMN",
            '"Planner, UMN" <planner@example.org>',
        ),
        ("Πρόγραμμα <planner@example.org>", "Πρόγραμμα", "Πρόγραμμα <planner@example.org>"),
    ],
)
def test_one_mailbox_is_read(text: str, name: str, written: str) -> None:
    mailbox = read_mailbox("DEFAULT_FROM_EMAIL", text)
    assert mailbox == Mailbox(name, "planner@example.org")
    assert str(mailbox) == written


@pytest.mark.parametrize(
    "text",
    [
        "",
        "planner",
        "Planner",
        "Planner, UMN <planner@example.org>",
        "a@example.org, b@example.org",
        "Planner <planner@example.org",
        "planner@",
        "@example.org",
        "planner@example",
        "planner@example.org\nBcc: all@example.org",
        "group: a@example.org;",
    ],
)
def test_what_is_not_one_address_is_refused_at_start(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DEFAULT_FROM_EMAIL is not one address"):
        read_mailbox("DEFAULT_FROM_EMAIL", text)


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["MLP Planner <p@example.org>", '"Planner, UMN" <p@example.org>'])
def test_mail_and_calendar_bear_the_address(scene: Scene, settings: Any, text: str) -> None:
    settings.MAILBOX = read_mailbox("DEFAULT_FROM_EMAIL", text)
    settings.DEFAULT_FROM_EMAIL = str(settings.MAILBOX)
    visit = make_confirmed_visit(scene)
    tell([scene.host], Message.VISIT_CONFIRMED, at=AT, visit=visit.pk)
    message = OutboxMessage.objects.filter(recipient=scene.host).latest("pk")
    mail = render(message, at=AT)
    assert mail.message()["From"] == text
    (attached,) = mail.attachments
    event = Calendar.from_ical(attached.get_payload(decode=True)).walk("VEVENT")[0]
    assert str(event["organizer"]) == "mailto:p@example.org"
