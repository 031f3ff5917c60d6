"""What a visit asks of whom: one rule for each mover of the table of states."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias, TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from exchanges.domain.deadlines import (
    CLOSE_WITHIN,
    COMPLETE_WITHIN,
    CONFIRM_WITHIN,
    DELEGATES_BEFORE,
)
from exchanges.enums import InvitationState, Mover, Side, VisitState
from exchanges.models import Invitation, StudyVisit
from exchanges.queries.actions import Action
from exchanges.queries.people.roles import Roles
from exchanges.queries.proposals.proposals import FIRST_REVISION, is_ready, owing_answers

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class ActionFacts(TypedDict):
        """Whether the visit has any session, and whether it came from a plan."""

        has_agenda: bool
        is_suggested: bool

    WaitingVisit = WithAnnotations[StudyVisit, ActionFacts]
from exchanges.words.formats import listed


def _for_proposer(visit: WaitingVisit, roles: Roles, at: datetime) -> Iterator[Action]:
    if visit.proposer_id not in roles.contact_of:
        return
    if visit.state == VisitState.DRAFT:
        yield _look(visit) if _is_fresh_suggestion(visit) else _finish(visit)
    elif is_ready(visit, at):
        yield _pick(visit)
    elif _must_answer(visit, at):
        yield _answer_dates(visit)


def _look(visit: WaitingVisit) -> Action:
    return Action(
        icon="lightbulb",
        title=_("Look at the visit to %(city)s that is suggested to you")
        % {"city": visit.host_city},
        detail=_("The programme office suggests: %(title)s") % {"title": visit.title},
        button=_("Look at the draft"),
        url_name="exchanges:proposal",
        url_argument=visit.reference,
        since=visit.state_since,
    )


def _finish(visit: WaitingVisit) -> Action:
    return Action(
        icon="file-pen",
        title=_("Finish your proposal"),
        detail=visit.title or _("Draft %(reference)s") % {"reference": visit.reference},
        button=_("Go on"),
        url_name="exchanges:proposal",
        url_argument=visit.reference,
        since=visit.state_since,
    )


def _pick(visit: WaitingVisit) -> Action:
    return Action(
        icon="calendar-check",
        title=_("Pick the date for %(city)s") % {"city": visit.host_city},
        detail=_("All who accepted have answered."),
        button=_("Pick the date"),
        url_name="exchanges:visit-detail",
        url_argument=visit.reference,
        since=visit.state_since,
        by_date=visit.answer_by,
    )


def _answer_dates(visit: WaitingVisit) -> Action:
    return Action(
        icon="calendar-plus",
        title=_("Answer the dates for %(city)s") % {"city": visit.host_city},
        detail=_("Others offered dates that you have not answered."),
        button=_("Answer"),
        url_name="exchanges:visit-answer-dates",
        url_argument=visit.reference,
        since=visit.state_since,
        by_date=visit.answer_by,
    )


def _for_invited(visit: WaitingVisit, roles: Roles, at: datetime) -> Iterator[Action]:
    owing = {each.pk for each in owing_answers(visit, at) if not each.is_proposer}
    for invitation in visit.invitations.all():
        is_mine = invitation.organisation_id in roles.contact_of
        if is_mine and (invitation.state == InvitationState.OPEN or invitation.pk in owing):
            yield Action(
                icon="mail-open",
                title=_("Answer the invitation to %(city)s") % {"city": visit.host_city},
                detail=_("%(title)s, from %(proposer)s")
                % {"title": visit.title, "proposer": visit.proposer},
                button=_("Answer"),
                url_name="exchanges:invitation-respond",
                url_argument=invitation.pk,
                since=invitation.invited_at,
                by_date=visit.answer_by,
            )


def _for_office(visit: WaitingVisit, roles: Roles, at: datetime) -> Iterator[Action]:
    if visit.state != VisitState.AGREED or visit.programme_id not in roles.programmes:
        return
    if visit.has_begun(at):
        yield Action(
            icon="rotate-ccw",
            title=_("Return the visit to %(city)s") % {"city": visit.host_city},
            detail=_("Nobody confirmed it before its days, which are past now."),
            button=_("Look and return"),
            url_name="exchanges:visit-detail",
            url_argument=visit.reference,
            since=visit.state_since,
        )
    else:
        yield Action(
            icon="clipboard-check",
            title=_("Confirm the visit to %(city)s") % {"city": visit.host_city},
            detail=_("%(guests)s, agreed by all who are needed") % {"guests": _guests(visit)},
            button=_("Look and confirm"),
            url_name="exchanges:visit-detail",
            url_argument=visit.reference,
            since=visit.state_since,
            by_date=(visit.state_since + CONFIRM_WITHIN).date(),
        )


def _for_host(visit: WaitingVisit, roles: Roles, at: datetime) -> Iterator[Action]:
    hosts = _mine(visit, roles, Side.HOST)
    if not hosts or visit.end_date is None or visit.start_date is None:
        return
    if visit.is_over(at):
        yield Action(
            icon="flag",
            title=_("Complete the visit in %(city)s") % {"city": visit.host_city},
            detail=_("The visit is over: say that it took place."),
            button=pgettext("button", "Complete"),
            url_name="exchanges:visit-detail",
            url_argument=visit.reference,
            since=visit.state_since,
            by_date=visit.end_date + COMPLETE_WITHIN,
        )
    elif not visit.has_agenda:
        yield Action(
            icon="calendar-days",
            title=_("Build the agenda for %(city)s") % {"city": visit.host_city},
            detail=_("%(guests)s wait to see what you show them") % {"guests": _guests(visit)},
            button=_("Build the agenda"),
            url_name="exchanges:visit-agenda",
            url_argument=visit.reference,
            since=visit.state_since,
            by_date=visit.start_date - DELEGATES_BEFORE,
        )


def _for_participants(visit: WaitingVisit, roles: Roles, at: datetime) -> Iterator[Action]:
    mine = _mine(visit, roles)
    if visit.state == VisitState.COMPLETED and mine:
        yield Action(
            icon="file-text",
            title=_("Report on the visit to %(city)s") % {"city": visit.host_city},
            detail=_("Write what you take home and close the visit."),
            button=_("Report and close"),
            url_name="exchanges:visit-detail",
            url_argument=visit.reference,
            since=visit.state_since,
            by_date=(visit.state_since + CLOSE_WITHIN).date(),
        )
    if visit.state != VisitState.CONFIRMED or visit.start_date is None:
        return
    if visit.today_at_host(at) >= visit.start_date:
        return
    named = {delegate.organisation_id for delegate in visit.delegates.all()}
    for invitation in mine:
        if invitation.organisation_id not in named and invitation.side == Side.GUEST:
            yield Action(
                icon="users",
                title=_("Name your delegates for %(city)s") % {"city": visit.host_city},
                detail=str(invitation.organisation),
                button=_("Add delegates"),
                url_name="exchanges:visit-people",
                url_argument=visit.reference,
                since=visit.state_since,
                by_date=visit.start_date - DELEGATES_BEFORE,
            )


def _mine(visit: StudyVisit, roles: Roles, side: Side | None = None) -> list[Invitation]:
    return [
        invitation
        for invitation in visit.invitations.all()
        if invitation.state == InvitationState.ACCEPTED
        and invitation.organisation_id in roles.contact_of
        and side in (None, invitation.side)
    ]


def _must_answer(visit: StudyVisit, at: datetime) -> bool:
    return any(each.is_proposer for each in owing_answers(visit, at))


def _is_fresh_suggestion(visit: WaitingVisit) -> bool:
    """It came from a plan, and nobody has worked on it yet."""
    return visit.is_suggested and visit.revision == FIRST_REVISION


def _guests(visit: StudyVisit) -> str:
    return listed(str(city) for city in visit.guest_cities())


def _nobody(visit: WaitingVisit, roles: Roles, at: datetime) -> Iterable[Action]:
    return ()


Rule: TypeAlias = "Callable[[WaitingVisit, Roles, datetime], Iterable[Action]]"
RULES: dict[Mover, Rule] = {
    Mover.PROPOSER: _for_proposer,
    Mover.INVITED: _for_invited,
    Mover.OFFICE: _for_office,
    Mover.HOST: _for_host,
    Mover.PARTICIPANTS: _for_participants,
    Mover.PLATFORM: _nobody,
}
