import pytest
from django.utils import translation

from exchanges.enums import Side
from exchanges.models import LearningNeed, TopicLevel
from exchanges.queries.matches import matches_for, teams_of
from tests.factories import make_city, make_organisation, make_partner, make_scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    scene = make_scene()
    TopicLevel.objects.create(city=scene.host_city, topic=scene.topic, level=2)
    return scene


def matches(scene, city, side=Side.GUEST):
    return matches_for(
        scene.programme, city, side, chosen=[scene.topic], teams=teams_of(scene.programme)
    )


def test_teams_are_the_partners_cities_without_the_coordinators(scene):
    teams = {team.city.slug: [str(each) for each in team.organisations] for team in
             teams_of(scene.programme)}  # fmt: skip
    assert teams == {
        "athens": ["City of Athens"],
        "ljubljana": ["City of Ljubljana", "NSDS"],
        "pordenone": ["City of Pordenone"],
    }


def test_host_is_ranked_with_reasons_and_parts(scene):
    [match] = matches(scene, scene.guest_city).possible
    assert (match.city, match.rank) == (scene.host_city, 1)
    assert sum(points for _, points in match.parts) == match.score
    assert [label for label, _ in match.parts] == [
        "Learning", "Shared language", "Common dates", "Short journey", "New partner",
        "Union and city together", "Learning in return",
    ]  # fmt: skip
    assert match.reasons[0].words == "Two levels ahead of you on One stop shop"


def test_ruled_out_city_has_every_reason(scene):
    [match] = matches(scene, scene.guest_city).ruled_out
    assert (match.city.slug, match.rank, match.score) == ("athens", 0, 0)
    assert [(each.words, each.is_caution) for each in match.reasons] == [
        ("Is not ahead of you on this topic", True)
    ]


def test_city_without_profile_is_ruled_out_not_a_fault(scene):
    city = make_city("graz", country="AT")
    city.profile.delete()
    make_partner(scene.programme, make_organisation(city=city))
    TopicLevel.objects.create(city=city, topic=scene.topic, level=3)
    words = {
        each.words for match in matches(scene, scene.guest_city).ruled_out
        if match.city == city for each in match.reasons
    }  # fmt: skip
    assert words == {
        "Has no place to host this year",
        "Shares no working language with you and nobody interprets",
    }


def test_city_without_union_is_offered_with_a_caution(scene):
    athens = scene.partner.memberships.get().organisation.city
    TopicLevel.objects.create(city=athens, topic=scene.topic, level=3)
    found = {match.city.slug: match for match in matches(scene, scene.guest_city).possible}
    cautions = [each.words for each in found["athens"].reasons if each.is_caution]
    assert cautions == [
        "Missing: a UnionMigrantNet member on either side",
        "Has not said yet what it wants to learn",
        "No UnionMigrantNet member takes part here: add a co-host that has one",
    ]
    assert [match.rank for match in found.values()] == [1, 2]


def test_hosts_sentences_are_about_the_guest(scene):
    [athens, pordenone] = sorted(
        matches(scene, scene.host_city, Side.HOST).possible, key=lambda match: match.city.slug
    )
    assert pordenone.reasons[0].words == "You are two levels ahead on One stop shop"
    assert pordenone.reasons[1].words == "Works in English with you"
    assert [athens.rank, pordenone.rank] == [1, 2]


def test_guest_who_learns_too_little_is_ruled_out_for_the_host(scene):
    TopicLevel.objects.create(city=scene.guest_city, topic=scene.topic, level=3)
    out = {match.city.slug: match for match in matches(scene, scene.host_city, Side.HOST).ruled_out}
    assert out["pordenone"].reasons[0].words == ("Would learn too little from you on these topics")


def test_city_outside_the_programme_has_no_matches(scene):
    assert matches(scene, make_city("graz")).possible == ()


def test_labels_follow_the_language(scene):
    with translation.override("sl"):
        [match] = matches(scene, scene.guest_city).possible
    assert all(isinstance(label, str) for label, _ in match.parts)


def test_number_of_queries_does_not_grow(scene, django_assert_num_queries):
    LearningNeed.objects.create(city=scene.guest_city, topic=scene.topic, weight=2)
    with django_assert_num_queries(9):
        matches(scene, scene.guest_city)
    for number in range(3):
        city = make_city(f"more-{number}")
        TopicLevel.objects.create(city=city, topic=scene.topic, level=1)
        make_partner(scene.programme, make_organisation(city=city))
    with django_assert_num_queries(9):
        matches(scene, scene.guest_city)
