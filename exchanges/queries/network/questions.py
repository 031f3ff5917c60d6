"""Questions that programmes and other organisations put to a person's organisations."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from exchanges.enums import AskedState, MembershipRole, RecoveryState
from exchanges.models import (
    City,
    CityClaim,
    Handover,
    HeldVisitQuestion,
    Membership,
    Organisation,
    PartnershipInvitation,
    Recovery,
    User,
)
from exchanges.queries.actions import Action
from exchanges.queries.people.recovery_actions import recovery_actions
from exchanges.queries.people.roles import Roles
from exchanges.words.formats import organisation_name, sort_key

ANSWER_WITHIN = timedelta(days=14)


def partnerships_asked_of(user: User) -> QuerySet[PartnershipInvitation]:
    """Return the questions that this person may answer, and those that were answered."""
    return PartnershipInvitation.objects.filter(organisation__in=_contact_of(user)).exclude(
        state=AskedState.WITHDRAWN
    )


def city_claims_asked_of(user: User) -> QuerySet[CityClaim]:
    """Return the claims to cities of this person's organisations, not those of their own."""
    contacts = Membership.objects.filter(role=MembershipRole.CONTACT, user__is_active=True)
    left_alone = ~Exists(contacts.filter(organisation=OuterRef("pk")))
    own = _contact_of(user)
    acting = Organisation.objects.filter(Q(pk__in=own) | Q(left_alone, home_office__in=own))
    others = acting.filter(active_in=OuterRef("city")).exclude(pk=OuterRef("organisation"))
    return CityClaim.objects.filter(Exists(others)).exclude(state=AskedState.WITHDRAWN)


def handovers_asked_of(roles: Roles) -> QuerySet[Handover]:
    """Return the open offers that miss the yes of one of these organisations."""
    agrees = Q(organisation__in=roles.contact_of, agreed_at=None)
    takes = Q(to_office__in=roles.contact_of, taken_at=None)
    return Handover.objects.filter(agrees | takes, state=AskedState.OPEN)


def held_questions_asked_of(roles: Roles) -> QuerySet[HeldVisitQuestion]:
    """Return the open questions about held visits that these contacts can answer."""
    cities = City.objects.filter(organisations__in=roles.contact_of)
    mine = Q(organisation__in=roles.contact_of) | Q(city__in=cities)
    return HeldVisitQuestion.objects.filter(mine, state=AskedState.OPEN)


def question_actions(roles: Roles, at: datetime) -> list[Action]:
    """Return what waits for this person's answer: one query when nothing is open, else seven."""
    if not (roles.contact_of or roles.signs_for):
        return []
    asked = PartnershipInvitation.objects.filter(organisation__in=roles.contact_of)
    partnerships = asked.filter(state=AskedState.OPEN)
    claims = CityClaim.objects.filter(state=AskedState.OPEN)
    known = asked.filter(state=AskedState.ACCEPTED).exclude(signatory_name="")
    handovers = handovers_asked_of(roles)
    held = held_questions_asked_of(roles)
    recoveries = Recovery.objects.filter(state=RecoveryState.RUNNING)
    others = (each.values("pk") for each in (claims, known, handovers, held, recoveries))
    if not partnerships.values("pk").union(*others).exists():
        return []
    claims = city_claims_asked_of(roles.user).filter(state=AskedState.OPEN)
    rows = partnerships.select_related("programme__coordinator__city", "organisation__city")
    return [
        *(_partnership(asked) for asked in rows.order_by("invited_at", "pk")),
        *(
            _city_claim(claim)
            for claim in claims.select_related("organisation__city", "city").order_by("pk")
        ),
        *recovery_actions(roles, at),
        *(_handover(each) for each in handovers.select_related("organisation__city", "to_office")),
        *(_held(each) for each in held.select_related("visit__host_city", "organisation", "city")),
        *(_known_signatory(asked) for asked in known.select_related("organisation__city")),
    ]


def open_claims(organisation: Organisation) -> list[City]:
    """Return the cities for which the organisation waits to act, by name."""
    claims = organisation.city_claims.filter(state=AskedState.OPEN).select_related("city")
    return sorted((claim.city for claim in claims), key=sort_key)


def _contact_of(user: User) -> QuerySet[Membership, int]:
    return user.memberships.filter(role=MembershipRole.CONTACT).values_list(
        "organisation", flat=True
    )


def _partnership(asked: PartnershipInvitation) -> Action:
    return Action(
        icon="handshake",
        title=_("Answer whether %(organisation)s takes part in %(programme)s")
        % {
            "organisation": organisation_name(asked.organisation),
            "programme": asked.programme.short_title,
        },
        detail=_("%(office)s asks") % {"office": organisation_name(asked.programme.coordinator)},
        button=_("Read and answer"),
        url_name="exchanges:partnership-answer",
        url_argument=asked.pk,
        since=asked.invited_at,
        by_date=(asked.invited_at + ANSWER_WITHIN).date(),
    )


def _handover(row: Handover) -> Action:
    return Action(
        icon="building-2",
        title=_("Answer whether %(organisation)s gets another home office")
        % {"organisation": organisation_name(row.organisation)},
        detail=_("It would be %(office)s") % {"office": row.to_office},
        button=_("Read and answer"),
        url_name="exchanges:handover",
        url_argument=row.pk,
        since=row.offered_at,
        by_date=(row.offered_at + ANSWER_WITHIN).date(),
    )


def _held(row: HeldVisitQuestion) -> Action:
    return Action(
        icon="history",
        title=_("Say whether the visit to %(city)s took place") % {"city": row.visit.host_city},
        detail=row.visit.title,
        button=_("Read and answer"),
        url_name="exchanges:held-answer",
        url_argument=row.pk,
        since=row.asked_at,
        by_date=(row.asked_at + ANSWER_WITHIN).date(),
    )


def _known_signatory(asked: PartnershipInvitation) -> Action:
    return Action(
        icon="signature",
        title=_("Propose who signs for %(organisation)s")
        % {"organisation": organisation_name(asked.organisation)},
        detail=f"{asked.signatory_name}, {asked.signatory_function}",
        button=_("Look at the person"),
        url_name="exchanges:organisation-people",
        url_argument=asked.organisation.slug,
        since=asked.answered_at,
    )


def _city_claim(claim: CityClaim) -> Action:
    return Action(
        icon="map-pin",
        title=_("Answer whether %(organisation)s acts for %(city)s")
        % {"organisation": organisation_name(claim.organisation), "city": claim.city},
        detail=_("It asks the organisations of the city"),
        button=_("Read and answer"),
        url_name="exchanges:city-claim-answer",
        url_argument=claim.pk,
        since=claim.asked_at,
        by_date=(claim.asked_at + ANSWER_WITHIN).date(),
    )
