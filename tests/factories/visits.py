"""Visits in each state, made by the operations that lead there."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from exchanges import clock
from exchanges.domain.dates import DateRange
from exchanges.enums import Answer, SessionKind, Side
from exchanges.models import AgendaItem, StudyVisit
from exchanges.operations import agenda
from exchanges.operations.proposals import invitations, proposals
from exchanges.operations.visits import visits
from tests.factories.scene import Scene
from tests.moment import moved


def first_days() -> DateRange:
    """From Tuesday to Thursday, about fifteen weeks ahead."""
    return DateRange(moved(date(2027, 3, 9)), moved(date(2027, 3, 11)))


def second_days() -> DateRange:
    """Four weeks later."""
    return DateRange(moved(date(2027, 4, 6)), moved(date(2027, 4, 8)))


FIRST_DAYS, SECOND_DAYS = first_days(), second_days()


def make_draft(scene: Scene, **details: Any) -> StudyVisit:
    """A complete draft, ready to be sent."""
    at = clock.now()
    by: dict[str, Any] = {"by": scene.owner, "at": at, "revision": None}
    visit = proposals.start(
        programme=scene.programme,
        organisation=scene.guest_authority,
        city=scene.guest_city,
        side=Side.GUEST,
        by=scene.owner,
        at=at,
    )
    proposals.save_learning(
        visit=visit, title="One-stop shops", purpose="See it.", topics=[scene.topic], **by
    )
    proposals.save_cities(visit=visit, host=scene.host_city, **by)
    proposals.save_dates(visit=visit, ranges=[first_days(), second_days()], **by)
    invited = [scene.host_authority, scene.host_union]
    proposals.save_invited(visit=visit, organisations=invited, **by)
    wanted = {
        "group_size": 6,
        "languages": ["en"],
        "answer_by": moved(date(2026, 12, 12)),
        **details,
    }
    return proposals.save_details(visit=visit, **wanted, **by)


def make_proposed_visit(scene: Scene, **details: Any) -> StudyVisit:
    return proposals.propose(visit=make_draft(scene, **details), by=scene.owner, at=clock.now())


def make_agreed_visit(scene: Scene, **details: Any) -> StudyVisit:
    visit = make_proposed_visit(scene, **details)
    accept_all(scene, visit)
    option = visit.date_options.all()[0]
    return visits.pick_date(visit=visit, option=option, by=scene.owner, at=clock.now())


def accept_all(scene: Scene, visit: StudyVisit) -> None:
    """Let everybody who was asked say yes to all days."""
    answers = {option.pk: Answer.YES for option in visit.date_options.all()}
    for invitation in visit.invitations.filter(is_proposer=False):
        by = scene.host if invitation.organisation == scene.host_authority else scene.union
        invitations.accept(invitation=invitation, by=by, at=clock.now(), answers=answers)


def make_confirmed_visit(scene: Scene, **details: Any) -> StudyVisit:
    return visits.confirm(
        visit=make_agreed_visit(scene, **details), by=scene.office, at=clock.now()
    )


def make_completed_visit(scene: Scene, **details: Any) -> StudyVisit:
    visit = make_confirmed_visit(scene, **details)
    assert visit.end_date is not None
    after = datetime.combine(visit.end_date, time(12), UTC) + timedelta(days=1)
    return visits.complete(visit=visit, by=scene.host, at=after)


def make_agenda_item(scene: Scene, visit: StudyVisit, **fields: Any) -> AgendaItem:
    assert visit.start_date is not None
    defaults: dict[str, Any] = {
        "day": visit.start_date,
        "start": time(9, 30),
        "end": time(11, 0),
        "kind": SessionKind.MEETING,
        "title": "Welcome",
    }
    at = fields.pop("at", clock.now())
    data = agenda.SessionData(**{**defaults, **fields})
    return agenda.add_item(visit=visit, data=data, by=scene.host, at=at)
