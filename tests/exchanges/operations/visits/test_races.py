"""Many at once, on real threads and connections."""

import pytest
from django.db import transaction

from exchanges.domain.record import verify
from exchanges.models import Exchange, StudyVisit
from exchanges.operations.references import next_reference
from exchanges.operations.visits import visits
from exchanges.queries.record import read_record
from tests.factories import AT, make_agreed_visit, make_scene
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 20


def test_the_last_exchange_is_taken_once() -> None:
    scene = make_scene()
    scene.programme.exchanges.exclude(number=1).delete()
    agreed = [make_agreed_visit(scene) for _ in range(THREADS)]
    calls = [
        lambda visit=visit: visits.confirm(visit=visit, by=scene.office, at=AT)  # type: ignore[misc]
        for visit in agreed
    ]
    assert at_once(*calls) == {"done": 1, "ExchangeLimitReached": THREADS - 1}
    assert Exchange.objects.exclude(visit=None).count() == 1
    assert StudyVisit.objects.filter(state="confirmed").count() == 1
    record = read_record()
    assert verify(record.entries, count=record.count, head=record.head) == []


def test_one_visit_is_confirmed_once_however_often_it_is_asked() -> None:
    scene = make_scene()
    visit = make_agreed_visit(scene)
    calls = [lambda: visits.confirm(visit=visit, by=scene.office, at=AT)] * THREADS
    assert at_once(*calls) == {"done": 1, "MoveNotPossible": THREADS - 1}
    assert Exchange.objects.exclude(visit=None).count() == 1


def test_references_are_given_once() -> None:
    given: list[str] = []

    @transaction.atomic
    def take() -> None:
        given.append(next_reference("UMN-2026"))

    assert at_once(*[take] * 6) == {"done": 6}
    assert sorted(given) == [f"UMN-2026-{number:03d}" for number in range(1, 7)]
