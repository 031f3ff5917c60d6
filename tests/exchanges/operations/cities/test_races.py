"""Two contacts of a city, or one who clicks twice, at the same moment."""

from collections.abc import Callable
from datetime import date

import pytest

from exchanges.domain.dates import DateRange
from exchanges.domain.record import verify
from exchanges.enums import WishKind
from exchanges.models import Blackout, CityWish, Event, LearningNeed, TopicLevel
from exchanges.operations.cities import blackouts, levels, profile, wishes
from exchanges.operations.cities.blackouts import Away
from exchanges.operations.cities.levels import StatedLevel
from exchanges.operations.editing import checksum_of
from exchanges.queries.record import read_record
from tests.factories import AT, Scene, make_scene
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
NOTHING = checksum_of({})


def away(day: int, reason: str = "") -> Away:
    return Away(DateRange(date(2027, 6, day), date(2027, 6, day + 1)), reason)


def closing(scene: Scene, *days: Away) -> Callable[[], object]:
    return lambda: blackouts.set_blackouts(
        city=scene.guest_city, away=days, revision=NOTHING, by=scene.owner, at=AT
    )


def saying(scene: Scene, reason: str) -> Callable[[], object]:
    return lambda: wishes.say(
        city=scene.guest_city,
        other=scene.host_city,
        values={"kind": WishKind.VETO.value, "reason": reason},
        by=scene.owner,
        at=AT,
    )


def assert_recorded(*verbs: str) -> None:
    assert list(Event.objects.order_by("number").values_list("verb", flat=True)) == list(verbs)
    record = read_record()
    assert verify(record.entries, count=record.count, head=record.head) == []


def test_blackouts_sent_twice_are_saved_once() -> None:
    scene = make_scene()
    twice = closing(scene, away(8), away(1, "Festival"))
    assert at_once(*[twice] * 4) == {"done": 4}
    assert Blackout.objects.count() == 2
    assert_recorded("set_blackouts")


def test_blackouts_of_two_persons_are_not_mixed() -> None:
    scene = make_scene()
    calls = [closing(scene, away(day)) for day in (1, 8, 15)]
    assert at_once(*calls) == {"done": 1, "EditedMeanwhile": 2}
    assert Blackout.objects.count() == 1
    assert_recorded("set_blackouts")


def test_wish_sent_twice_is_one() -> None:
    scene = make_scene()
    assert at_once(*[saying(scene, "Far")] * 4) == {"done": 4}
    assert CityWish.objects.count() == 1
    assert_recorded("say_wish")


def test_two_wishes_towards_one_city_are_refused_but_for_the_first() -> None:
    scene = make_scene()
    calls = [saying(scene, reason) for reason in ("Far", "Near", "Dear")]
    assert at_once(*calls) == {"done": 1, "WishAlreadySaid": 2}
    assert CityWish.objects.count() == 1
    assert_recorded("say_wish")


def test_wish_taken_back_twice_is_recorded_once() -> None:
    scene = make_scene()
    saying(scene, "Far")()

    def take_back() -> None:
        wishes.take_back(city=scene.guest_city, other=scene.host_city, by=scene.owner, at=AT)

    assert at_once(*[take_back] * 3) == {"done": 3}
    assert_recorded("say_wish", "take_back_wish")


def test_levels_and_needs_sent_at_once_are_saved_once_each() -> None:
    scene = make_scene()
    said = {"city": scene.guest_city, "revision": NOTHING, "by": scene.owner, "at": AT}

    def know() -> None:
        levels.set_topic_levels(stated={scene.topic: StatedLevel(3)}, **said)

    def want() -> None:
        profile.set_learning_needs(numbers={scene.topic: 2}, **said)

    ended = at_once(know, want, know, want)
    assert ended == {"done": 2, "EditedMeanwhile": 2}
    assert TopicLevel.objects.count() == LearningNeed.objects.count() == 1
    record = read_record()
    assert verify(record.entries, count=record.count, head=record.head) == []
