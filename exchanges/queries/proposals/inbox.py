"""Invitations to a person's organisations, and what one shows to those who answer it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Prefetch, Q, QuerySet, Value, When

from exchanges.enums import Answer, InvitationState, MembershipRole, Side, VisitState
from exchanges.links import PURPOSE_INVITATION, Token, proves, read_token
from exchanges.models import DateOption, Invitation, Practice, StudyVisit, User, VisitCity
from exchanges.words.proposals import hosts_first

ANSWERABLE = (InvitationState.OPEN, InvitationState.ACCEPTED, InvitationState.DECLINED)
MOST_PRACTICES = 3


def inbox_of(user: User) -> QuerySet[Invitation]:
    """Return the person's invitations: those that wait for an answer first, soonest first."""
    waiting = Q(state=InvitationState.OPEN, visit__state=VisitState.PROPOSED)
    order = Case(When(waiting, then=Value(0)), default=Value(1))
    return _with_visit(_asked_of(user)).order_by(order, "visit__answer_by", "-invited_at", "pk")


def waits_for_answer(invitation: Invitation) -> bool:
    """Return whether the organisation has still to answer."""
    is_open = invitation.state == InvitationState.OPEN
    return is_open and invitation.visit.state == VisitState.PROPOSED


def invitations_for(user: User) -> QuerySet[Invitation]:
    """Return those that this person may open signed in."""
    return _with_visit(_asked_of(user).exclude(state=InvitationState.WITHDRAWN))


@dataclass(frozen=True, slots=True)
class OpenedLink:
    """A link that we once sent. `is_current`: not revoked, not replaced, not run out."""

    invitation: Invitation
    person: User | None
    is_revoked: bool
    is_expired: bool

    @property
    def is_current(self) -> bool:
        return self.person is not None and not self.is_revoked and not self.is_expired


def open_link(text: str, at: datetime) -> OpenedLink | None:
    """Open a link; None for what is no link of ours."""
    token = read_token(text)
    if token is None:
        return None
    found = Invitation.objects.exclude(visit__state=VisitState.DRAFT)
    invitation = _with_visit(found).filter(pk=token.subject, is_proposer=False).first()
    generation = _generation(token, invitation) if invitation else None
    if invitation is None or generation is None:
        return None
    expires = invitation.link_expires_at
    return OpenedLink(
        invitation=invitation,
        person=_contact(token.person, invitation),
        is_revoked=generation != invitation.generation,
        is_expired=expires is not None and expires < at,
    )


def is_answerable(invitation: Invitation) -> bool:
    is_proposed = invitation.visit.state == VisitState.PROPOSED
    return is_proposed and invitation.state in ANSWERABLE


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page of an invitation says beside the form."""

    invitation: Invitation
    visit: StudyVisit
    others: tuple[Invitation, ...]
    guests: tuple[str, ...]
    practices: tuple[Practice, ...]

    @property
    def is_host(self) -> bool:
        return self.invitation.side == Side.HOST

    @property
    def given(self) -> list[tuple[DateOption, Answer | None]]:
        """Return the saved answer to each date option."""
        answers = {each.option_id: each.answer for each in self.invitation.date_answers.all()}
        return [
            (option, Answer(answers[option.pk]) if option.pk in answers else None)
            for option in self.visit.date_options.all()
        ]


def asked(invitation: Invitation) -> Asked:
    """`invitation` comes from this module."""
    visit = invitation.visit
    others = tuple(
        each
        for each in hosts_first(visit)
        if each.pk != invitation.pk
        and not each.is_proposer
        and each.state != InvitationState.WITHDRAWN
    )
    topics = [topic.pk for topic in visit.topics.all()]
    shown = Practice.objects.filter(organisations=invitation.organisation_id, topics__in=topics)
    practices = tuple(shown.distinct()[:MOST_PRACTICES]) if invitation.side == Side.HOST else ()
    guests = tuple(str(city) for city in visit.guest_cities())
    return Asked(invitation, visit, others, guests, practices)


def _asked_of(user: User) -> QuerySet[Invitation]:
    """Nobody was asked here about visits that were held before the program existed."""
    mine = user.memberships.values("organisation")
    found = Invitation.objects.filter(organisation__in=mine, is_proposer=False)
    return found.exclude(visit__state=VisitState.DRAFT).exclude(visit__proposer=None)


def _with_visit(invitations: QuerySet[Invitation]) -> QuerySet[Invitation]:
    others = Invitation.objects.select_related("organisation__city")
    options = DateOption.objects.select_related("offered_by__organisation__city")
    cities = VisitCity.objects.select_related("city")
    return invitations.select_related(
        "organisation__city",
        "city",
        "visit__programme",
        "visit__host_city",
        "visit__proposer__city",
    ).prefetch_related(
        "date_answers",
        "visit__topics",
        Prefetch("visit__visit_cities", queryset=cities),
        Prefetch("visit__invitations", queryset=others),
        Prefetch("visit__date_options", queryset=options),
    )


def _generation(token: Token, invitation: Invitation) -> int | None:
    generations = range(invitation.generation, -1, -1)
    return next(
        (each for each in generations if proves(token, PURPOSE_INVITATION, generation=each)), None
    )


def _contact(person: int, invitation: Invitation) -> User | None:
    contacts = User.objects.filter(
        pk=person,
        is_active=True,
        memberships__organisation=invitation.organisation_id,
        memberships__role=MembershipRole.CONTACT,
    )
    return contacts.first()
