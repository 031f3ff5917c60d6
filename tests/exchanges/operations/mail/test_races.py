"""News and the worker at the same moment: no news is lost."""

from threading import Event as Signal

import pytest
from django.db import transaction

from exchanges.enums import Message, MessageState
from exchanges.models import OutboxMessage
from exchanges.operations.mail.delivery import claim
from exchanges.operations.mail.outbox import tell
from tests.factories import make_user
from tests.moment import AT
from tests.races import at_once


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("news", [1, 2])
def test_a_worker_never_takes_a_message_without_the_news_in_it(news: int) -> None:
    """While they are written it passes over the message, or waits; afterwards it takes it whole."""
    person = make_user()
    about = {"topic": "agenda:1", "at": AT}
    tell([person], Message.AGENDA_CHANGED, visit=1, **about)
    written, taken = Signal(), list[OutboxMessage]()

    def write_news() -> None:
        with transaction.atomic():
            tell([person], Message.AGENDA_CHANGED, visit=news, **about)
            written.set()
            Signal().wait(0.3)

    def work() -> None:
        written.wait(5)
        taken.extend(claim(10, at=AT))

    assert at_once(write_news, work) == {"done": 2}
    assert [message.about["visit"] for message in taken] in ([], [news])
    left = OutboxMessage.objects.get()
    assert (left.state, left.about["visit"]) == (MessageState.QUEUED, news)


@pytest.mark.django_db(transaction=True)
def test_news_after_a_worker_took_the_message_are_another_one() -> None:
    person = make_user()
    about = {"topic": "agenda:1", "at": AT}
    tell([person], Message.AGENDA_CHANGED, visit=1, **about)
    [taken] = claim(10, at=AT)
    tell([person], Message.AGENDA_CHANGED, visit=1, **about)
    assert list(OutboxMessage.objects.exclude(pk=taken.pk).values_list("lease", flat=True)) == [
        None
    ]
