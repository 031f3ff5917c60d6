"""Sessions of a visit: what is refused, and what calendars are told."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from exchanges.enums import Message, MessageState, SessionKind
from exchanges.models import AgendaItem, Event, OutboxMessage
from exchanges.operations import agenda
from exchanges.operations.agenda import SessionData, SessionRefused
from exchanges.operations.editing import EditedMeanwhile
from exchanges.permissions import NotAllowed
from tests.factories import (
    AT,
    Scene,
    make_agenda_item,
    make_agreed_visit,
    make_confirmed_visit,
)
from tests.moment import USUAL, moved

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=3)


def session(**fields: Any) -> SessionData:
    defaults: dict[str, Any] = {
        "day": moved(date(2027, 3, 9)),
        "start": time(9, 30),
        "end": time(11, 0),
        "kind": SessionKind.MEETING,
        "title": "Welcome",
    }
    return SessionData(**{**defaults, **fields})


def edit(item: AgendaItem, scene: Scene, **fields: Any) -> AgendaItem:
    revision = fields.pop("revision", None)
    data = session(**fields)
    return agenda.edit_item(item=item, data=data, by=scene.host, at=LATER, revision=revision)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"end": time(9, 30)}, "before the start"),
        ({"end": time(8, 0)}, "before the start"),
        ({"day": moved(date(2027, 3, 8))}, "outside the visit"),
        ({"day": moved(date(2027, 3, 12))}, "outside the visit"),
    ],
)
def test_a_session_that_cannot_be_is_refused(
    scene: Scene, fields: dict[str, Any], sentence: str
) -> None:
    visit = make_confirmed_visit(scene)
    with pytest.raises(SessionRefused, match=sentence):
        agenda.add_item(visit=visit, data=session(**fields), by=scene.host, at=AT)
    assert not AgendaItem.objects.exists()


@pytest.mark.moment(USUAL)
def test_a_time_that_clocks_skip_is_refused(scene: Scene) -> None:
    visit = make_confirmed_visit(scene)
    visit.start_date = visit.end_date = moved(date(2027, 3, 28))
    visit.save()
    skipped = session(day=moved(date(2027, 3, 28)), start=time(2, 30), end=time(4, 0))
    with pytest.raises(SessionRefused, match="does not exist"):
        agenda.add_item(visit=visit, data=skipped, by=scene.host, at=AT)


@pytest.mark.parametrize("person", ["owner", "colleague", "partner", "stranger"])
def test_only_hosts_and_the_office_build_the_agenda(scene: Scene, person: str) -> None:
    visit = make_confirmed_visit(scene)
    with pytest.raises(NotAllowed):
        agenda.add_item(visit=visit, data=session(), by=getattr(scene, person), at=AT)
    agenda.add_item(visit=visit, data=session(), by=scene.union, at=AT)
    agenda.add_item(visit=visit, data=session(title="Lunch"), by=scene.office, at=AT)


def test_an_agenda_needs_a_confirmed_visit(scene: Scene) -> None:
    visit = make_agreed_visit(scene)
    with pytest.raises(agenda.AgendaClosed):
        agenda.add_item(visit=visit, data=session(), by=scene.host, at=AT)


@pytest.mark.parametrize(
    ("fields", "sequence"),
    [
        ({"start": time(9, 45)}, 1),
        ({"day": moved(date(2027, 3, 10))}, 1),
        ({"venue": "Library"}, 1),
        ({"title": "Welcome and aims"}, 0),
        ({"description": "Coffee"}, 0),
        ({"speakers": ["Ana Čuk"]}, 0),
        ({"languages": ["sl"]}, 0),
    ],
)
def test_the_sequence_rises_with_time_and_place(
    scene: Scene, fields: dict[str, Any], sequence: int
) -> None:
    item = make_agenda_item(scene, make_confirmed_visit(scene))
    uid = item.uid
    edited = edit(item, scene, **fields)
    assert (edited.sequence, edited.revised_at, edited.uid) == (sequence, LATER, uid)


def test_a_save_without_a_change_is_none(scene: Scene) -> None:
    visit = make_confirmed_visit(scene)
    item = make_agenda_item(scene, visit, venue="Town hall", address="Mestni trg 1")
    events = Event.objects.count()
    OutboxMessage.objects.all().delete()
    edited = edit(item, scene, venue="Town hall", address="Mestni trg 1")
    assert (edited.sequence, edited.revision, edited.revised_at) == (0, 1, AT)
    assert Event.objects.count() == events
    assert not OutboxMessage.objects.exists()


def test_an_address_is_emptied_where_it_was_shown(scene: Scene) -> None:
    visit = make_confirmed_visit(scene)
    item = make_agenda_item(scene, visit, venue="Town hall", address="Mestni trg 1")
    make_agenda_item(scene, visit, venue="Town hall", start=time(14), end=time(15))
    assert visit.venues.get().address == "Mestni trg 1"
    edited = edit(item, scene, venue="Town hall", address="")
    assert visit.venues.get().address == ""
    assert (edited.sequence, edited.revision) == (1, 2)


def test_an_address_is_changed_for_the_session_that_is_open_too(scene: Scene) -> None:
    visit = make_confirmed_visit(scene)
    item = make_agenda_item(scene, visit, venue="Town hall", address="Mestni trg 1")
    other = make_agenda_item(scene, visit, venue="Town hall", start=time(14), end=time(15))
    edit(item, scene, venue="Town hall", address="Mestni trg 2")
    for each in (item, other):
        each.refresh_from_db()
        assert (each.sequence, each.revision, each.revised_at) == (1, 2, LATER)
    assert visit.venues.get().address == "Mestni trg 2"


def test_another_venue_keeps_its_own_address(scene: Scene) -> None:
    visit = make_confirmed_visit(scene)
    item = make_agenda_item(scene, visit, venue="Town hall", address="Mestni trg 1")
    make_agenda_item(
        scene, visit, venue="Library", address="Tivoli 5", start=time(14), end=time(15)
    )
    edit(item, scene, venue="Library", address="Mestni trg 1")
    assert visit.venues.get(name="Library").address == "Tivoli 5"
    item.refresh_from_db()
    edit(item, scene, venue="Town hall", address="")
    assert visit.venues.get(name="Town hall").address == "Mestni trg 1"


def test_a_tab_with_the_old_address_is_told(scene: Scene) -> None:
    visit = make_confirmed_visit(scene)
    item = make_agenda_item(scene, visit, venue="Town hall", address="Mestni trg 1")
    other = make_agenda_item(scene, visit, venue="Town hall", start=time(14), end=time(15))
    edit(item, scene, venue="Town hall", address="Mestni trg 2")
    with pytest.raises(EditedMeanwhile):
        agenda.edit_item(
            item=other,
            data=session(venue="Town hall", address="Mestni trg 1", start=time(14), end=time(15)),
            by=scene.host,
            at=LATER,
            revision=other.revision,
        )
    assert visit.venues.get().address == "Mestni trg 2"


def test_every_change_is_told_once_the_mail_before_is_gone(scene: Scene) -> None:
    item = make_agenda_item(scene, make_confirmed_visit(scene))
    mails = OutboxMessage.objects.filter(kind=Message.AGENDA_CHANGED, recipient=scene.union)
    for number, start in enumerate((time(9, 15), time(9, 30)), start=1):
        claimed = mails.filter(state=MessageState.QUEUED)
        claimed.update(state=MessageState.SENT, sent_at=AT)
        edit(item, scene, start=start)
        item.refresh_from_db()
        assert mails.count() == number + 1


def test_a_new_address_moves_every_session_there(scene: Scene) -> None:
    visit = make_confirmed_visit(scene)
    first = make_agenda_item(scene, visit, venue="Town hall", address="Mestni trg 1")
    second = make_agenda_item(scene, visit, venue="Town hall", start=time(14), end=time(15))
    edit(second, scene, venue="Town hall", address="Mestni trg 2", start=time(14), end=time(15))
    first.refresh_from_db()
    assert (first.sequence, first.revised_at) == (1, LATER)


def test_a_cancelled_session_stays_with_a_higher_sequence(scene: Scene) -> None:
    item = make_agenda_item(scene, make_confirmed_visit(scene))
    agenda.cancel_item(item=item, by=scene.host, at=LATER)
    again = agenda.cancel_item(item=item, by=scene.host, at=LATER + timedelta(days=1))
    assert (again.sequence, again.cancelled_at) == (1, LATER)
    back = agenda.restore_item(item=item, by=scene.host, at=LATER)
    assert (back.sequence, back.cancelled_at) == (2, None)


def test_the_second_of_two_tabs_is_told(scene: Scene) -> None:
    item = make_agenda_item(scene, make_confirmed_visit(scene))
    edit(item, scene, title="First", revision=1)
    with pytest.raises(EditedMeanwhile) as caught:
        edit(item, scene, title="Second", revision=1)
    assert caught.value.current == 2
    item.refresh_from_db()
    assert item.title == "First"


def test_a_mornings_work_is_one_mail_a_person(scene: Scene) -> None:
    visit = make_confirmed_visit(scene)
    for hour in (9, 11, 14):
        make_agenda_item(scene, visit, start=time(hour), end=time(hour + 1))
    mails = OutboxMessage.objects.filter(kind=Message.AGENDA_CHANGED)
    people = {scene.owner.pk, scene.host.pk, scene.union.pk}
    assert sorted(mails.values_list("recipient", flat=True)) == sorted(people)
    due = mails.values_list("due_at", flat=True).first()
    assert isinstance(due, datetime)
    assert due > AT


def test_speakers_are_named_once(scene: Scene) -> None:
    names = ["Ana Čuk", "Ana Čuk", "", "  Γιώργος  "]
    item = make_agenda_item(scene, make_confirmed_visit(scene), speakers=names)
    assert sorted(speaker.name for speaker in item.speakers.all()) == ["Ana Čuk", "Γιώργος"]
