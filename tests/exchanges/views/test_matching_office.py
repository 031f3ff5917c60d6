"""What the office decides about matching, as pages."""

from typing import Any

import pytest
from django.test import Client

from exchanges.models import Auditor, MatchingWeights, User
from tests.factories import AT, Scene, make_scene, make_user

pytestmark = pytest.mark.django_db

WEIGHTS = {
    "learning": 400,
    "language": 100,
    "dates": 100,
    "travel": 100,
    "novelty": 100,
    "mix": 100,
    "reciprocity": 100,
    "revision": 0,
}


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@pytest.fixture
def auditor(scene: Scene) -> User:
    person = make_user("auditor@example.org", name="Auditor")
    Auditor.objects.create(
        programme=scene.programme, user=person, given_by=scene.office, given_at=AT
    )
    return person


@pytest.fixture
def office(scene: Scene, client: Client) -> Client:
    client.force_login(scene.office)
    return client


def url(scene: Scene, page: str) -> str:
    return f"/office/programmes/{scene.programme.slug}/{page}"


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_weights_show_how_the_points_are_shared(scene: Scene, office: Client) -> None:
    answer = office.get(url(scene, "weights/"))
    assert answer.status_code == 200
    assert sum(points for _label, points in answer.context["parts"]) == 1000


def test_weights_are_saved(scene: Scene, office: Client) -> None:
    answer = office.post(url(scene, "weights/"), WEIGHTS)
    assert (answer.status_code, answer["Location"]) == (302, url(scene, "weights/"))
    assert MatchingWeights.objects.get(programme=scene.programme).learning == 400


def test_preview_saves_nothing_and_keeps_what_was_typed(scene: Scene, office: Client) -> None:
    sent = WEIGHTS | {"learning": 0, "then": "preview"}
    whole = office.post(url(scene, "weights/"), sent)
    assert not MatchingWeights.objects.exists()
    assert dict(whole.context["parts"])[whole.context["parts"][0][0]] == 0
    assert 'name="learning" value="0"' in text(whole)
    part = office.post(url(scene, "weights/"), sent, headers={"HX-Request": "true"})
    assert text(part).startswith("<section")
    assert text(part) in text(whole)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"learning": "-1"}, "greater than or equal to 0"),
        ({"learning": "9" * 400}, "less than or equal to 1000"),
        ({"learning": "NaN"}, "Enter a whole number"),
        ({"learning": ""}, "required"),
        (dict.fromkeys(set(WEIGHTS) - {"revision"}, "0"), "has to count"),
    ],
)
@pytest.mark.parametrize("then", ["", "preview"])
def test_weights_that_cannot_be_used_are_said_and_kept(
    scene: Scene, office: Client, typed: dict[str, str], says: str, then: str
) -> None:
    answer = office.post(url(scene, "weights/"), WEIGHTS | typed | {"then": then})
    assert answer.status_code == 200
    assert says in text(answer)
    assert "There is a problem" in text(answer)
    assert not MatchingWeights.objects.exists()
    for name, value in typed.items():
        assert f'name="{name}" value="{value}"' in text(answer) or value == ""


def test_second_of_two_people_sees_what_the_first_saved(scene: Scene, office: Client) -> None:
    office.post(url(scene, "weights/"), WEIGHTS)
    answer = office.post(url(scene, "weights/"), WEIGHTS | {"learning": 500})
    assert "Somebody else saved this" in text(answer)
    assert "<dd>400</dd>" in text(answer)
    assert 'name="revision" value="1"' in text(answer)


def test_weights_are_reset(scene: Scene, office: Client) -> None:
    office.post(url(scene, "weights/"), WEIGHTS)
    answer = office.post(url(scene, "weights/reset/"), follow=True)
    assert "those that the platform proposes" in text(answer)
    assert MatchingWeights.objects.get().learning == 460


def test_auditor_reads_weights_without_a_form(scene: Scene, client: Client, auditor: User) -> None:
    client.force_login(auditor)
    page = text(client.get(url(scene, "weights/")))
    assert "460" in page
    assert 'name="learning"' not in page
    assert client.post(url(scene, "weights/"), WEIGHTS).status_code == 403
