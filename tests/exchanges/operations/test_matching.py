import pytest

from exchanges.domain.matching import DEFAULT_WEIGHTS
from exchanges.models import Event, MatchingWeights
from exchanges.operations import matching
from exchanges.operations.editing import EditedMeanwhile
from exchanges.operations.matching import NothingCounts, WeightOutOfRange, weights_of
from exchanges.permissions import NotAllowed
from tests.factories import AT, Scene

pytestmark = pytest.mark.django_db

OTHERS = {
    "learning": 100,
    "language": 200,
    "dates": 0,
    "travel": 0,
    "novelty": 0,
    "mix": 0,
    "reciprocity": 50,
}


def save(scene: Scene, weights: dict[str, int], revision: int | None = None) -> MatchingWeights:
    return matching.set_weights(
        programme=scene.programme, weights=weights, revision=revision, by=scene.office, at=AT
    )


def test_programme_without_a_word_has_the_defaults(scene: Scene) -> None:
    found = weights_of(scene.programme)
    assert found.pop("revision") == 0
    assert found == {name: getattr(DEFAULT_WEIGHTS, name) for name in OTHERS}


def test_weights_are_saved_and_recorded(scene: Scene) -> None:
    row = save(scene, OTHERS, revision=0)
    assert row.weights.language == 200
    assert weights_of(scene.programme) == OTHERS | {"revision": 1}
    event = Event.objects.get(verb="set_weights")
    assert (event.subject_type, event.subject_id) == ("programme", scene.programme.pk)
    assert event.data == OTHERS


def test_same_weights_again_record_nothing(scene: Scene) -> None:
    save(scene, OTHERS)
    assert save(scene, OTHERS, revision=1).revision == 1
    assert Event.objects.filter(verb="set_weights").count() == 1


def test_second_of_two_people_is_told(scene: Scene) -> None:
    save(scene, OTHERS, revision=0)
    with pytest.raises(EditedMeanwhile) as told:
        save(scene, OTHERS | {"mix": 9}, revision=0)
    assert told.value.current == 1
    assert weights_of(scene.programme)["mix"] == 0


@pytest.mark.parametrize("weight", [-1, 1001, 10**12])
def test_weight_out_of_range_is_refused(scene: Scene, weight: int) -> None:
    with pytest.raises(WeightOutOfRange):
        save(scene, OTHERS | {"travel": weight})
    assert not MatchingWeights.objects.exists()


def test_all_zero_is_refused(scene: Scene) -> None:
    with pytest.raises(NothingCounts):
        save(scene, dict.fromkeys(OTHERS, 0))
    assert not Event.objects.exists()


def test_reset_leads_back_to_the_defaults_and_keeps_counting(scene: Scene) -> None:
    save(scene, OTHERS)
    matching.reset_weights(programme=scene.programme, by=scene.office, at=AT)
    found = weights_of(scene.programme)
    assert found["learning"] == DEFAULT_WEIGHTS.learning
    assert found["revision"] == 2


def test_weights_are_the_offices(scene: Scene) -> None:
    with pytest.raises(NotAllowed):
        matching.set_weights(
            programme=scene.programme, weights=OTHERS, revision=None, by=scene.owner, at=AT
        )
