"""The same sent twice, as a double click does, and rows that somebody removed meanwhile."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from i18nfield.strings import LazyI18nString

from exchanges.enums import SessionKind, Side
from exchanges.models import AgendaItem, City, Delegate, Event, Programme, StudyVisit, Topic
from exchanges.operations import agenda
from exchanges.operations.agenda import SessionData
from exchanges.operations.cities import cities
from exchanges.operations.editing import EditedMeanwhile, GoneMeanwhile
from exchanges.operations.network import practices, topics
from exchanges.operations.programmes import programmes
from exchanges.operations.proposals import proposals
from exchanges.operations.visits import delegates
from tests.factories import AT, Scene, make_confirmed_visit
from tests.moment import moved
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
PERSON = {"name": "Ana", "function": "Head", "email": "ana@example.org", "languages": ["sl"]}
CITY: dict[str, Any] = {
    "names": LazyI18nString({"en": "Maribor"}),
    "country": "SI",
    "latitude": 46.55,
    "longitude": 15.64,
    "time_zone": "Europe/Ljubljana",
    "languages": ["sl"],
    "holiday_region": "",
}
PROGRAMME: dict[str, Any] = {
    "title": LazyI18nString({"en": "Next"}),
    "short_title": "NEXT",
    "fund": "AMIF",
    "specific_objective": "",
    "start_date": moved(date(2027, 1, 1)),
    "end_date": moved(date(2028, 1, 1)),
    "eu_cofinancing_rate": Decimal("0.9"),
    "total_budget_eur": None,
    "time_zone": "",
    "requires_umn_host": True,
    "allows_same_country": False,
}


def starting(scene: Scene, **more: Any) -> Callable[[], StudyVisit]:
    return lambda: proposals.start(
        programme=scene.programme,
        organisation=scene.guest_authority,
        city=scene.guest_city,
        side=Side.GUEST,
        by=scene.owner,
        at=AT,
        **more,
    )


def naming(scene: Scene, visit: StudyVisit) -> Delegate:
    return delegates.add(
        visit=visit, organisation=scene.guest_authority, by=scene.owner, at=AT, **PERSON
    )


def test_a_proposal_started_twice_at_once_is_one_draft(scene: Scene) -> None:
    assert at_once(starting(scene), starting(scene)) == {"done": 2}
    assert StudyVisit.objects.count() == 1


def test_a_draft_that_was_touched_or_begun_otherwise_is_not_handed_back(scene: Scene) -> None:
    first = starting(scene)()
    assert starting(scene, topics=[scene.topic])() != first
    proposals.save_learning(
        visit=first, by=scene.owner, at=AT, revision=None, title="A", purpose="B", topics=[]
    )
    assert starting(scene)() != first


def test_a_city_added_twice_at_once_is_added_once(scene: Scene) -> None:
    add = lambda: cities.add(values=CITY, by=scene.office, at=AT)  # noqa: E731
    assert at_once(add, add) == {"done": 1, "AlreadyThere": 1}
    assert City.objects.filter(slug__startswith="maribor").count() == 1


def test_a_topic_added_twice_at_once_is_added_once(scene: Scene) -> None:
    values = {"names": LazyI18nString({"en": "Housing"})}
    add = lambda: topics.add(values=values, by=scene.office, at=AT)  # noqa: E731
    assert at_once(add, add) == {"done": 1, "AlreadyThere": 1}
    assert Topic.objects.filter(slug__startswith="housing").count() == 1


def test_a_programme_added_twice_at_once_is_added_once(scene: Scene) -> None:
    add = lambda: programmes.add(  # noqa: E731
        coordinator=scene.programme.coordinator,
        values=PROGRAMME,
        most=8,
        by=scene.office,
        at=AT,
    )
    assert at_once(add, add) == {"done": 1, "AlreadyThere": 1}
    assert Programme.objects.filter(short_title="NEXT").count() == 1


def test_a_session_added_twice_at_once_is_added_once(scene: Scene) -> None:
    visit = make_confirmed_visit(scene)
    assert visit.start_date is not None
    data = SessionData(visit.start_date, time(9), time(10), SessionKind.SITE_VISIT, "Welcome")
    add = lambda: agenda.add_item(visit=visit, data=data, by=scene.host, at=AT)  # noqa: E731
    assert at_once(add, add) == {"done": 1, "SessionTwice": 1}
    assert AgendaItem.objects.count() == 1


def test_a_practice_deleted_meanwhile_cannot_be_edited_or_deleted(scene: Scene) -> None:
    said = {"title": "One", "description": "", "language": "en", "link": ""}
    owners, topics = [scene.guest_authority], [scene.topic]
    practice = practices.add(
        organisations=owners, topics=topics, values=said, by=scene.owner, at=AT
    )
    delete = lambda: practices.delete(practice=practice, by=scene.owner, at=AT)  # noqa: E731
    assert at_once(delete, delete) == {"done": 1, "GoneMeanwhile": 1}
    with pytest.raises(GoneMeanwhile):
        practices.edit(
            practice=practice, organisations=owners, topics=topics, values=said,
            revision=None, by=scene.owner, at=AT,
        )  # fmt: skip


def test_a_draft_discarded_twice_at_once_is_discarded_once(scene: Scene) -> None:
    visit = starting(scene)()
    discard = lambda: proposals.discard(visit=visit, by=scene.owner, at=AT)  # noqa: E731
    assert at_once(discard, discard) == {"done": 1, "GoneMeanwhile": 1}
    assert Event.objects.filter(verb="discard").count() == 1


def test_a_delegate_removed_twice_is_recorded_once_and_stays_removed(scene: Scene) -> None:
    visit = make_confirmed_visit(scene)
    delegate = naming(scene, visit)
    remove = lambda: delegates.remove(  # noqa: E731
        delegate=Delegate(pk=delegate.pk, visit=visit, organisation=scene.guest_authority),
        by=scene.owner,
        at=AT,
    )
    assert at_once(remove, remove) == {"done": 2}
    assert Event.objects.filter(verb="remove_delegate").count() == 1
    with pytest.raises(GoneMeanwhile):
        delegates.edit(delegate=delegate, by=scene.owner, at=AT, **PERSON)
    assert not Delegate.objects.exists()


def test_a_delegate_edited_in_two_tabs_is_not_overwritten(scene: Scene) -> None:
    visit = make_confirmed_visit(scene)
    delegate = naming(scene, visit)
    delegates.edit(delegate=delegate, by=scene.owner, at=AT, **PERSON | {"name": "Ana Novak"})
    with pytest.raises(EditedMeanwhile):
        delegates.edit(delegate=delegate, by=scene.owner, at=AT, **PERSON, revision=1)
    assert Delegate.objects.get().name == "Ana Novak"
