"""The moves of a visit from agreed on."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from exchanges.domain.dates import DateRange
from exchanges.domain.visit_states import MOVES, MoveNotPossible
from exchanges.enums import Answer, InvitationState, Message, VisitMove, VisitState
from exchanges.mail.rendering import render
from exchanges.models import DateOption, Event, Exchange, OutboxMessage, StudyVisit
from exchanges.operations.proposals import invitations
from exchanges.operations.visits import visits
from exchanges.operations.visits.moves import ReasonMissing
from exchanges.permissions import NotAllowed
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

pytestmark = pytest.mark.django_db
AFTER = datetime.combine(FIRST_DAYS.end + timedelta(days=1), time(12), UTC)
BY_STATE: dict[VisitState, Callable[[Scene], StudyVisit]] = {
    VisitState.DRAFT: make_draft,
    VisitState.PROPOSED: make_proposed_visit,
    VisitState.AGREED: make_agreed_visit,
    VisitState.CONFIRMED: make_confirmed_visit,
    VisitState.COMPLETED: make_completed_visit,
}


def pick_first(visit: StudyVisit, scene: Scene) -> Any:
    option = visit.date_options.first()
    assert option
    return visits.pick_date(visit=visit, option=option, by=scene.owner, at=AT)


OPERATIONS: dict[VisitMove, Callable[[StudyVisit, Scene], Any]] = {
    VisitMove.PICK_DATE: pick_first,
    VisitMove.WITHDRAW: lambda v, s: visits.withdraw(visit=v, by=s.owner, at=AT, reason="No time"),
    VisitMove.CONFIRM: lambda v, s: visits.confirm(visit=v, by=s.office, at=AT),
    VisitMove.RETURN: lambda v, s: visits.return_to_proposer(
        visit=v, by=s.office, at=AT, reason="Too short"
    ),
    VisitMove.COMPLETE: lambda v, s: visits.complete(visit=v, by=s.host, at=AFTER),
    VisitMove.CANCEL: lambda v, s: visits.cancel(visit=v, by=s.host, at=AT, reason="Flood"),
    VisitMove.CLOSE: lambda v, s: visits.close(
        visit=v, by=s.owner, at=AT, report="Good", practices_seen=[]
    ),
}


@pytest.mark.parametrize("state", BY_STATE)
@pytest.mark.parametrize("verb", OPERATIONS)
def test_each_move_does_what_the_table_says(verb: VisitMove, state: VisitState) -> None:
    scene = make_scene()
    visit = BY_STATE[state](scene)
    events = Event.objects.count()
    rows = [move for move in MOVES if move.verb == verb and move.source == state]
    if verb == VisitMove.PICK_DATE and rows:
        with pytest.raises(visits.DateNotPickable):  # nobody has accepted yet
            OPERATIONS[verb](visit, scene)
    elif rows:
        OPERATIONS[verb](visit, scene)
        visit.refresh_from_db()
        assert visit.state == rows[0].target
        assert Event.objects.order_by("number").last().verb == verb.value  # type: ignore[union-attr]
    else:
        with pytest.raises((MoveNotPossible, NotAllowed)):
            OPERATIONS[verb](visit, scene)
        visit.refresh_from_db()
        assert visit.state == state
        assert Event.objects.count() == events


@pytest.mark.parametrize(
    ("verb", "state", "person"),
    [
        (VisitMove.CONFIRM, VisitState.AGREED, "owner"),
        (VisitMove.CONFIRM, VisitState.AGREED, "host"),
        (VisitMove.RETURN, VisitState.AGREED, "owner"),
        (VisitMove.WITHDRAW, VisitState.PROPOSED, "host"),
        (VisitMove.WITHDRAW, VisitState.AGREED, "colleague"),
        (VisitMove.COMPLETE, VisitState.CONFIRMED, "owner"),
        (VisitMove.CANCEL, VisitState.CONFIRMED, "colleague"),
        (VisitMove.CANCEL, VisitState.CONFIRMED, "partner"),
        (VisitMove.CLOSE, VisitState.COMPLETED, "stranger"),
    ],
)
def test_who_may_not_is_refused(verb: VisitMove, state: VisitState, person: str) -> None:
    scene = make_scene()
    visit = BY_STATE[state](scene)
    by = getattr(scene, person)
    calls: dict[VisitMove, Callable[[], Any]] = {
        VisitMove.CONFIRM: lambda: visits.confirm(visit=visit, by=by, at=AT),
        VisitMove.RETURN: lambda: visits.return_to_proposer(visit=visit, by=by, at=AT, reason="x"),
        VisitMove.WITHDRAW: lambda: visits.withdraw(visit=visit, by=by, at=AT, reason="x"),
        VisitMove.COMPLETE: lambda: visits.complete(visit=visit, by=by, at=AFTER),
        VisitMove.CANCEL: lambda: visits.cancel(visit=visit, by=by, at=AT, reason="x"),
        VisitMove.CLOSE: lambda: visits.close(
            visit=visit, by=by, at=AT, report="x", practices_seen=[]
        ),
    }
    with pytest.raises(NotAllowed):
        calls[verb]()
    visit.refresh_from_db()
    assert visit.state == state


def test_confirm_takes_an_exchange_and_cancel_gives_it_back() -> None:
    scene = make_scene()
    visit = make_confirmed_visit(scene)
    assert Exchange.objects.get(visit=visit).number == 1
    visits.cancel(visit=visit, by=scene.office, at=AT, reason="Flood")
    assert not Exchange.objects.exclude(visit=None).exists()


def test_confirm_of_a_visit_that_does_not_count_takes_no_exchange() -> None:
    scene = make_scene()
    visit = make_agreed_visit(scene)
    why = {"counts": False, "counts_reason": "Outside the partnership"}
    visits.confirm(visit=visit, by=scene.office, at=AT, **why)  # type: ignore[arg-type]
    assert not Exchange.objects.exclude(visit=None).exists()


def test_confirm_is_refused_when_no_exchange_is_left() -> None:
    scene = make_scene()
    scene.programme.exchanges.exclude(number=1).delete()
    scene.programme.max_exchanges = 1
    scene.programme.save()
    make_confirmed_visit(scene)
    second = make_agreed_visit(scene)
    with pytest.raises(visits.ExchangeLimitReached, match="only exchange"):
        visits.confirm(visit=second, by=scene.office, at=AT)
    second.refresh_from_db()
    assert second.state == VisitState.AGREED


def test_the_reason_must_not_be_blank() -> None:
    scene = make_scene()
    visit = make_confirmed_visit(scene)
    with pytest.raises(ReasonMissing):
        visits.cancel(visit=visit, by=scene.host, at=AT, reason="  \n")
    assert Exchange.objects.filter(visit=visit).exists()


def test_complete_waits_for_the_last_day_on_the_hosts_clocks() -> None:
    scene = make_scene()
    visit = make_confirmed_visit(scene)
    midnight = datetime.combine(
        FIRST_DAYS.end + timedelta(days=1), time(), ZoneInfo(scene.host_city.time_zone)
    )
    with pytest.raises(visits.NotOverYet):
        visits.complete(visit=visit, by=scene.host, at=midnight - timedelta(minutes=1))
    visits.complete(visit=visit, by=scene.host, at=midnight + timedelta(minutes=1))


def test_pick_date_lapses_open_invitations_and_tells_them() -> None:
    scene = make_scene()
    scene.programme.requires_umn_host = False
    scene.programme.save()
    visit = make_proposed_visit(scene)
    accept(visit, scene)
    pick_first(visit, scene)
    union = visit.invitations.get(organisation=scene.host_union)
    assert union.state == InvitationState.LAPSED
    told = OutboxMessage.objects.get(kind=Message.INVITATION_LAPSED)
    assert told.recipient == scene.union


def test_pick_date_needs_the_acceptances_of_the_table() -> None:
    scene = make_scene()
    visit = make_proposed_visit(scene)
    accept(visit, scene)
    with pytest.raises(visits.DateNotPickable):
        pick_first(visit, scene)


def test_pick_date_refuses_days_to_which_somebody_said_no() -> None:
    scene = make_scene()
    visit = make_proposed_visit(scene)
    first, second = visit.date_options.all()
    accept(visit, scene)
    union = visit.invitations.get(organisation=scene.host_union)
    answers = {first.pk: Answer.NO, second.pk: Answer.IF_NEED_BE}
    invitations.accept(invitation=union, by=scene.union, at=AT, answers=answers)
    with pytest.raises(visits.DateNotPickable):
        visits.pick_date(visit=visit, option=first, by=scene.owner, at=AT)
    visits.pick_date(visit=visit, option=second, by=scene.owner, at=AT)


def silent_about_new_days(scene: Scene) -> tuple[StudyVisit, DateOption]:
    """Only the host has answered the days that it offers."""
    visit = make_proposed_visit(scene)
    union = visit.invitations.get(organisation=scene.host_union)
    answers = dict.fromkeys(visit.date_options.values_list("pk", flat=True), Answer.NO)
    invitations.accept(invitation=union, by=scene.union, at=AT, answers=answers)
    host = visit.invitations.get(organisation=scene.host_authority)
    days = DateRange(SECOND_DAYS.start + timedelta(7), SECOND_DAYS.end + timedelta(7))
    invitations.accept(invitation=host, by=scene.host, at=AT, answers=answers, offered=[days])
    return visit, visit.date_options.get(start_date=days.start)


def test_days_without_all_answers_are_picked_only_with_a_reason_that_all_read() -> None:
    scene = make_scene()
    visit, option = silent_about_new_days(scene)
    with pytest.raises(ReasonMissing):
        visits.pick_date(visit=visit, option=option, by=scene.owner, at=AT, reason="  ")
    visits.pick_date(visit=visit, option=option, by=scene.owner, at=AT, reason="The hall is booked")
    told = OutboxMessage.objects.get(kind=Message.VISIT_AGREED, recipient=scene.union)
    body = render(told, at=AT).body
    assert "The hall is booked" in body
    assert "without an answer of City of Pordenone and NSDS" in " ".join(body.split())
    event = Event.objects.get(verb=VisitMove.PICK_DATE.value)
    assert event.data["without"] == sorted([scene.guest_authority.pk, scene.host_union.pk])


def test_a_no_cannot_be_overruled_by_a_reason() -> None:
    scene = make_scene()
    visit, _option = silent_about_new_days(scene)
    first = visit.date_options.all()[0]
    with pytest.raises(visits.DateNotPickable, match="said no"):
        visits.pick_date(visit=visit, option=first, by=scene.owner, at=AT, reason="I want it")


def test_mail_about_days_that_all_answered_names_nobody() -> None:
    scene = make_scene()
    make_agreed_visit(scene)
    told = OutboxMessage.objects.get(kind=Message.VISIT_AGREED, recipient=scene.union)
    assert "without an answer" not in render(told, at=AT).body


def test_return_opens_lapsed_invitations_and_forgets_the_date() -> None:
    scene = make_scene()
    visit = make_agreed_visit(scene)
    visit.invitations.filter(organisation=scene.host_union).update(state=InvitationState.LAPSED)
    visits.return_to_proposer(visit=visit, by=scene.office, at=AT, reason="Too short")
    visit.refresh_from_db()
    assert (visit.start_date, visit.end_date) == (None, None)
    assert not visit.invitations.filter(state=InvitationState.LAPSED).exists()


def at_noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def test_a_past_day_is_not_picked_and_its_answer_not_asked_for() -> None:
    scene = make_scene()
    visit = make_proposed_visit(scene)
    first, second = visit.date_options.all()
    at = at_noon(FIRST_DAYS.start + timedelta(days=1))
    for organisation, by in ((scene.host_authority, scene.host), (scene.host_union, scene.union)):
        invitation = visit.invitations.get(organisation=organisation)
        answers = {first.pk: Answer.YES, second.pk: Answer.YES}
        invitations.accept(invitation=invitation, by=by, at=at, answers=answers)
        assert [each.option for each in invitation.date_answers.all()] == [second]
    with pytest.raises(visits.DateNotPickable, match="past"):
        visits.pick_date(visit=visit, option=first, by=scene.owner, at=at, reason="Why not")
    visits.pick_date(visit=visit, option=second, by=scene.owner, at=at)


def test_a_visit_whose_first_day_is_past_is_not_confirmed_but_returned() -> None:
    scene = make_scene()
    visit = make_agreed_visit(scene)
    at = at_noon(FIRST_DAYS.start + timedelta(days=1))
    with pytest.raises(visits.DateIsPast):
        visits.confirm(visit=visit, by=scene.office, at=at)
    assert not Exchange.objects.filter(visit=visit).exists()
    visits.return_to_proposer(visit=visit, by=scene.office, at=at, reason="Too late")


def test_a_visit_is_confirmed_on_its_first_day_by_the_clock_of_the_host() -> None:
    scene = make_scene()
    visit = make_agreed_visit(scene)
    zone = ZoneInfo(scene.host_city.time_zone)
    midnight = datetime.combine(FIRST_DAYS.start + timedelta(days=1), time(), zone)
    with pytest.raises(visits.DateIsPast):
        visits.confirm(visit=visit, by=scene.office, at=midnight)
    visits.confirm(visit=visit, by=scene.office, at=midnight - timedelta(minutes=1))


def test_cancel_raises_the_sequence_of_visit_and_sessions() -> None:
    scene = make_scene()
    visit = make_confirmed_visit(scene)
    item = make_agenda_item(scene, visit)
    later = AT + timedelta(days=40)
    visits.cancel(visit=visit, by=scene.host, at=later, reason="Flood")
    item.refresh_from_db()
    visit.refresh_from_db()
    assert (visit.sequence, item.sequence) == (1, 1)
    assert visit.revised_at == item.revised_at == later


def test_those_who_take_part_and_the_office_hear_of_a_cancellation() -> None:
    scene = make_scene()
    visit = make_confirmed_visit(scene)
    visits.cancel(visit=visit, by=scene.host, at=AT, reason="Flood")
    told = OutboxMessage.objects.filter(kind=Message.VISIT_CANCELLED)
    people = {scene.owner.pk, scene.host.pk, scene.union.pk, scene.office.pk}
    assert set(told.values_list("recipient", flat=True)) == people


def accept(visit: StudyVisit, scene: Scene) -> None:
    invitation = visit.invitations.get(organisation=scene.host_authority)
    answers = dict.fromkeys(visit.date_options.values_list("pk", flat=True), Answer.YES)
    invitations.accept(invitation=invitation, by=scene.host, at=AT, answers=answers)
