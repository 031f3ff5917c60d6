from datetime import date

import pytest
from django.utils import translation

from exchanges.domain.matching import Weights
from exchanges.enums import Side
from exchanges.models import Blackout, LearningNeed, TopicLevel
from exchanges.queries.matching.data import coordinators_cities, load_matching_data
from exchanges.words.matching.filter import MatchFilter, narrow
from exchanges.words.matching.matches import matches_for
from tests.factories import make_city, make_organisation, make_partner, make_scene
from tests.moment import USUAL as AT

# The windows of 2027, its holidays and its months are the subject.
pytestmark = [pytest.mark.django_db, pytest.mark.moment(AT)]


@pytest.fixture
def scene():
    scene = make_scene()
    TopicLevel.objects.create(city=scene.host_city, topic=scene.topic, level=2)
    return scene


def matches(scene, city, side=Side.GUEST, **more):
    matching = load_matching_data(scene.programme, AT)
    return matches_for(matching, city, side, topics=[scene.topic.slug], **more)


def add_city(scene, slug, level=3, **fields):
    city = make_city(slug, **fields)
    TopicLevel.objects.create(city=city, topic=scene.topic, level=level)
    make_partner(scene.programme, make_organisation(city=city))
    return city


def athens(scene):
    return scene.partner.memberships.get().organisation.city


def test_host_is_ranked_with_reasons_and_parts(scene):
    [match] = matches(scene, scene.guest_city).possible
    assert (match.city, match.rank) == (scene.host_city, 1)
    assert sum(part.points for part in match.parts) == match.score
    assert sum(part.out_of for part in match.parts) == 1000
    assert [part.label for part in match.parts][:3] == [
        "Learning", "Shared language", "Common dates",
    ]  # fmt: skip
    assert match.bar == [(part.label, part.points) for part in match.parts]
    assert match.reasons[0].words == "Two levels ahead of you on one stop shop"
    assert match.topics == ("one-stop-shop",)


def test_what_is_as_usual_is_told_among_the_parts_only(scene):
    [match] = matches(scene, scene.guest_city).possible
    usual = "You have not visited them yet"
    assert usual in {part.words for part in match.parts}
    assert usual not in {reason.words for reason in match.reasons}


def test_windows_are_those_in_which_both_are_free(scene):
    Blackout.objects.create(
        city=scene.host_city, start_date=date(2026, 1, 1), end_date=date(2027, 9, 1)
    )
    [match] = matches(scene, scene.guest_city).possible
    assert match.windows
    assert all(window.start > date(2027, 9, 1) for window in match.windows)


def test_weights_move_the_ranking(scene):
    TopicLevel.objects.filter(city=scene.host_city).update(level=1)
    far = add_city(scene, "lund", country="SE", level=2, latitude=55.7, longitude=13.2)
    by_learning = matches(scene, scene.guest_city, weights=Weights(1000, 0, 0, 0, 0, 0, 0))
    by_distance = matches(scene, scene.guest_city, weights=Weights(0, 0, 0, 1000, 0, 0, 0))
    assert by_learning.possible[0].city == far
    assert by_distance.possible[0].city == scene.host_city


def test_ruled_out_city_has_every_reason(scene):
    [match] = matches(scene, scene.guest_city).ruled_out
    assert (match.city.slug, match.rank, match.score) == ("athens", 0, 0)
    assert [(each.words, each.is_caution) for each in match.reasons] == [
        ("Is not ahead of you on this topic", True)
    ]
    assert matches(scene, scene.guest_city).of("athens").city == match.city
    assert matches(scene, scene.guest_city).of("nowhere") is None


def test_city_without_profile_is_ruled_out_not_a_fault(scene):
    city = add_city(scene, "graz", country="AT")
    city.profile.delete()
    words = {each.words for each in matches(scene, scene.guest_city).of("graz").reasons}
    assert words == {
        "Has no place to host this year",
        "Shares no working language with you and nobody interprets",
    }


def test_city_without_union_is_offered_with_one_caution_about_it(scene):
    TopicLevel.objects.create(city=athens(scene), topic=scene.topic, level=3)
    found = matches(scene, scene.guest_city)
    cautions = [each.words for each in found.of("athens").reasons if each.is_caution]
    assert cautions[-1] == ("No UnionMigrantNet member takes part here: add a co-host that has one")
    assert not [words for words in cautions if words.startswith("Missing")]
    assert sorted(match.rank for match in found.possible) == [1, 2]


def test_hosts_sentences_are_about_the_guest(scene):
    [first, second] = sorted(
        matches(scene, scene.host_city, Side.HOST).possible, key=lambda match: match.city.slug
    )
    assert second.reasons[0].words == "You are two levels ahead on one stop shop"
    assert second.reasons[1].words == "Works in English with you"
    assert {first.rank, second.rank} == {1, 2}


def test_guest_who_learns_too_little_is_ruled_out_for_the_host(scene):
    TopicLevel.objects.create(city=scene.guest_city, topic=scene.topic, level=3)
    found = matches(scene, scene.host_city, Side.HOST).of("pordenone")
    assert found.reasons[0].words == "Would learn too little from you on these topics"


def test_city_outside_the_programme_has_no_matches(scene):
    assert matches(scene, make_city("graz")).possible == ()


def test_city_of_the_coordinator_alone_stands_by(scene):
    [(city, organisation)] = coordinators_cities(load_matching_data(scene.programme, AT))
    assert (city, organisation) == (scene.programme.coordinator.city, scene.programme.coordinator)
    scene.host_union.active_in.add(city)
    assert coordinators_cities(load_matching_data(scene.programme, AT)) == []


def test_labels_follow_the_language(scene):
    with translation.override("sl"):
        [match] = matches(scene, scene.guest_city).possible
        assert all(isinstance(label, str) for label, _ in match.bar)


def test_filter_says_how_many_it_hides(scene):
    add_city(scene, "graz", country="AT", profile={"working_languages": ["en", "de"]})
    matching = load_matching_data(scene.programme, AT)
    found = matches(scene, scene.guest_city)

    def left(**wanted):
        narrowed = narrow(matching, found, MatchFilter(**wanted))
        shown = [match.city.slug for match in (*narrowed.possible, *narrowed.ruled_out)]
        return sorted(shown), narrowed.hidden

    assert left() == (["athens", "graz", "ljubljana"], 0)
    assert left(country="AT") == (["graz"], 2)
    assert left(language="de") == (["graz"], 2)
    assert left(country="GR", language="de") == ([], 3)


def test_filter_by_month_keeps_who_is_free_then_and_who_is_ruled_out(scene):
    add_city(scene, "graz", country="AT")
    Blackout.objects.create(
        city=scene.host_city, start_date=date(2027, 3, 1), end_date=date(2027, 3, 31)
    )
    matching = load_matching_data(scene.programme, AT)
    narrowed = narrow(matching, matches(scene, scene.guest_city), MatchFilter(month="2027-03"))
    assert [match.city.slug for match in narrowed.possible] == ["graz"]
    assert [match.city.slug for match in narrowed.ruled_out] == ["athens"]
    assert narrowed.hidden == 1


def test_number_of_queries_does_not_grow(scene, django_assert_max_num_queries):
    LearningNeed.objects.create(city=scene.guest_city, topic=scene.topic, weight=2)
    with django_assert_max_num_queries(20) as few:
        matches(scene, scene.guest_city)
    for number in range(4):
        add_city(scene, f"more-{number}", level=1)
    with django_assert_max_num_queries(20) as many:
        matches(scene, scene.guest_city)
    assert len(many) == len(few)
