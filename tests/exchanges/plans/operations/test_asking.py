from datetime import date

import pytest
from django.db import DatabaseError, transaction

from exchanges.enums import Fairness, PairRule, PlanKind, PlanState, VisitState
from exchanges.models import CityProfile, Event, PlanPair, ProgrammePlan
from exchanges.operations.editing import EditedMeanwhile, checksum_of
from exchanges.permissions import NotAllowed
from exchanges.plans.domain.snapshot import from_json
from exchanges.plans.operations import asking, sending
from exchanges.plans.queries.requests import PlanOptions
from tests.factories import AT
from tests.factories.plans import Network, make_network, make_plan, make_solved_plan, solve_now
from tests.moment import moved

pytestmark = pytest.mark.django_db
DAYS = (moved(date(2027, 3, 9)), moved(date(2027, 3, 11)))


@pytest.fixture
def network() -> Network:
    return make_network()


def start(network: Network, **options: object) -> ProgrammePlan:
    return make_plan(network, **options)


def test_plan_is_numbered_recorded_and_known_by_its_hash(network: Network) -> None:
    first, second = start(network), start(network, exchanges=1)
    assert [first.number, second.number] == [1, 2]
    assert first.state == PlanState.QUEUED
    request = from_json(first.request)
    assert [city.slug for city in request.cities] == sorted(network.cities)
    assert (request.exchanges, request.needs_umn_host) == (3, True)
    event = Event.objects.get(subject_id=first.pk, subject_type="programmeplan")
    assert (event.verb, event.data["sha256"]) == ("start_plan", first.request_sha256)


def test_same_plan_asked_for_twice_while_it_waits_is_one(network: Network) -> None:
    assert start(network) == start(network)
    solve_now(start(network))
    assert start(network).number == 2


def test_fourth_plan_that_waits_is_refused(network: Network) -> None:
    for share in (40, 50, 60):
        start(network, country_share=share)
    with pytest.raises(asking.TooManyWaiting, match="3 plans are being solved already"):
        start(network, country_share=70)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"cities": ()}, "Choose the cities first"),
        ({"cities": ("athens",)}, "Only Athens is chosen"),
        ({"cities": ("nowhere", "🜨", "athens")}, "Only Athens is chosen"),
        ({"exchanges": 0}, "between 1 and 3 exchanges"),
        ({"exchanges": 4}, "between 1 and 3 exchanges"),
        ({"exchanges": -(10**20)}, "between 1 and 3 exchanges"),
        ({"country_share": 0}, "between 1 and 100 per cent"),
        ({"time_limit": 10**9}, "between 5 and 300 seconds"),
        ({"cities": ("pordenone", "trieste")}, "All cities lie in Italy"),
        ({"cities": tuple(f"city-{n}" for n in range(10_000))}, "2000 cities at most"),
    ],
)
def test_options_that_give_no_plan_are_refused_with_a_sentence(
    network: Network, options: dict[str, object], words: str
) -> None:
    with pytest.raises((asking.PlanNotPossible, asking.TooManyCities), match=words):
        start(network, **options)
    assert not ProgrammePlan.objects.exists()


def test_nobody_who_hosts_is_said(network: Network) -> None:
    CityProfile.objects.update(hosting_capacity=0)
    with pytest.raises(asking.PlanNotPossible, match="how many visits they can host"):
        start(network)
    CityProfile.objects.update(hosting_capacity=1, guest_capacity=0)
    with pytest.raises(asking.PlanNotPossible, match="None of the cities can travel"):
        start(network)


def fix(network: Network, guest: str, host: str, rule: PairRule) -> PlanPair:
    return PlanPair.objects.create(
        programme=network.programme,
        guest=network.cities[guest],
        host=network.cities[host],
        rule=rule,
        reason="Agreed in Rome",
        said_by=network.office,
        said_at=AT,
    )


def test_fixed_pair_that_cannot_be_kept_is_said(network: Network) -> None:
    fix(network, "pordenone", "trieste", PairRule.FIXED)
    with pytest.raises(asking.PlanNotPossible, match="Pordenone to Trieste is fixed"):
        start(network)


def test_fixed_and_forbidden_pairs_hold(network: Network) -> None:
    fix(network, "sofia", "trieste", PairRule.FIXED)
    fix(network, "athens", "liege", PairRule.FORBIDDEN)
    plan = solve_now(start(network))
    pairs = {(g, v["host"]) for v in (plan.result or {})["visits"] for g in v["guests"]}
    assert ("sofia", "trieste") in pairs
    assert ("athens", "liege") not in pairs


def test_forced_pair_is_in_a_variant_based_on_the_plan(network: Network) -> None:
    plan = make_solved_plan(network, exchanges=1)
    pairs = {(g, v["host"]) for v in (plan.result or {})["visits"] for g in v["guests"]}
    assert ("athens", "trieste") not in pairs
    forced = asking.force_pair(
        plan=plan, guest=network.cities["athens"], host=network.cities["trieste"],
        by=network.office, at=AT,
    )  # fmt: skip
    assert (forced.kind, forced.based_on, forced.number) == (PlanKind.FORCED, plan, 2)
    solved = solve_now(forced)
    assert [visit["host"] for visit in (solved.result or {})["visits"]] == ["trieste"]
    assert (solved.result or {})["score"] < (plan.result or {})["score"]


def test_pair_that_is_ruled_out_cannot_be_forced(network: Network) -> None:
    plan = make_solved_plan(network, exchanges=1)
    with pytest.raises(asking.PlanNotPossible, match="Trieste to Pordenone is fixed"):
        asking.force_pair(
            plan=plan, guest=network.cities["trieste"], host=network.cities["pordenone"],
            by=network.office, at=AT,
        )  # fmt: skip


def test_solving_again_gives_the_same_objective_from_the_snapshot(network: Network) -> None:
    plan = make_solved_plan(network)
    CityProfile.objects.update(hosting_capacity=0)
    again = solve_now(asking.solve_again(plan=plan, by=network.office, at=AT))
    assert again.based_on == plan
    assert again.request_sha256 == plan.request_sha256
    assert (again.result or {})["objective"] == (plan.result or {})["objective"]


def test_variants_of_a_plan_that_is_not_solved_are_refused(network: Network) -> None:
    plan, by = start(network), {"by": network.office, "at": AT}
    with pytest.raises(asking.NotSolvedYet):
        asking.solve_again(plan=plan, **by)
    with pytest.raises(asking.NotSolvedYet):
        asking.repair(plan=plan, **by)


def test_stop_of_a_waiting_plan_ends_it_and_a_second_stop_is_refused(network: Network) -> None:
    plan = asking.stop(plan=start(network), by=network.office, at=AT)
    assert (plan.state, plan.failure) == (PlanState.FAILED, asking.STOPPED)
    with pytest.raises(asking.SolvedAlready):
        asking.stop(plan=plan, by=network.office, at=AT)


def test_note_is_kept_and_two_who_write_it_are_told(network: Network) -> None:
    plan, by = start(network), {"by": network.office, "at": AT}
    opened = checksum_of(asking.note_values(plan))
    asking.edit_note(plan=plan, note="For the board", revision=opened, **by)
    with pytest.raises(EditedMeanwhile):
        asking.edit_note(plan=plan, note="For the bin", revision=opened, **by)
    assert ProgrammePlan.objects.get().note == "For the board"


@pytest.mark.parametrize("who", ["contact", "auditor"])
def test_plans_are_the_offices(network: Network, who: str) -> None:
    person = network.contacts["athens"]
    if who == "auditor":
        network.programme.auditors.create(user=person, given_by=network.office, given_at=AT)
    options = PlanOptions(cities=tuple(network.cities), exchanges=1)
    with pytest.raises(NotAllowed):
        asking.start_plan(programme=network.programme, options=options, by=person, at=AT)
    plan = make_solved_plan(network, exchanges=1)
    for call in (
        lambda: asking.stop(plan=plan, by=person, at=AT),
        lambda: asking.solve_again(plan=plan, by=person, at=AT),
        lambda: asking.repair(plan=plan, by=person, at=AT),
        lambda: asking.edit_note(plan=plan, note="", revision=None, by=person, at=AT),
        lambda: sending.send_rows(plan=plan, rows=[0], by=person, at=AT),
    ):
        with pytest.raises(NotAllowed):
            call()


@pytest.mark.parametrize("column", ["request", "request_sha256", "result"])
def test_database_refuses_to_change_what_is_written_once(network: Network, column: str) -> None:
    plan = make_solved_plan(network, exchanges=1)
    value: object = {} if column == "result" else "x"
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        ProgrammePlan.objects.filter(pk=plan.pk).update(**{column: value})
    with pytest.raises(DatabaseError), transaction.atomic():
        ProgrammePlan.objects.filter(pk=plan.pk).update(result=None, state=PlanState.QUEUED)
    plan.note = "Other columns change"
    plan.save()


def test_agreed_visits_lower_what_a_plan_can_use(network: Network) -> None:
    plan = make_solved_plan(network, fairness=Fairness.EVERYONE)
    [sent] = sending.send_rows(plan=plan, rows=[0], by=network.office, at=AT)
    visit = sent.visit
    assert visit is not None
    visit.state, visit.start_date, visit.end_date = VisitState.AGREED, *DAYS
    visit.save()
    with pytest.raises(asking.PlanNotPossible, match="between 1 and 2 exchanges"):
        start(network)
    request = from_json(start(network, exchanges=2).request)
    row = (plan.result or {})["visits"][0]
    inside = {city.slug for city in request.cities if city.is_in}
    assert inside == {row["host"], *row["guests"]}
    assert {(guest, row["host"]) for guest in row["guests"]} <= request.forbidden
    host = next(city for city in request.cities if city.slug == row["host"])
    assert host.hosting_left == 1
