"""What waits for whom, from the table of states."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from exchanges.domain.dates import DateRange
from exchanges.enums import Answer
from exchanges.models import StudyVisit, User
from exchanges.operations.proposals import invitations
from exchanges.operations.visits import delegates, visits
from exchanges.queries.people.roles import roles_of
from exchanges.queries.visits.actions import visit_actions
from tests.factories import (
    AT,
    Scene,
    make_agenda_item,
    make_agreed_visit,
    make_completed_visit,
    make_confirmed_visit,
    make_draft,
    make_proposed_visit,
    make_scene,
)
from tests.factories.visits import FIRST_DAYS, SECOND_DAYS
from tests.moment import moved

pytestmark = pytest.mark.django_db
PEOPLE = ("owner", "colleague", "host", "union", "office", "partner", "stranger")
AFTER = datetime.combine(FIRST_DAYS.end + timedelta(days=1), time(9), UTC)


def waiting(scene: Scene, at: datetime = AT) -> dict[str, list[str]]:
    """The buttons of everybody for whom something waits."""
    found = {name: buttons(getattr(scene, name), at) for name in PEOPLE}
    return {name: what for name, what in found.items() if what}


def buttons(user: User, at: datetime = AT) -> list[str]:
    return [action.button for action in visit_actions(roles_of(user), at)]


def accept_all(visit: StudyVisit, scene: Scene) -> None:
    for by in (scene.host, scene.union):
        mine = visit.invitations.get(organisation__memberships__user=by)
        answers = dict.fromkeys(visit.date_options.values_list("pk", flat=True), Answer.YES)
        invitations.accept(invitation=mine, by=by, at=AT, answers=answers)


def name_delegate(visit: StudyVisit, scene: Scene) -> None:
    person: dict[str, Any] = {"name": "Ana", "function": "", "email": "a@example.org"}
    organisation = scene.guest_authority
    delegates.add(
        visit=visit, organisation=organisation, by=scene.owner, at=AT, languages=[], **person
    )


def test_a_draft_waits_for_its_proposer() -> None:
    scene = make_scene()
    make_draft(scene)
    assert waiting(scene) == {"owner": ["Go on"]}


def test_a_proposed_visit_waits_for_those_asked() -> None:
    scene = make_scene()
    make_proposed_visit(scene)
    assert waiting(scene) == {"host": ["Answer"], "union": ["Answer"]}
    assert visit_actions(roles_of(scene.host), AT)[0].by_date == moved(date(2026, 12, 12))


def test_once_enough_accepted_it_waits_for_the_proposer() -> None:
    scene = make_scene()
    accept_all(make_proposed_visit(scene), scene)
    assert waiting(scene) == {"owner": ["Pick the date"]}


def test_nothing_can_be_picked_once_all_days_are_past() -> None:
    scene = make_scene()
    accept_all(make_proposed_visit(scene), scene)
    last = datetime.combine(SECOND_DAYS.start, time(12), UTC)
    assert waiting(scene, last) == {"owner": ["Pick the date"]}
    assert waiting(scene, last + timedelta(days=1)) == {}


def test_proposer_is_asked_to_answer_days_that_others_offered() -> None:
    scene = make_scene()
    visit = make_proposed_visit(scene)
    mine = visit.invitations.get(organisation=scene.host_union)
    answers = dict.fromkeys(visit.date_options.values_list("pk", flat=True), Answer.NO)
    days = DateRange(SECOND_DAYS.start + timedelta(7), SECOND_DAYS.end + timedelta(7))
    invitations.accept(invitation=mine, by=scene.union, at=AT, answers=answers, offered=[days])
    assert waiting(scene) == {"host": ["Answer"], "owner": ["Answer"]}


def test_who_accepted_is_asked_to_answer_days_that_came_in_since() -> None:
    scene = make_scene()
    visit = make_proposed_visit(scene)
    accept_all(visit, scene)
    mine = visit.invitations.get(organisation=scene.host_union)
    answers = dict.fromkeys(visit.date_options.values_list("pk", flat=True), Answer.NO)
    days = DateRange(SECOND_DAYS.start + timedelta(7), SECOND_DAYS.end + timedelta(7))
    invitations.accept(invitation=mine, by=scene.union, at=AT, answers=answers, offered=[days])
    assert waiting(scene) == {"host": ["Answer"], "owner": ["Answer"]}


def test_an_agreed_visit_whose_days_are_past_is_to_be_returned() -> None:
    scene = make_scene()
    make_agreed_visit(scene)
    assert waiting(scene, AFTER) == {"office": ["Look and return"]}


def test_an_agreed_visit_waits_for_the_office() -> None:
    scene = make_scene()
    make_agreed_visit(scene)
    assert waiting(scene) == {"office": ["Look and confirm"]}


def test_a_confirmed_visit_waits_for_agenda_and_delegates() -> None:
    scene = make_scene()
    visit = make_confirmed_visit(scene)
    agenda = ["Build the agenda"]
    assert waiting(scene) == {"host": agenda, "union": agenda, "owner": ["Add delegates"]}
    make_agenda_item(scene, visit)
    name_delegate(visit, scene)
    assert waiting(scene) == {}


def test_after_the_last_day_the_hosts_complete_it() -> None:
    scene = make_scene()
    make_confirmed_visit(scene)
    assert waiting(scene, AFTER) == {"host": ["Complete"], "union": ["Complete"]}


def test_a_completed_visit_waits_for_everybodys_report() -> None:
    scene = make_scene()
    make_completed_visit(scene)
    report = ["Report and close"]
    assert waiting(scene, AFTER) == {"host": report, "union": report, "owner": report}


def test_what_is_over_waits_for_nobody() -> None:
    scene = make_scene()
    visit = make_confirmed_visit(scene)
    visits.cancel(visit=visit, by=scene.host, at=AT, reason="Flood")
    assert waiting(scene) == {}


def test_the_soonest_comes_first() -> None:
    scene = make_scene()
    make_proposed_visit(scene, answer_by=moved(date(2026, 12, 20)))
    make_proposed_visit(scene, answer_by=moved(date(2026, 12, 10)))
    days = [action.by_date for action in visit_actions(roles_of(scene.host), AT)]
    assert days == sorted(days, key=str)


def test_the_number_of_queries_does_not_grow(django_assert_num_queries: Any) -> None:
    scene = make_scene()
    for make in (make_draft, make_proposed_visit, make_agreed_visit, make_confirmed_visit):
        make(scene)
    with django_assert_num_queries(13):
        assert visit_actions(roles_of(scene.host), AT)
    for make in (make_proposed_visit, make_confirmed_visit, make_proposed_visit):
        visit = make(scene)
    make_agenda_item(scene, StudyVisit.objects.filter(state="confirmed")[0])
    assert visit.pk
    with django_assert_num_queries(13):
        visit_actions(roles_of(scene.host), AT + timedelta(hours=1))
