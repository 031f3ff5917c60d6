"""What waits for a person: made from the table of states, for every organisation of theirs."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, cast

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from exchanges.domain.visit_states import WAITS_FOR
from exchanges.enums import InvitationState, MembershipRole, Mover, Side, VisitState
from exchanges.models import (
    AgendaItem,
    DateAnswer,
    DateOption,
    Delegate,
    Invitation,
    SentRow,
    StudyVisit,
    User,
)
from exchanges.queries.actions import Action
from exchanges.queries.visits.action_rules import RULES, VisitRoles

if TYPE_CHECKING:
    from exchanges.queries.visits.action_rules import WaitingVisit

NOBODY = Q(pk__in=())


def visit_roles_of(user: User) -> VisitRoles:
    """One query."""
    rows = user.memberships.filter(role=MembershipRole.CONTACT).values_list(
        "organisation", "organisation__coordinated_programmes"
    )
    pairs = list(rows)
    return VisitRoles(
        frozenset(organisation for organisation, _ in pairs),
        frozenset(programme for _, programme in pairs if programme),
    )


def visit_actions(user: User, at: datetime) -> list[Action]:
    """Soonest first. The number of queries does not grow with the number of visits."""
    roles = visit_roles_of(user)
    if not roles.organisations:
        return []
    found = (
        action
        for visit in _waiting_visits(roles)
        for mover in WAITS_FOR[VisitState(visit.state)]
        for action in RULES[mover](visit, roles, at)
    )
    return sorted(found, key=lambda each: (each.by_date or date.max, each.title))


def _waiting_visits(roles: VisitRoles) -> QuerySet[WaitingVisit]:
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


def _is_moved_by(roles: VisitRoles) -> Q:
    """Visits in a state whose mover this person can be."""
    mine = Invitation.objects.filter(organisation__in=roles.organisations)
    accepted = mine.filter(state=InvitationState.ACCEPTED)
    asked = mine.filter(state=InvitationState.OPEN)
    movers = {
        Mover.PROPOSER: Q(proposer__in=roles.organisations),
        Mover.INVITED: Q(pk__in=asked.values("visit")),
        Mover.OFFICE: Q(programme__in=roles.programmes),
        Mover.HOST: Q(pk__in=accepted.filter(side=Side.HOST).values("visit")),
        Mover.PARTICIPANTS: Q(pk__in=accepted.values("visit")),
        Mover.PLATFORM: NOBODY,
    }
    found = NOBODY
    for state, waited_for in WAITS_FOR.items():
        for mover in waited_for:
            found |= Q(state=state) & movers[mover]
    return found
