import pytest

from exchanges.models import Event
from exchanges.operations.programmes import programmes
from exchanges.operations.programmes.programmes import ExchangesTaken
from exchanges.permissions import NotAllowed
from tests.factories import AT, Scene, make_confirmed_visit

pytestmark = pytest.mark.django_db


def set_most(scene: Scene, most: int) -> list[int]:
    programmes.set_max_exchanges(programme=scene.programme, most=most, by=scene.office, at=AT)
    return list(scene.programme.exchanges.values_list("number", flat=True))


def test_exchanges_follow_the_maximum(scene: Scene) -> None:
    assert set_most(scene, 3) == [1, 2, 3]
    assert set_most(scene, 5) == [1, 2, 3, 4, 5]
    assert set_most(scene, 0) == []
    assert set_most(scene, 2) == [1, 2]


def test_exchanges_taken_stay_whatever_their_number(scene: Scene) -> None:
    scene.programme.exchanges.exclude(number__in=(5, 6)).delete()
    visit = make_confirmed_visit(scene)
    assert visit.exchange.number == 5
    assert set_most(scene, 1) == [5]
    assert set_most(scene, 3) == [1, 2, 5]
    with pytest.raises(ExchangesTaken, match="One exchange is taken"):
        set_most(scene, 0)


def test_the_same_maximum_heals_missing_exchanges_and_records_nothing(scene: Scene) -> None:
    scene.programme.exchanges.filter(number=4).delete()
    assert set_most(scene, 8) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert not Event.objects.exists()


def test_maximum_is_the_offices(scene: Scene) -> None:
    with pytest.raises(NotAllowed):
        programmes.set_max_exchanges(programme=scene.programme, most=9, by=scene.owner, at=AT)
