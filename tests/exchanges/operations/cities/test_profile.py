"""What the forms cannot promise, the operations refuse."""

from datetime import date, timedelta

import pytest

from exchanges.domain.dates import DateRange
from exchanges.enums import WishKind
from exchanges.models import Blackout, CityWish, Practice, TopicLevel
from exchanges.operations.cities import blackouts, levels, wishes
from exchanges.operations.cities.blackouts import Away, BlackoutsRefused
from exchanges.operations.cities.levels import PracticeNotToShow, StatedLevel
from exchanges.operations.cities.wishes import WishOfItself
from exchanges.permissions import NotAllowed
from tests.factories import AT
from tests.moment import moved

pytestmark = pytest.mark.django_db
DAYS = DateRange(moved(date(2027, 6, 1)), moved(date(2027, 6, 3)))


def close(scene, *away, by=None):
    said = {"revision": None, "by": by or scene.owner, "at": AT}
    blackouts.set_blackouts(city=scene.guest_city, away=away, **said)


@pytest.mark.parametrize(
    "away",
    [
        [Away(DAYS, "One"), Away(DAYS, "Two")],
        [Away(DateRange(date(2020, 1, 1), date(2020, 1, 2)))],
        [Away(DateRange(moved(date(2027, 1, 1)), moved(date(2029, 1, 1))))],
        [Away(DateRange(date(2031, 1, 1), date(2031, 1, 2)))],
        [Away(DAYS.shifted_to(DAYS.start + timedelta(4 * number))) for number in range(41)],
    ],
)
def test_blackouts_that_make_no_sense_are_refused_whole(scene, away) -> None:
    with pytest.raises(BlackoutsRefused):
        close(scene, *away)
    assert not Blackout.objects.exists()


def test_changed_reason_is_a_change_and_others_stay(scene) -> None:
    later = Away(DAYS.shifted_to(moved(date(2027, 8, 1))))
    close(scene, Away(DAYS, "One"), later)
    kept = Blackout.objects.get(start_date=later.dates.start)
    close(scene, Away(DAYS, "Two"), later)
    assert [(row.reason, row.pk == kept.pk) for row in Blackout.objects.all()] == [
        ("Two", False),
        ("", True),
    ]


def test_practice_of_another_city_cannot_be_shown(scene) -> None:
    practice = Practice.objects.create(slug="desk", title="One desk")
    practice.organisations.set([scene.host_authority])
    practice.topics.set([scene.topic])
    stated = {scene.topic: StatedLevel(3, practices=(practice.pk,))}
    with pytest.raises(PracticeNotToShow):
        levels.set_topic_levels(
            city=scene.guest_city, stated=stated, revision=None, by=scene.owner, at=AT
        )
    assert not TopicLevel.objects.exists()
    levels.set_topic_levels(
        city=scene.host_city, stated=stated, revision=None, by=scene.host, at=AT
    )
    assert list(TopicLevel.objects.get().practices.all()) == [practice]


def test_city_says_nothing_about_itself(scene) -> None:
    values = {"kind": WishKind.VETO.value, "reason": "Why"}
    with pytest.raises(WishOfItself):
        wishes.say(
            city=scene.guest_city, other=scene.guest_city, values=values, by=scene.owner, at=AT
        )


def test_wish_taken_back_meanwhile_is_said_anew_by_who_still_edits_it(scene) -> None:
    values = {"kind": WishKind.VETO.value, "reason": "Why"}
    about = {"city": scene.guest_city, "other": scene.host_city, "by": scene.owner, "at": AT}
    wishes.edit(values=values, revision=1, **about)
    assert CityWish.objects.get().reason == "Why"


@pytest.mark.parametrize("person", ["colleague", "partner", "host", "stranger"])
def test_others_say_nothing_for_the_city(scene, person) -> None:
    by = getattr(scene, person)
    with pytest.raises(NotAllowed):
        close(scene, Away(DAYS), by=by)
    about = {"city": scene.guest_city, "other": scene.host_city, "by": by, "at": AT}
    with pytest.raises(NotAllowed):
        wishes.say(values={"kind": "veto", "reason": "Why"}, **about)
    with pytest.raises(NotAllowed):
        wishes.take_back(**about)
    with pytest.raises(NotAllowed):
        levels.set_topic_levels(city=scene.guest_city, stated={}, revision=None, by=by, at=AT)
