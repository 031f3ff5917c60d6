from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from exchanges.domain.dates import DateRange
from exchanges.domain.matching import DEFAULT_WEIGHTS
from exchanges.domain.matching.windows import indices_of
from exchanges.enums import CityRole, VisitState, WishKind
from exchanges.models import (
    Blackout,
    CityWish,
    LearningNeed,
    MatchingWeights,
    StudyVisit,
    TopicLevel,
    VisitCity,
)
from exchanges.queries.matching.data import booking_year, load_matching_data, windows_of
from exchanges.words.cities.closures import closure_sentence
from tests.factories import make_city, make_organisation, make_partner
from tests.factories.visits import make_agreed_visit, make_confirmed_visit
from tests.moment import USUAL as AT

# The windows of 2027, its holidays and its months are the subject.
pytestmark = [pytest.mark.django_db, pytest.mark.moment(AT)]


def window_from(found, start):
    return [window.start for window in found.windows].index(start)


def lost(found, slug, start):
    return found.lost[slug].get(window_from(found, start))


def lost_sentence(window, city, **how):
    return "; ".join(closure_sentence(each, city, **how) for each in window.reasons)


def make_closed_visit(scene, host, guest, **fields):
    defaults = {
        "reference": f"OLD-{StudyVisit.objects.count()}",
        "programme": scene.programme,
        "state": VisitState.CLOSED,
        "state_since": AT,
        "created_at": AT,
        "host_city": host,
    }
    visit = StudyVisit.objects.create(**{**defaults, **fields})
    VisitCity.objects.create(visit=visit, city=guest, role=CityRole.GUEST)
    return visit


def test_windows_begin_four_weeks_ahead_and_stay_inside_the_programme(scene):
    found = windows_of(scene.programme, AT)
    assert found[0] == DateRange(date(2026, 12, 22), date(2026, 12, 24))
    assert found[-1] == DateRange(date(2027, 11, 16), date(2027, 11, 18))
    scene.programme.end_date = date(2027, 1, 6)
    assert [each.start for each in windows_of(scene.programme, AT)] == [
        date(2026, 12, 22), date(2026, 12, 29),
    ]  # fmt: skip


def test_programme_that_is_over_has_no_window_and_loads(scene):
    found = load_matching_data(scene.programme, datetime(2031, 1, 1, tzinfo=UTC))
    assert found.windows == ()
    assert {facts.windows for facts in found.facts.values()} == {0}
    assert found.lost == {"athens": {}, "ljubljana": {}, "pordenone": {}}


def test_teams_names_and_weights_come_along(scene):
    found = load_matching_data(scene.programme, AT)
    assert [team.city.slug for team in found.teams] == ["athens", "ljubljana", "pordenone"]
    assert found.names.cities["ljubljana"] == "Ljubljana"
    assert found.names.topics["one-stop-shop"] == "One stop shop"
    assert found.names.languages["sl"] == "Slovenian"
    assert found.weights == DEFAULT_WEIGHTS
    MatchingWeights.objects.create(programme=scene.programme, learning=7)
    assert load_matching_data(scene.programme, AT).weights.learning == 7


def test_holiday_takes_the_window_with_its_name(scene):
    found = load_matching_data(scene.programme, AT)
    window = lost(found, "athens", date(2027, 3, 23))
    [team] = [team for team in found.teams if team.city.slug == "athens"]
    assert lost_sentence(window, team.city) == "Independence Day in Athens"
    assert not found.facts["athens"].windows >> window.window & 1
    assert lost(found, "ljubljana", date(2027, 3, 23)) is None


def test_holiday_is_named_in_the_readers_language_where_it_has_one(scene):
    city = next(team.city for team in load_matching_data(scene.programme, AT).teams)
    with translation.override("el"):
        window = lost(load_matching_data(scene.programme, AT), "athens", date(2027, 3, 23))
        assert "Εικοστή Πέμπτη Μαρτίου" in lost_sentence(window, city)
    with translation.override("sl"):
        window = lost(load_matching_data(scene.programme, AT), "athens", date(2027, 3, 23))
        assert "Independence Day" in lost_sentence(window, city)


def test_region_has_days_of_its_own(scene):
    before = load_matching_data(scene.programme, AT)
    assert lost(before, "pordenone", date(2027, 9, 7)) is None
    scene.guest_city.holiday_region = "PN"
    scene.guest_city.save()
    assert lost(load_matching_data(scene.programme, AT), "pordenone", date(2027, 9, 7))


@pytest.mark.parametrize(("country", "region"), [("XX", ""), ("EL", "ZZ"), ("IT", "Никъде")])
def test_unknown_country_or_region_is_no_fault(scene, country, region):
    city = make_city("nowhere", country=country, holiday_region=region)
    make_partner(scene.programme, make_organisation(city=city))
    found = load_matching_data(scene.programme, AT)
    assert len(found.lost["nowhere"]) == (0 if country != "IT" else 2)


def test_blackout_takes_every_window_that_it_touches(scene):
    Blackout.objects.create(
        city=scene.host_city,
        start_date=date(2027, 3, 11),
        end_date=date(2027, 3, 16),
        reason="Elections",
    )
    found = load_matching_data(scene.programme, AT)
    for start in (date(2027, 3, 9), date(2027, 3, 16)):
        window = lost(found, "ljubljana", start)
        assert lost_sentence(window, scene.host_city) == "Ljubljana cannot: Elections"
    assert lost(found, "ljubljana", date(2027, 3, 23)) is None


def test_agreed_visit_takes_the_window_of_all_its_cities(scene):
    visit = make_agreed_visit(scene)
    found = load_matching_data(scene.programme, AT)
    for slug, city in (("ljubljana", scene.host_city), ("pordenone", scene.guest_city)):
        window = lost(found, slug, date(2027, 3, 9))
        assert visit.reference in lost_sentence(window, city)
        assert visit.reference not in lost_sentence(window, city, names_visits=False)
    assert lost(found, "athens", date(2027, 3, 9)) is None


def test_visit_of_the_year_books_host_and_guest(scene):
    make_confirmed_visit(scene)
    facts = load_matching_data(scene.programme, AT).facts
    assert (facts["ljubljana"].hosting_booked, facts["ljubljana"].guest_booked) == (1, 0)
    assert (facts["pordenone"].hosting_booked, facts["pordenone"].guest_booked) == (0, 1)
    assert facts["pordenone"].visited == {"ljubljana": "2027-03"}


def test_visit_of_an_earlier_year_books_nothing(scene):
    days = {"start_date": date(2025, 5, 6), "end_date": date(2025, 5, 8)}
    make_closed_visit(scene, scene.host_city, scene.guest_city, **days)
    facts = load_matching_data(scene.programme, AT).facts
    assert facts["ljubljana"].hosting_booked == facts["pordenone"].guest_booked == 0


def test_visited_knows_co_hosts_and_the_last_month(scene):
    athens = scene.partner.memberships.get().organisation.city
    make_closed_visit(scene, scene.host_city, scene.guest_city)
    visit = make_closed_visit(scene, athens, scene.guest_city, known_month=date(2022, 5, 1))
    VisitCity.objects.create(visit=visit, city=scene.host_city, role=CityRole.CO_HOST)
    facts = load_matching_data(scene.programme, AT).facts
    assert facts["pordenone"].visited == {"athens": "2022-05", "ljubljana": "2022-05"}
    assert facts["athens"].visited == {}


def test_proposed_visit_is_not_a_meeting_yet(scene):
    make_closed_visit(scene, scene.host_city, scene.guest_city, state=VisitState.PROPOSED)
    assert load_matching_data(scene.programme, AT).facts["pordenone"].visited == {}


def test_wishes_and_topics_that_are_not_shown(scene):
    TopicLevel.objects.create(city=scene.host_city, topic=scene.topic, level=2, is_shown=False)
    said = {"reason": "Because", "said_by": scene.owner, "said_at": AT}
    athens = scene.partner.memberships.get().organisation.city
    CityWish.objects.create(
        city=scene.guest_city, other=scene.host_city, kind=WishKind.PREFERENCE, **said
    )
    CityWish.objects.create(city=scene.guest_city, other=athens, kind=WishKind.VETO, **said)
    facts = load_matching_data(scene.programme, AT).facts
    assert facts["pordenone"].prefers == {"ljubljana"}
    assert facts["pordenone"].vetoes == {"athens"}
    assert facts["ljubljana"].not_shown == {"one-stop-shop"}


def test_booking_year_is_that_of_most_windows(scene):
    assert booking_year(windows_of(scene.programme, AT), AT) == 2027
    assert booking_year((), AT) == 2026


def test_free_windows_and_lost_ones_are_all_windows(scene):
    make_agreed_visit(scene)
    found = load_matching_data(scene.programme, AT)
    for slug, facts in found.facts.items():
        free, gone = set(indices_of(facts.windows)), set(found.lost[slug])
        assert free | gone == set(range(len(found.windows)))
        assert not free & gone


def test_queries_do_not_grow_with_the_cities(scene, django_assert_num_queries):
    make_agreed_visit(scene)
    day = date(2027, 6, 1)

    def tell(city):
        TopicLevel.objects.create(city=city, topic=scene.topic, level=2)
        LearningNeed.objects.create(city=city, topic=scene.topic, weight=2)
        Blackout.objects.create(city=city, start_date=day, end_date=day)
        said = {"reason": "Because", "said_by": scene.owner, "said_at": AT}
        CityWish.objects.create(city=city, other=scene.host_city, kind=WishKind.VETO, **said)

    tell(scene.guest_city)
    with django_assert_num_queries(14):
        load_matching_data(scene.programme, AT)
    for number in range(6):
        city = make_city(f"more-{number}")
        make_partner(scene.programme, make_organisation(city=city))
        tell(city)
        make_closed_visit(scene, city, scene.guest_city)
    with django_assert_num_queries(14):
        load_matching_data(scene.programme, AT)
