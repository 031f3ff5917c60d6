"""What waits for a person: made from the table of states, for every organisation of theirs."""

from __future__ import annotations

from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, cast

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from exchanges.domain.visit_states import WAITS_FOR
from exchanges.enums import InvitationState, Mover, Side, VisitState
from exchanges.models import (
    AgendaItem,
    DateAnswer,
    DateOption,
    Delegate,
    Invitation,
    SentRow,
    StudyVisit,
)
from exchanges.queries.actions import Action
from exchanges.queries.people.roles import Roles
from exchanges.queries.visits.action_rules import RULES

if TYPE_CHECKING:
    from exchanges.queries.visits.action_rules import WaitingVisit

STATES_OF = {mover: [state for state in WAITS_FOR if mover in WAITS_FOR[state]] for mover in Mover}


def visit_actions(roles: Roles, at: datetime) -> list[Action]:
    """Soonest first. The number of queries does not grow with the number of visits."""
    if not roles.contact_of:
        return []
    found = (
        action
        for visit in _waiting_visits(roles)
        for mover in WAITS_FOR[VisitState(visit.state)]
        for action in RULES[mover](visit, roles, at)
    )
    return sorted(found, key=lambda each: (each.by_date or date.max, each.title))


def _waiting_visits(roles: Roles) -> QuerySet[WaitingVisit]:
    """Rows that many visits share, such as cities, are read once."""
    agenda = AgendaItem.objects.filter(visit=OuterRef("pk"))
    suggested = SentRow.objects.filter(visit=OuterRef("pk"))
    taking_part = Invitation.objects.exclude(visit__state=VisitState.AGREED)
    options = DateOption.objects.filter(visit__state=VisitState.PROPOSED).prefetch_related(
        Prefetch("answers", queryset=DateAnswer.objects.select_related("invitation"))
    )
    visits = (
        StudyVisit.objects.filter(_is_moved_by(roles))
        .annotate(has_agenda=Exists(agenda), is_suggested=Exists(suggested))
        .prefetch_related(
            "programme",
            "host_city",
            "proposer",
            "visit_cities__city",
            Prefetch("invitations", queryset=taking_part.prefetch_related("organisation", "city")),
            Prefetch("date_options", queryset=options),
            Prefetch("delegates", queryset=Delegate.objects.only("visit", "organisation")),
        )
    )
    return cast("QuerySet[WaitingVisit]", visits)


def _is_moved_by(roles: Roles) -> Q:
    """Visits in a state whose mover this person can be."""
    mine = Invitation.objects.filter(organisation__in=roles.contact_of)
    accepted = mine.filter(state=InvitationState.ACCEPTED)
    asked = mine.filter(state__in=(InvitationState.OPEN, InvitationState.ACCEPTED))
    movers = {
        Mover.PROPOSER: Q(proposer__in=roles.contact_of),
        Mover.INVITED: Q(pk__in=asked.values("visit")),
        Mover.OFFICE: Q(programme__in=roles.programmes),
        Mover.HOST: Q(pk__in=accepted.filter(side=Side.HOST).values("visit")),
        Mover.PARTICIPANTS: Q(pk__in=accepted.values("visit")),
    }
    return reduce(or_, (Q(state__in=STATES_OF[mover]) & who for mover, who in movers.items()))
