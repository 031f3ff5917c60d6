"""Building the agenda of a confirmed visit. What was published is never deleted, only cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchanges.domain.agenda.problems import ProblemKind, Session, refusals
from exchanges.enums import Message, SessionKind, VisitState
from exchanges.models import AgendaItem, Organisation, Speaker, StudyVisit, User, Venue
from exchanges.operations.editing import raise_if_edited
from exchanges.operations.record import record
from exchanges.operations.refusals import Refusal
from exchanges.operations.visits.moves import lock
from exchanges.operations.visits.telling import tell_delegates, tell_of
from exchanges.permissions import can_edit_agenda, require

SENTENCES = {
    ProblemKind.END_BEFORE_START: gettext_lazy("The end is before the start."),
    ProblemKind.OUTSIDE_VISIT: gettext_lazy("This day is outside the visit."),
    ProblemKind.TIME_DOES_NOT_EXIST: gettext_lazy(
        "This time does not exist on that day: clocks are put forward."
    ),
}


class SessionRefused(Refusal):
    """End before start, a day outside the visit, or a time that clocks skip."""


class AgendaClosed(Refusal):
    def __init__(self) -> None:
        super().__init__(_("The agenda can be changed only while the visit is confirmed."))


class SessionTwice(Refusal):
    def __init__(self) -> None:
        super().__init__(_("The agenda has a session with this title at this time already."))


@dataclass(frozen=True, slots=True)
class SessionData:
    day: date
    start: time
    end: time
    kind: SessionKind
    title: str
    description: str = ""
    venue: str = ""
    address: str = ""
    lead: Organisation | None = None
    speakers: Sequence[str] = field(default_factory=tuple)
    languages: Sequence[str] = field(default_factory=tuple)


@transaction.atomic
def add_item(*, visit: StudyVisit, data: SessionData, by: User, at: datetime) -> AgendaItem:
    """Raises SessionTwice for the same once more, as a double click sends."""
    visit = _open_agenda(visit, by)
    _refuse_same(visit, data)
    assert visit.host_city is not None
    item = AgendaItem(visit=visit, time_zone=visit.host_city.time_zone, revised_at=at)
    _write(item, visit, data, at)
    _published(visit, at)
    record("add_item", visit, by=by, at=at, item=item.pk)
    return item


@transaction.atomic
def edit_item(
    *, item: AgendaItem, data: SessionData, by: User, at: datetime, revision: int | None = None
) -> AgendaItem:
    """SEQUENCE rises when time or place change, the revision time with every change.

    A save that changes nothing is none: nobody is told and no calendar has to look.
    """
    visit, item = _open_item(item, by)
    raise_if_edited(item, revision)
    before = _shown(item)
    _write(item, visit, data, at)
    after = _shown(item)
    if after == before:
        return item
    item.sequence += before.place_and_time != after.place_and_time
    item.revised_at = at
    item.revision += 1
    item.save()
    _published(visit, at)
    record("edit_item", visit, by=by, at=at, item=item.pk, sequence=item.sequence)
    return item


@transaction.atomic
def cancel_item(*, item: AgendaItem, by: User, at: datetime) -> AgendaItem:
    """It stays in everybody's calendar as cancelled. Twice is as good as once."""
    visit, item = _open_item(item, by)
    if item.cancelled_at is not None:
        return item
    item.cancelled_at = item.revised_at = at
    item.sequence += 1
    item.revision += 1
    item.save()
    _published(visit, at)
    record("cancel_item", visit, by=by, at=at, item=item.pk)
    return item


@transaction.atomic
def restore_item(*, item: AgendaItem, by: User, at: datetime) -> AgendaItem:
    visit, item = _open_item(item, by)
    if item.cancelled_at is None:
        return item
    item.cancelled_at, item.revised_at = None, at
    item.sequence += 1
    item.revision += 1
    item.save()
    _published(visit, at)
    record("restore_item", visit, by=by, at=at, item=item.pk)
    return item


def _open_agenda(visit: StudyVisit, by: User) -> StudyVisit:
    visit = lock(visit)
    require(can_edit_agenda(by, visit))
    if visit.state != VisitState.CONFIRMED:
        raise AgendaClosed
    return visit


def _open_item(item: AgendaItem, by: User) -> tuple[StudyVisit, AgendaItem]:
    assert item.visit is not None
    visit = _open_agenda(item.visit, by)
    return visit, AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)


def _refuse_same(visit: StudyVisit, data: SessionData) -> None:
    same = visit.agenda_items.filter(
        title=data.title,
        day=data.day,
        start_time=data.start,
        end_time=data.end,
        venue__name=data.venue or None,
        cancelled_at=None,
    )
    if same.exists():
        raise SessionTwice


def _write(item: AgendaItem, visit: StudyVisit, data: SessionData, at: datetime) -> None:
    _refuse_impossible(visit, item, data)
    item.day, item.start_time, item.end_time = data.day, data.start, data.end
    item.kind, item.title, item.description = data.kind, data.title, data.description
    item.venue = _venue(item, visit, data, at)
    item.lead, item.languages = data.lead, list(data.languages)
    item.save()
    names = dict.fromkeys(name.strip() for name in data.speakers if name.strip())
    item.speakers.set([Speaker.objects.get_or_create(visit=visit, name=name)[0] for name in names])


def _venue(item: AgendaItem, visit: StudyVisit, data: SessionData, at: datetime) -> Venue | None:
    """Its address is changed for all sessions there; it is emptied by who saw it in the form."""
    if not data.venue:
        return None
    venue, is_new = Venue.objects.get_or_create(
        visit=visit, name=data.venue, defaults={"address": data.address}
    )
    if not is_new and venue.address != data.address and _is_meant(item.venue, venue, data.address):
        venue.address = data.address
        venue.save()
        _place_changed(venue, item, at)
    return venue


def _is_meant(before: Venue | None, venue: Venue, address: str) -> bool:
    """An address that is left in the form from the venue before says nothing of this one."""
    if before is not None and before.pk == venue.pk:
        return True
    return bool(address) and (before is None or address != before.address)


def _place_changed(venue: Venue, item: AgendaItem, at: datetime) -> None:
    """The address stands in the other sessions there too, and calendars compare each by itself.

    Cancelled ones count: a form of theirs that is open could bring the old address back.
    """
    others = venue.agenda_items.exclude(pk=item.pk)
    others.update(sequence=F("sequence") + 1, revised_at=at, revision=F("revision") + 1)


def _refuse_impossible(visit: StudyVisit, item: AgendaItem, data: SessionData) -> None:
    assert visit.start_date is not None
    assert visit.end_date is not None
    session = Session(
        id=item.pk or 0,
        day=data.day,
        start=data.start,
        end=data.end,
        zone=item.time_zone,
        title=data.title,
    )
    found = refusals(session, visit.start_date, visit.end_date)
    if found:
        raise SessionRefused(str(SENTENCES.get(found[0].kind, _("This time is not possible."))))


@dataclass(frozen=True, slots=True)
class _Content:
    """What an agenda and a calendar show of a session."""

    place_and_time: tuple[object, ...]
    words: tuple[object, ...]
    speakers: frozenset[str]


def _shown(item: AgendaItem) -> _Content:
    venue = (item.venue.name, item.venue.address) if item.venue else ()
    return _Content(
        place_and_time=(item.day, item.start_time, item.end_time, item.time_zone, venue),
        words=(item.kind, item.title, item.description, item.lead_id, tuple(item.languages)),
        speakers=frozenset(item.speakers.values_list("name", flat=True)),
    )


def _published(visit: StudyVisit, at: datetime) -> None:
    tell_of(Message.AGENDA_CHANGED, visit, at=at)
    tell_delegates(visit, "agenda", at=at)
