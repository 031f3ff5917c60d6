"""Visits in each state, made by the operations that lead there."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from exchanges.domain.dates import DateRange
from exchanges.enums import Answer, SessionKind, Side
from exchanges.models import AgendaItem, StudyVisit
from exchanges.operations import agenda
from exchanges.operations.proposals import invitations, proposals
from exchanges.operations.visits import visits
from tests.factories.scene import Scene

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
FIRST_DAYS = DateRange(date(2027, 3, 9), date(2027, 3, 11))
SECOND_DAYS = DateRange(date(2027, 4, 6), date(2027, 4, 8))


def make_draft(scene: Scene, **details: Any) -> StudyVisit:
    """A complete draft, ready to be sent."""
    by: dict[str, Any] = {"by": scene.owner, "at": AT, "revision": None}
    visit = proposals.start(
        programme=scene.programme,
        organisation=scene.guest_authority,
        city=scene.guest_city,
        side=Side.GUEST,
        by=scene.owner,
        at=AT,
    )
    proposals.save_learning(
        visit=visit, title="One-stop shops", purpose="See it.", topics=[scene.topic], **by
    )
    proposals.save_cities(visit=visit, host=scene.host_city, **by)
    proposals.save_dates(visit=visit, ranges=[FIRST_DAYS, SECOND_DAYS], **by)
    invited = [scene.host_authority, scene.host_union]
    proposals.save_invited(visit=visit, organisations=invited, **by)
    wanted = {"group_size": 6, "languages": ["en"], "answer_by": date(2026, 12, 12), **details}
    return proposals.save_details(visit=visit, **wanted, **by)


def make_proposed_visit(scene: Scene, **details: Any) -> StudyVisit:
    return proposals.propose(visit=make_draft(scene, **details), by=scene.owner, at=AT)


def make_agreed_visit(scene: Scene, **details: Any) -> StudyVisit:
    visit = make_proposed_visit(scene, **details)
    options = list(visit.date_options.all())
    for invitation in visit.invitations.filter(is_proposer=False):
        by = scene.host if invitation.organisation == scene.host_authority else scene.union
        answers = {option.pk: Answer.YES for option in options}
        invitations.accept(invitation=invitation, by=by, at=AT, answers=answers)
    return visits.pick_date(visit=visit, option=options[0], by=scene.owner, at=AT)


def make_confirmed_visit(scene: Scene, **details: Any) -> StudyVisit:
    return visits.confirm(visit=make_agreed_visit(scene, **details), by=scene.office, at=AT)


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
    data = agenda.SessionData(**{**defaults, **fields})
    return agenda.add_item(visit=visit, data=data, by=scene.host, at=AT)
