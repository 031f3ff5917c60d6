import pytest

from exchanges.enums import PairRule, WishKind
from exchanges.models import CityWish, Event, PlanPair
from exchanges.operations.editing import GoneMeanwhile
from exchanges.permissions import NotAllowed
from exchanges.plans.operations import pairs
from exchanges.plans.operations.pairs import (
    CityWouldRatherNot,
    NotInProgramme,
    PairOfOneCity,
    PairSaidAlready,
    ReasonMissing,
    ReasonTooLong,
)
from exchanges.queries.record import history
from tests.factories import AT, Scene, make_city, make_scene
from tests.races import at_once

pytestmark = pytest.mark.django_db
FIXED, FORBIDDEN = PairRule.FIXED, PairRule.FORBIDDEN


def say(scene: Scene, rule: PairRule = FIXED, **said: object) -> PlanPair:
    given = {"guest": scene.guest_city, "host": scene.host_city, "reason": "A letter of intent"}
    return pairs.set_pair(
        programme=scene.programme, rule=rule, **{"by": scene.office, "at": AT, **given, **said}
    )


def test_pair_is_kept_with_author_and_reason_and_recorded(scene: Scene) -> None:
    pair = say(scene, reason="  A letter of intent ")
    assert (pair.rule, pair.reason, pair.said_by, pair.said_at) == (
        "fixed",
        "A letter of intent",
        scene.office,
        AT,
    )
    [entry] = history(scene.programme)
    assert entry.words == "Fixed a pair for every plan: Pordenone visits Ljubljana"


def test_pair_is_taken_back_once(scene: Scene) -> None:
    pair = say(scene, FORBIDDEN)
    pairs.remove_pair(pair=pair, by=scene.office, at=AT)
    assert not PlanPair.objects.exists()
    words = [entry.words for entry in history(scene.programme)]
    assert words == [
        "Took back what was said of a pair: Pordenone visits Ljubljana",
        "Forbade a pair in every plan: Pordenone visits Ljubljana",
    ]
    with pytest.raises(GoneMeanwhile):
        pairs.remove_pair(pair=pair, by=scene.office, at=AT)
    assert Event.objects.count() == 2


@pytest.mark.parametrize("first", PairRule)
@pytest.mark.parametrize("second", PairRule)
def test_contradiction_names_who_said_so_and_why(
    scene: Scene, first: PairRule, second: PairRule
) -> None:
    say(scene, first, reason="Both mayors asked for it")
    with pytest.raises(PairSaidAlready, match=r"^Office .*“Both mayors asked for it”") as told:
        say(scene, second)
    assert str(AT.year) in str(told.value)
    assert ("fixed" in str(told.value)) == (first == FIXED)


def test_author_whose_account_is_gone_is_not_named(scene: Scene) -> None:
    say(scene)
    PlanPair.objects.update(said_by=None)
    with pytest.raises(PairSaidAlready, match="somebody whose account is gone"):
        say(scene)


def test_other_direction_is_another_pair(scene: Scene) -> None:
    say(scene)
    say(scene, FORBIDDEN, guest=scene.host_city, host=scene.guest_city)
    assert PlanPair.objects.count() == 2


@pytest.mark.parametrize("of_host", [True, False])
def test_pair_that_a_city_does_not_want_cannot_be_fixed(scene: Scene, of_host: bool) -> None:
    cities = [scene.host_city, scene.guest_city]
    city, other = cities if of_host else cities[::-1]
    CityWish.objects.create(
        city=city, other=other, kind=WishKind.VETO, reason="Elections", said_by=scene.host,
        said_at=AT,
    )  # fmt: skip
    with pytest.raises(CityWouldRatherNot, match=rf"^{city} would .* Host .*“Elections”"):
        say(scene)
    assert say(scene, FORBIDDEN)


def test_preference_hinders_nothing(scene: Scene) -> None:
    CityWish.objects.create(
        city=scene.host_city, other=scene.guest_city, kind=WishKind.PREFERENCE, reason="Near",
        said_at=AT,
    )  # fmt: skip
    assert say(scene)


def test_what_is_no_pair_of_the_programme_is_refused(scene: Scene) -> None:
    with pytest.raises(PairOfOneCity):
        say(scene, host=scene.guest_city)
    with pytest.raises(NotInProgramme, match="Trieste does not take part"):
        say(scene, host=make_city("trieste"))
    with pytest.raises(NotInProgramme):
        say(scene, guest=scene.programme.coordinator.city)
    with pytest.raises(ReasonMissing):
        say(scene, reason="  ")
    with pytest.raises(ReasonTooLong):
        say(scene, reason="x" * 301)
    assert not PlanPair.objects.exists()
    assert not Event.objects.exists()


def test_pairs_are_the_offices(scene: Scene) -> None:
    with pytest.raises(NotAllowed):
        say(scene, by=scene.owner)
    pair = say(scene)
    with pytest.raises(NotAllowed):
        pairs.remove_pair(pair=pair, by=scene.host, at=AT)
    assert PlanPair.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_fixed_and_forbidden_at_once_is_one_of_the_two() -> None:
    scene = make_scene()
    calls = [lambda: say(scene, FIXED), lambda: say(scene, FORBIDDEN)] * 2
    assert at_once(*calls) == {"done": 1, "PairSaidAlready": 3}
    assert PlanPair.objects.count() == 1
