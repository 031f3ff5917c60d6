"""What the office decides about matching, as pages."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from i18nfield.strings import LazyI18nString

from exchanges.enums import WishKind
from exchanges.models import (
    Auditor,
    CityWish,
    LearningNeed,
    MatchingWeights,
    ParticipationCredit,
    PlanPair,
    Programme,
    User,
)
from exchanges.words import formats
from tests.factories import AT, Scene, make_programme, make_user

pytestmark = pytest.mark.django_db
TODAY = formats.day(AT.date(), "long")

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


PAIR = {"guest": "pordenone", "host": "ljubljana", "rule": "fixed", "reason": "Both mayors asked"}


def test_pair_is_added_with_author_and_day_and_taken_back(scene: Scene, office: Client) -> None:
    answer = office.post(url(scene, "pairs/add/"), PAIR, follow=True)
    page = text(answer)
    for words in (
        "Pordenone to Ljubljana",
        "Both mayors asked",
        f"Office, {TODAY}",
    ):
        assert words in page
    pair = PlanPair.objects.get()
    answer = office.post(url(scene, f"pairs/{pair.pk}/remove/"), follow=True)
    assert "Taken back." in text(answer)
    assert "No pair is fixed or forbidden" in text(answer)


def test_form_of_a_pair_is_filled_from_the_address(scene: Scene, office: Client) -> None:
    page = text(office.get(url(scene, "pairs/add/?guest=athens&host=ljubljana&rule=forbidden")))
    for name in ("athens", "ljubljana"):
        assert f'<option value="{name}" selected>' in page
    assert 'value="forbidden" required id="id_rule_1" checked' in page


def test_fixed_pair_that_is_ruled_out_says_why(scene: Scene, office: Client) -> None:
    page = text(office.post(url(scene, "pairs/add/"), PAIR, follow=True))
    assert "No plan can keep this pair at present:" in page
    assert "Pordenone has not said yet what it wants to learn" in page


def test_pair_of_a_city_that_left_is_shown(scene: Scene, office: Client) -> None:
    office.post(url(scene, "pairs/add/"), PAIR)
    scene.programme.partners.filter(organisation=scene.guest_authority).delete()
    assert "not in the programme any more" in text(office.get(url(scene, "pairs/")))


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"host": "pordenone"}, "A city does not visit itself"),
        ({"host": "atlantis"}, "Select a valid choice"),
        ({"rule": "sometimes"}, "Select a valid choice"),
        ({"reason": ""}, "required"),
        ({"reason": " \t "}, "required"),
        ({"reason": "Ж" * 301}, "at most 300 characters"),
        ({"reason": "a\x00b"}, "character"),
        ({"guest": ""}, "required"),
    ],
)
def test_pair_that_cannot_be_is_said_and_kept(
    scene: Scene, office: Client, typed: dict[str, str], says: str
) -> None:
    answer = office.post(url(scene, "pairs/add/"), PAIR | typed)
    assert answer.status_code == 200
    assert says in text(answer)
    assert not PlanPair.objects.exists()


def test_contradiction_is_put_on_the_form(scene: Scene, office: Client) -> None:
    office.post(url(scene, "pairs/add/"), PAIR)
    answer = office.post(url(scene, "pairs/add/"), PAIR | {"rule": "forbidden", "reason": "Отказ"})
    assert f"Office fixed this pair on {TODAY}: “Both mayors asked”" in text(answer)
    assert 'value="Отказ"' in text(answer)


def test_pair_taken_back_twice_and_of_another_programme(scene: Scene, office: Client) -> None:
    office.post(url(scene, "pairs/add/"), PAIR)
    pair = PlanPair.objects.get()
    other = make_programme(coordinator=scene.programme.coordinator)
    path = f"/office/programmes/{other.slug}/pairs/{pair.pk}/remove/"
    assert office.post(path).status_code == 404
    for status in (302, 404):
        assert office.post(url(scene, f"pairs/{pair.pk}/remove/")).status_code == status
    assert office.post(url(scene, f"pairs/{10**30}/remove/")).status_code == 404


def test_wishes_of_cities_are_for_the_office_only(
    scene: Scene, office: Client, auditor: User
) -> None:
    for kind, city in ((WishKind.VETO, scene.host_city), (WishKind.PREFERENCE, scene.guest_city)):
        other = scene.guest_city if city == scene.host_city else scene.host_city
        CityWish.objects.create(
            city=city, other=other, kind=kind, reason=f"Because {kind}", said_at=AT
        )
    page = text(office.get(url(scene, "pairs/")))
    assert page.index("Because veto") < page.index("Because preference")
    office.force_login(auditor)
    assert "Because" not in text(office.get(url(scene, "pairs/")))


def test_auditor_reads_pairs_and_takes_none_back(
    scene: Scene, office: Client, auditor: User
) -> None:
    office.post(url(scene, "pairs/add/"), PAIR)
    office.force_login(auditor)
    page = text(office.get(url(scene, "pairs/")))
    assert "Both mayors asked" in page
    assert "Take back" not in page
    assert office.get(url(scene, "pairs/add/")).status_code == 403


def test_number_of_queries_does_not_grow_with_pairs(scene: Scene, office: Client) -> None:
    def ask() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert office.get(url(scene, "pairs/")).status_code == 200
        return len(queries)

    office.post(url(scene, "pairs/add/"), PAIR)
    once = ask()
    for guest in ("athens", "ljubljana"):
        office.post(url(scene, "pairs/add/"), PAIR | {"guest": guest, "host": "pordenone"})
    assert PlanPair.objects.count() == 3
    assert ask() == once


def wants_to_learn(scene: Scene) -> None:
    for city in (scene.guest_city, scene.host_city):
        LearningNeed.objects.create(city=city, topic=scene.topic, weight=3)


def end(scene: Scene) -> None:
    days = {"start_date": date(2025, 1, 1), "end_date": date(2025, 12, 31)}
    Programme.objects.filter(pk=scene.programme.pk).update(**days)


def test_programme_that_runs_cannot_be_settled(scene: Scene, office: Client) -> None:
    wants_to_learn(scene)
    assert "Settle this programme" not in text(office.get(url(scene, "credits/")))
    assert "until then" in text(office.get(url(scene, "credits/settle/")))
    answer = office.post(url(scene, "credits/settle/"), follow=True)
    assert "until then every city" in text(answer)
    assert not ParticipationCredit.objects.exists()


def test_programme_that_ended_is_settled_after_a_check(scene: Scene, office: Client) -> None:
    wants_to_learn(scene)
    end(scene)
    assert "Settle this programme" in text(office.get(url(scene, "credits/")))
    check = text(office.get(url(scene, "credits/settle/")))
    assert '<th scope="row">Ljubljana</th><td class="number">200</td>' in check
    page = text(office.post(url(scene, "credits/settle/"), follow=True))
    assert "The credits are given." in page
    assert page.count(">200<") == ParticipationCredit.objects.count() == 2
    assert "Settle this programme" not in page
    assert "Nothing to settle" in text(office.get(url(scene, "credits/settle/")))


def test_credits_from_elsewhere_are_shown_with_where_they_come_from(
    scene: Scene, office: Client
) -> None:
    before = make_programme(title=LazyI18nString({"en": "The round before"}))
    ParticipationCredit.objects.create(
        city=scene.guest_city, earned_in=before, points=200, given_at=AT
    )
    page = text(office.get(url(scene, "credits/")))
    assert "The round before" in page
    assert "Counts in plans" in page
