"""A visit's life from the picked date on; `proposals` and `invitations` hold what comes before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchanges.enums import InvitationState, Message, VisitMove
from exchanges.models import DateOption, Exchange, Practice, Programme, StudyVisit, User
from exchanges.operations.mail.outbox import drop_queued, tell
from exchanges.operations.programmes.credits import give_credits_back, use_credits
from exchanges.operations.refusals import Refusal
from exchanges.operations.visits.moves import ReasonMissing, lock_for_move, move
from exchanges.operations.visits.telling import tell_delegates, tell_of
from exchanges.queries.people.contacts import contacts_of
from exchanges.queries.proposals.proposals import acceptances_missing, tallies_of


class ExchangeLimitReached(Refusal):
    def __init__(self, most: int) -> None:
        super().__init__(
            ngettext(
                "The programme's only exchange is used.",
                "All %(most)d exchanges of the programme are used.",
                most,
            )
            % {"most": most}
        )


class DateNotPickable(Refusal):
    pass


class DateIsPast(Refusal):
    def __init__(self) -> None:
        words = _("The first day is past. Return the visit to the proposer to find other days.")
        super().__init__(words)


class NotOverYet(Refusal):
    def __init__(self) -> None:
        super().__init__(_("The visit is not over yet: it can be completed after its last day."))


@transaction.atomic
def pick_date(
    *, visit: StudyVisit, option: DateOption, by: User, at: datetime, reason: str = ""
) -> StudyVisit:
    """Agree on one date option; invitations still open lapse.

    Raises DateNotPickable while acceptances are missing, for days that are past, and when somebody
    who accepted said no to it; ReasonMissing when somebody who accepted has not answered it.
    """
    visit = lock_for_move(visit, VisitMove.PICK_DATE, by=by)
    if acceptances_missing(visit):
        raise DateNotPickable(_("The date can be picked once the acceptances above are there."))
    without = _silent_about(visit, option, at)
    if without and not reason.strip():
        raise ReasonMissing
    if not without:
        reason = ""
    open_invitations = visit.invitations.filter(state=InvitationState.OPEN)
    lapsed = list(open_invitations.values_list("organisation", flat=True))
    recipients = list(contacts_of(lapsed))
    open_invitations.update(state=InvitationState.LAPSED)
    visit.start_date, visit.end_date = option.start_date, option.end_date
    tell(recipients, Message.INVITATION_LAPSED, at=at, visit=visit.pk)
    tell_of(Message.VISIT_AGREED, visit, at=at, without=without)
    days = {"first_day": str(option.start_date), "last_day": str(option.end_date)}
    said: dict[str, Any] = {"without": without} if without else {}
    move(visit, VisitMove.PICK_DATE, by=by, at=at, reason=reason, lapsed=lapsed, **said, **days)
    return visit


@transaction.atomic
def withdraw(*, visit: StudyVisit, by: User, at: datetime, reason: str) -> StudyVisit:
    visit = lock_for_move(visit, VisitMove.WITHDRAW, by=by)
    _drop_invitations(visit)
    tell_of(Message.VISIT_WITHDRAWN, visit, at=at)
    move(visit, VisitMove.WITHDRAW, by=by, at=at, reason=reason)
    return visit


@transaction.atomic
def confirm(
    *, visit: StudyVisit, by: User, at: datetime, counts: bool = True, counts_reason: str = ""
) -> StudyVisit:
    """Take one of the programme's exchanges for this visit, unless it does not count as one.

    Raises DateIsPast once its first day is over, and ExchangeLimitReached when the programme has
    none left.
    """
    programme = Programme.objects.select_for_update().get(pk=visit.programme_id)
    visit = lock_for_move(visit, VisitMove.CONFIRM, by=by)
    if visit.has_begun(at):
        raise DateIsPast
    visit.counts_as_exchange, visit.counts_reason = counts, counts_reason
    exchange = take_exchange(programme, visit) if counts else None
    use_credits(visit)
    visit.revised_at = at
    tell_of(Message.VISIT_CONFIRMED, visit, at=at)
    tell_delegates(visit, "confirmed", at=at)
    number = exchange.number if exchange else None
    move(visit, VisitMove.CONFIRM, by=by, at=at, exchange=number)
    return visit


@transaction.atomic
def return_to_proposer(*, visit: StudyVisit, by: User, at: datetime, reason: str) -> StudyVisit:
    """Lapsed invitations are open again, the date is not picked any more."""
    visit = lock_for_move(visit, VisitMove.RETURN, by=by)
    visit.invitations.filter(state=InvitationState.LAPSED).update(state=InvitationState.OPEN)
    visit.start_date = visit.end_date = None
    tell_of(Message.VISIT_RETURNED, visit, at=at)
    move(visit, VisitMove.RETURN, by=by, at=at, reason=reason)
    return visit


@transaction.atomic
def complete(*, visit: StudyVisit, by: User, at: datetime) -> StudyVisit:
    """Raises NotOverYet until the day after the last day."""
    visit = lock_for_move(visit, VisitMove.COMPLETE, by=by)
    if not visit.is_over(at):
        raise NotOverYet
    tell_of(Message.VISIT_COMPLETED, visit, at=at)
    move(visit, VisitMove.COMPLETE, by=by, at=at)
    return visit


@transaction.atomic
def cancel(*, visit: StudyVisit, by: User, at: datetime, reason: str) -> StudyVisit:
    """Free the exchange; in calendars the visit and its sessions stay, as cancelled.

    The programme is locked first, as `confirm` does: exchanges and credits are those of all visits.
    """
    Programme.objects.select_for_update().get(pk=visit.programme_id)
    visit = lock_for_move(visit, VisitMove.CANCEL, by=by)
    visit.sequence += 1
    visit.revised_at = at
    visit.agenda_items.filter(cancelled_at=None).update(
        sequence=F("sequence") + 1, revised_at=at, revision=F("revision") + 1
    )
    tell_of(Message.VISIT_CANCELLED, visit, at=at)
    tell_delegates(visit, "cancelled", at=at)
    freed = Exchange.objects.filter(visit=visit).update(visit=None)
    give_credits_back(visit)
    move(visit, VisitMove.CANCEL, by=by, at=at, reason=reason, freed=bool(freed))
    return visit


@transaction.atomic
def close(
    *, visit: StudyVisit, by: User, at: datetime, report: str, practices_seen: Sequence[Practice]
) -> StudyVisit:
    """Publish the report; title, cities, topics and report become public."""
    visit = lock_for_move(visit, VisitMove.CLOSE, by=by)
    visit.report = report
    visit.practices_seen.set(practices_seen)
    move(visit, VisitMove.CLOSE, by=by, at=at, practices=[each.pk for each in practices_seen])
    return visit


def take_exchange(programme: Programme, visit: StudyVisit) -> Exchange:
    free = programme.exchanges.select_for_update().filter(visit=None).order_by("number").first()
    if free is None:
        raise ExchangeLimitReached(programme.max_exchanges)
    free.visit = visit
    free.save()
    return free


def _silent_about(visit: StudyVisit, option: DateOption, at: datetime) -> list[int]:
    """Return the organisations that accepted and have not answered this option.

    Raises DateNotPickable when it is past or somebody said no to it.
    """
    tally = next(each for each in tallies_of(visit, at) if each.option.id == option.pk)
    if tally.is_past:
        raise DateNotPickable(_("These days are past. Pick days that are ahead."))
    if tally.no:
        raise DateNotPickable(_("An organisation that takes part said no to these days."))
    rows = visit.invitations.filter(pk__in=tally.missing).order_by("pk")
    return list(rows.values_list("organisation", flat=True))


def _drop_invitations(visit: StudyVisit) -> None:
    for kind in (Message.INVITATION, Message.INVITATION_REMINDER):
        drop_queued(kind, visit=visit.pk)
