from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from itertools import pairwise
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Model

from agreements.models import Agreement
from exchanges.domain.agenda.problems import ProblemKind
from exchanges.domain.matching import GateKind, rank_hosts
from exchanges.domain.record import verify
from exchanges.enums import (
    CityRole,
    InvitationState,
    MessageState,
    PlanState,
    Side,
    VisitState,
)
from exchanges.models import (
    Blackout,
    CityWish,
    DateOption,
    Event,
    Invitation,
    Membership,
    OutboxMessage,
    ParticipationCredit,
    Programme,
    ProgrammePlan,
    StudyVisit,
    Topic,
    TopicLevel,
    User,
)
from exchanges.plans.domain.snapshot import result_of
from exchanges.plans.queries.requests import exchanges_left
from exchanges.queries.agenda import agenda_items, agenda_problems
from exchanges.queries.matching.data import load_matching_data, teams_of
from exchanges.queries.record import read_record
from exchanges.words.matching.matches import matches_for
from mlp_planner.demo.sample.days import SampleDays, running_programme
from tests.moment import AT

TODAY = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)


def load(at: datetime) -> str:
    out = StringIO()
    before, django_settings.DEMO = django_settings.DEMO, True
    try:
        with time_machine.travel(at, tick=False):
            call_command("demo_load", stdout=out)
    finally:
        django_settings.DEMO = before
    return out.getvalue()


@pytest.fixture(scope="module")
def said(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """Loaded once for this module, and taken back at its end; what the command said."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load(TODAY)
        transaction.set_rollback(True)


def sample() -> Programme:
    return Programme.objects.get(slug="umn-next-sample")


def visit_in(state: str) -> StudyVisit:
    return StudyVisit.objects.get(programme=sample(), state=state)


def test_demo_has_visits_in_all_states(said: str) -> None:
    states = StudyVisit.objects.filter(programme=sample()).order_by("reference")
    assert [(each.reference, each.state) for each in states] == [
        ("UMN-2026-001", "closed"),
        ("UMN-2026-002", "completed"),
        ("UMN-2026-003", "confirmed"),
        ("UMN-2026-004", "confirmed"),
        ("UMN-2026-005", "agreed"),
        ("UMN-2026-006", "proposed"),
        ("UMN-2026-007", "draft"),
    ]
    assert sample().exchanges.exclude(visit=None).count() == 4


def test_sample_programme_has_the_days_of_the_file(said: str) -> None:
    assert (sample().start_date, sample().end_date) == (date(2026, 9, 1), date(2029, 8, 31))


def test_demo_says_what_was_loaded(said: str) -> None:
    assert "6 visits held" in said
    assert "1 draft, 1 proposed, 1 agreed, 2 confirmed, 1 completed, 1 closed" in said
    assert "4 of 8 exchanges used, one plan for the rest, 48 persons" in said


def test_everything_in_the_demo_is_marked_as_sample(said: str) -> None:
    assert sample().is_sample
    assert not StudyVisit.objects.filter(programme=sample(), is_sample=False).exists()
    assert not User.objects.filter(is_sample=False).exists()
    assert not StudyVisit.objects.filter(programme__is_sample=False, is_sample=True).exists()


def test_proposal_waits_for_one_answer(said: str) -> None:
    proposed = visit_in(VisitState.PROPOSED)
    (missing,) = proposed.invitations.filter(state=InvitationState.OPEN)
    assert missing.organisation.slug == "eka"
    assert missing.side == Side.HOST


def test_days_of_open_visits_are_working_days_ahead(said: str) -> None:
    for visit in StudyVisit.objects.filter(programme=sample()).exclude(state=VisitState.DRAFT):
        is_open = visit.state in ("proposed", "agreed", "confirmed")
        for option in visit.date_options.all():
            assert option.start_date.weekday() < option.end_date.weekday() < 5
            assert (option.start_date > TODAY.date()) == is_open
            assert sample().start_date <= option.start_date <= sample().end_date
        assert visit.state == "proposed" or visit.start_date is not None


def test_agendas_are_full_and_one_has_an_overlap(said: str) -> None:
    confirmed = StudyVisit.objects.filter(programme=sample(), state=VisitState.CONFIRMED)
    kinds = []
    for visit in confirmed.order_by("start_date"):
        assert visit.start_date is not None
        assert visit.end_date is not None
        days = {item.day for item in visit.agenda_items.all()}
        assert len(days) == (visit.end_date - visit.start_date).days + 1
        assert visit.delegates.exists()
        kinds.append({each.kind for each in agenda_problems(visit, agenda_items(visit))})
    assert kinds == [set(), {ProblemKind.VENUE_TWICE, ProblemKind.PERSON_TWICE}]


def test_closed_visit_has_report_practices_and_agreements(said: str) -> None:
    closed = visit_in(VisitState.CLOSED)
    assert closed.report
    assert closed.practices_seen.count() == 3
    expiring = Agreement.objects.get(visit=closed, state="active")
    assert expiring.state_at(TODAY) == "expiring"
    assert expiring.valid_until == TODAY.date() + timedelta(days=80)
    version = expiring.versions.get()
    assert version.signatures.count() == expiring.parties.count() == 4
    assert "Столична община" in version.terms
    assert Agreement.objects.filter(visit=closed, state="proposed").count() == 1
    assert not Agreement.objects.filter(visit=visit_in(VisitState.COMPLETED)).exists()


def test_ljubljana_is_free_for_the_story(said: str) -> None:
    hosted = StudyVisit.objects.filter(programme=sample(), host_city__slug="ljubljana")
    travels = Invitation.objects.filter(
        visit__programme=sample(), side=Side.GUEST, city__slug="pordenone"
    )
    assert not hosted.exists()
    assert not travels.exists()


def test_cities_tell_when_they_are_closed_and_whom_they_wish(said: str) -> None:
    matched = {team.city.slug for team in teams_of(sample())}
    closed = Blackout.objects.filter(end_date__gte=TODAY.date())
    assert set(closed.values_list("city__slug", flat=True)) == matched
    assert not Blackout.objects.exclude(pk__in=closed.values("pk")).exists()
    for rows in (Blackout.objects, CityWish.objects):
        assert not rows.filter(is_sample=False).exists()  # type: ignore[attr-defined]
        assert not rows.filter(reason="").exists()  # type: ignore[attr-defined]
    wishes = CityWish.objects.values_list("city__slug", "other__slug", "kind", "said_by__email")
    assert sorted(wishes) == [
        ("milan", "dolna-malina", "veto", "contact@city-of-milan.example"),
        ("trieste", "ljubljana", "preference", "contact@city-of-trieste.example"),
    ]


def test_no_visit_of_the_sample_lies_in_closed_days(said: str) -> None:
    for option in DateOption.objects.filter(visit__programme=sample()):
        cities = [option.visit.host_city, *option.visit.cities.all()]
        closed = Blackout.objects.filter(
            city__in=cities, start_date__lte=option.end_date, end_date__gte=option.start_date
        )
        assert not closed.exists(), option


def test_levels_are_linked_to_practices_of_the_citys_own_organisations(said: str) -> None:
    shown = TopicLevel.objects.get(city__slug="ljubljana", topic__slug="one-stop-shop")
    assert [practice.slug for practice in shown.practices.all()] == ["ljubljana-mip"]
    for level in TopicLevel.objects.all():
        for practice in level.practices.all():
            assert level.topic in practice.topics.all()
            assert practice.organisations.filter(city=level.city).exists()
        assert level.is_shown == (level.level >= 2)


def test_cities_left_out_of_the_programme_before_carry_a_credit(said: str) -> None:
    credits = ParticipationCredit.objects.order_by("city__slug")
    assert [(each.city.slug, each.earned_in.slug, each.points) for each in credits] == [
        ("dolna-malina", "umn-2019", 200),
        ("muggia", "umn-2019", 200),
    ]


def test_the_office_has_a_plan_that_is_proven_and_lets_every_city_take_part(said: str) -> None:
    plan = ProgrammePlan.objects.get()
    assert (plan.programme, plan.state, plan.created_by) == (
        sample(),
        PlanState.SOLVED,
        User.objects.get(email="contact@etuc.example"),
    )
    result = result_of(plan.result or {})
    assert result.is_proven
    assert len(result.visits) == exchanges_left(sample()) == 3
    assert set(result.taking_part) == {team.city.slug for team in teams_of(sample())}
    assert plan.analysis is not None


def test_athens_is_offered_ljubljana_for_one_stop_shops_and_neither_brussels_nor_muggia(
    said: str,
) -> None:
    found = load_matching_data(sample(), TODAY)
    ranked = rank_hosts(
        found.facts["athens"], found.facts.values(), found.weights, ["one-stop-shop"]
    )
    offered = [each.host for each in ranked if not each.is_ruled_out]
    assert offered == ["ljubljana", "trieste", "liege"]
    muggia = next(each for each in ranked if each.host == "muggia")
    assert GateKind.NO_CAPACITY in {gate.kind for gate in muggia.gates}
    assert "brussels" not in found.facts


@pytest.mark.parametrize("state", ["closed", "completed", "agreed", "proposed"])
def test_nothing_but_places_taken_speaks_against_the_host_of_a_visit(said: str, state: str) -> None:
    visit = visit_in(state)
    guest = visit.visit_cities.filter(role=CityRole.GUEST)[0].city
    topics = Topic.objects.filter(visits=visit).values_list("slug", flat=True)
    found = matches_for(load_matching_data(sample(), TODAY), guest, Side.GUEST, topics=list(topics))
    match = found.of(visit.host_city.slug) if visit.host_city else None
    assert match is not None
    taken = {GateKind.NO_CAPACITY, GateKind.NO_GUEST_CAPACITY}
    assert {gate.kind for gate in match.gates} <= taken


def test_people_are_named_by_role_and_speak_their_language(said: str) -> None:
    contact = User.objects.get(email="contact@city-of-pordenone.example")
    assert (contact.name, contact.language) == ("City of Pordenone, contact", "it")
    languages = {
        slug: User.objects.get(email=f"contact@{slug}.example").language
        for slug in ("eka", "nsds", "citub", "cepag", "etuc")
    }
    assert languages == {"eka": "el", "nsds": "sl", "citub": "bg", "cepag": "fr", "etuc": "en"}
    assert EmailAddress.objects.filter(verified=True, primary=True).count() == User.objects.count()
    assert sample().auditors.get().user.email == "auditor@fund.example"
    roles = Membership.objects.filter(organisation__slug="etuc").values_list("role", flat=True)
    assert list(roles) == ["contact", "contact"]
    for partner in sample().partners.exclude(role="coordinator"):
        held = partner.organisation.memberships.values_list("role", flat=True)
        assert {"contact", "signatory"} <= set(held)


def test_only_news_waits_in_the_outbox(said: str) -> None:
    queued = OutboxMessage.objects.filter(state=MessageState.QUEUED)
    assert 1 <= queued.count() <= 15
    asked = queued.filter(kind="invitation", recipient__email="contact@eka.example")
    assert asked.count() == 1
    assert OutboxMessage.objects.filter(state=MessageState.SENT).count() > 100


def test_record_is_whole_and_in_order_of_time(said: str) -> None:
    record = read_record()
    assert verify(record.entries, count=record.count, head=record.head) == []
    moments = list(Event.objects.order_by("number").values_list("at", flat=True))
    assert all(before <= after for before, after in pairwise(moments))
    assert moments[-1] < TODAY


def test_second_load_changes_nothing(said: str) -> None:
    def counts() -> dict[str, int]:
        models: list[type[Model]] = [StudyVisit, User, Event, OutboxMessage, Agreement, Programme]
        return {model.__name__: model._default_manager.count() for model in models}

    before = counts()
    assert load(TODAY + timedelta(days=30)) == "The demo's data is as you left it.\n"
    assert counts() == before


@pytest.mark.django_db
@pytest.mark.parametrize("day", [AT.date(), date(2026, 3, 2), date(2027, 12, 29), date(2030, 5, 8)])
def test_demo_loads_on_other_days_too(day: date) -> None:
    at = AT if day == AT.date() else datetime.combine(day, TODAY.timetz())
    assert "2 confirmed" in load(at)
    moments = list(Event.objects.order_by("number").values_list("at", flat=True))
    assert all(before <= after for before, after in pairwise(moments))


@pytest.mark.django_db
def test_demo_data_is_refused_outside_the_demo() -> None:
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("demo_load")
    assert not Programme.objects.exists()


def test_sample_days_fit_the_programme_on_any_day() -> None:
    for offset in range(800):
        today = date(2025, 1, 1) + timedelta(days=offset)
        days = SampleDays(today)
        programme = running_programme(date(2026, 9, 1), date(2029, 8, 31), today)
        closed, completed = days.visit_before(10, 3), days.visit_before(4, 2)
        assert closed.end < days.ago(60).date(), today
        assert completed.end < days.ago(15).date(), today
        soon, later = days.options(5, 3), days.options(16, 3, count=3)
        assert len({*soon, *later}) == 5, today
        for visit in (closed, completed, *soon, *later):
            assert visit.start in programme, today
            assert visit.end in programme, today
        assert days.ago(0).weekday() < 5, today
