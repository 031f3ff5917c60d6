from datetime import UTC, date, datetime

import pytest

from exchanges.enums import VisitState
from exchanges.models import (
    CityProfile,
    Event,
    LearningNeed,
    ParticipationCredit,
    Programme,
    StudyVisit,
)
from exchanges.operations.programmes import credits
from exchanges.operations.programmes.credits import CREDIT_POINTS, NotSettledYet
from exchanges.operations.visits import visits
from exchanges.permissions import NotAllowed
from exchanges.plans.domain.snapshot import from_json
from exchanges.queries.programmes.credits import credits_brought, credits_of
from tests.factories import (
    AT,
    Scene,
    make_agreed_visit,
    make_partner,
    make_programme,
)
from tests.factories.plans import Network, make_network, make_plan

pytestmark = pytest.mark.django_db
LATER = datetime(2031, 1, 1, tzinfo=UTC)


@pytest.fixture
def network() -> Network:
    return make_network()


def give(network: Network, earned_in: Programme, slug: str = "sofia") -> ParticipationCredit:
    return ParticipationCredit.objects.create(
        city=network.cities[slug], earned_in=earned_in, points=CREDIT_POINTS,
        given_by=network.office, given_at=AT,
    )  # fmt: skip


def settle(network: Network, at: datetime = LATER) -> list[str]:
    given = credits.settle(programme=network.programme, by=network.office, at=at)
    return [credit.city.slug for credit in given]


def test_cities_that_wanted_to_take_part_and_did_not_get_points_once(network: Network) -> None:
    CityProfile.objects.filter(city__slug="liege").update(guest_capacity=0)
    LearningNeed.objects.filter(city__slug="trieste").delete()
    visit = StudyVisit.objects.create(
        programme=network.programme, reference="X-1", state=VisitState.CLOSED, state_since=AT,
        created_at=AT, host_city=network.cities["athens"],
    )  # fmt: skip
    visit.visit_cities.create(city=network.cities["sofia"], role="guest")
    assert settle(network) == ["ljubljana", "pordenone"]
    assert set(ParticipationCredit.objects.values_list("points", flat=True)) == {CREDIT_POINTS}
    assert settle(network) == []
    assert Event.objects.get(verb="settle_credits").data["points"] == CREDIT_POINTS


def test_programme_that_goes_on_is_not_settled_until_its_exchanges_are_used(
    network: Network,
) -> None:
    with pytest.raises(NotSettledYet):
        settle(network, AT)
    network.programme.exchanges.all().delete()
    assert len(settle(network, AT)) == 6


def test_last_day_of_a_programme_is_not_its_end(network: Network) -> None:
    Programme.objects.filter(pk=network.programme.pk).update(end_date=date(2030, 6, 30))
    with pytest.raises(NotSettledYet):
        settle(network, datetime(2030, 6, 30, 23, tzinfo=UTC))
    assert settle(network, datetime(2030, 7, 1, tzinfo=UTC))


def test_only_the_office_settles(network: Network) -> None:
    with pytest.raises(NotAllowed):
        credits.settle(programme=network.programme, by=network.contacts["athens"], at=LATER)


def test_credit_counts_in_the_next_programmes_plan_only(network: Network) -> None:
    give(network, make_programme())
    give(network, make_programme())
    give(network, network.programme)
    used = give(network, make_programme(), "liege")
    used.used_in = make_programme()
    used.save()
    request = from_json(make_plan(network).request)
    worth = {city.slug: city.credit for city in request.cities if city.credit}
    assert worth == {"sofia": 2 * CREDIT_POINTS}
    assert credits_brought(network.programme).count() == 2
    assert credits_of(network.cities["sofia"]).count() == 3


def test_confirmed_visit_uses_the_credits_of_its_cities_and_cancelling_gives_them_back(
    scene: Scene,
) -> None:
    earlier = make_programme()
    make_partner(earlier, scene.host_authority)
    mine = {"earned_in": earlier, "points": CREDIT_POINTS, "given_at": AT}
    credit = ParticipationCredit.objects.create(city=scene.guest_city, **mine)
    other = ParticipationCredit.objects.create(
        city=scene.partner.memberships.get().organisation.city, **mine
    )
    own = ParticipationCredit.objects.create(
        city=scene.guest_city, earned_in=scene.programme, points=1, given_at=AT
    )
    visit = make_agreed_visit(scene)
    credit.refresh_from_db()
    assert credit.used_in is None
    visits.confirm(visit=visit, by=scene.office, at=AT)
    for each in (credit, other, own):
        each.refresh_from_db()
    assert (credit.used_in, other.used_in, own.used_in) == (scene.programme, None, None)
    visits.cancel(visit=visit, by=scene.office, at=AT, reason="Elections")
    credit.refresh_from_db()
    assert credit.used_in is None


def test_cancelled_visit_gives_nothing_back_to_a_city_that_takes_part_elsewhere(
    scene: Scene,
) -> None:
    credit = ParticipationCredit.objects.create(
        city=scene.guest_city, earned_in=make_programme(), points=CREDIT_POINTS, given_at=AT
    )
    first, second = make_agreed_visit(scene), make_agreed_visit(scene)
    for visit in (first, second):
        visits.confirm(visit=visit, by=scene.office, at=AT)
    visits.cancel(visit=first, by=scene.office, at=AT, reason="Elections")
    credit.refresh_from_db()
    assert credit.used_in == scene.programme
