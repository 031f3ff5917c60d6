"""The maximum of exchanges, changed and used by many at once."""

from collections.abc import Callable

import pytest

from exchanges.domain.record import verify
from exchanges.enums import AskedState, PartnerRole
from exchanges.models import Exchange, Programme
from exchanges.operations.programmes import partnerships, programmes
from exchanges.operations.programmes.partners import PartnerShare
from exchanges.operations.visits import visits
from exchanges.queries.record import read_record
from tests.factories import (
    AT,
    Scene,
    make_agreed_visit,
    make_contact,
    make_organisation,
    make_question,
    make_scene,
)
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def setting(scene: Scene, most: int) -> Callable[[], object]:
    return lambda: programmes.set_max_exchanges(
        programme=scene.programme, most=most, by=scene.office, at=AT
    )


def assert_consistent(scene: Scene) -> Programme:
    programme = Programme.objects.get(pk=scene.programme.pk)
    numbers = list(programme.exchanges.values_list("number", flat=True))
    assert len(numbers) == programme.max_exchanges
    assert len(set(numbers)) == len(numbers)
    record = read_record()
    assert verify(record.entries, count=record.count, head=record.head) == []
    return programme


def test_a_maximum_set_by_many_at_once_has_as_many_exchanges() -> None:
    scene = make_scene()
    assert at_once(*[setting(scene, most) for most in range(1, 13)]) == {"done": 12}
    assert 1 <= assert_consistent(scene).max_exchanges <= 12


def test_a_maximum_lowered_while_visits_are_confirmed_takes_no_exchange_away() -> None:
    scene = make_scene()
    agreed = [make_agreed_visit(scene) for _ in range(6)]
    calls: list[Callable[[], object]] = [
        lambda visit=visit: visits.confirm(visit=visit, by=scene.office, at=AT)  # type: ignore[misc]
        for visit in agreed
    ]
    calls += [setting(scene, 3)] * 2
    came_out = at_once(*calls)
    programme = assert_consistent(scene)
    taken = Exchange.objects.filter(programme=programme).exclude(visit=None).count()
    assert taken == 6 - came_out["ExchangeLimitReached"]
    if programme.max_exchanges == 3:
        assert taken == 3
    else:
        assert (taken, programme.max_exchanges) == (6, 8)
        assert came_out["ExchangesTaken"] == 2


def test_a_partner_asked_by_two_at_once_is_asked_once() -> None:
    scene = make_scene()
    organisation = make_organisation()

    def ask() -> object:
        part = PartnerShare(role=PartnerRole.UMN_MEMBER)
        return partnerships.ask(
            programme=scene.programme,
            organisation=organisation,
            part=part,
            by=scene.office,
            at=AT,
        )

    assert at_once(ask, ask, ask) == {"done": 1, "AskedAlready": 2}


def test_question_answered_and_taken_back_at_once_has_one_answer() -> None:
    scene = make_scene()
    organisation = make_organisation()
    contact = make_contact(organisation)
    asked = make_question(scene.programme, organisation)
    ends = at_once(
        lambda: partnerships.accept(asked=asked, by=contact, at=AT),
        lambda: partnerships.accept(asked=asked, by=contact, at=AT),
        lambda: partnerships.withdraw(asked=asked, by=scene.office, at=AT),
    )
    assert ends == {"done": 1, "AnsweredAlready": 2}
    asked.refresh_from_db()
    partners = scene.programme.partners.filter(organisation=organisation)
    assert partners.exists() == (asked.state == AskedState.ACCEPTED)
