"""In which programmes a person can plan, and for whom."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from exchanges.enums import MembershipRole
from exchanges.models import Organisation, Programme, User


def programmes_with(user: User) -> QuerySet[Programme]:
    """Return the programmes that pass `can_see_matches`, the first to begin first."""
    mine = user.memberships.values("organisation")
    joined = Programme.objects.filter(partners__organisation__in=mine).values("pk")
    has_part = Q(pk__in=joined) | Q(coordinator__in=mine)
    found = Programme.objects.filter(has_part | Q(pk__in=user.audits.values("programme")))
    return found.select_related("coordinator").order_by("start_date", "pk")


def programmes_to_plan(user: User, at: datetime) -> list[Programme]:
    """Return those of `programmes_with` that have not ended: running ones first, then later ones.

    None hides another: two can run at a time, and the next one is planned while one still runs.
    """
    return list(programmes_with(user).filter(end_date__gte=at.date()))


def programmes_to_propose_in(user: User, at: datetime) -> list[Programme]:
    """Return those of `programmes_to_plan` in which the person proposes for an organisation."""
    own = Programme.objects.filter(partners__organisation__in=_contact_of(user)).values("pk")
    return list(programmes_with(user).filter(pk__in=own, end_date__gte=at.date()))


def organisations_proposing(user: User, programme: Programme) -> QuerySet[Organisation]:
    """Return the organisations that pass `can_propose_visit`, in a fixed order."""
    partners = Organisation.objects.filter(partnerships__programme=programme)
    return partners.filter(pk__in=_contact_of(user)).select_related("city").order_by("pk")


def _contact_of(user: User) -> QuerySet[Organisation]:
    contacts = user.memberships.filter(role=MembershipRole.CONTACT)
    return Organisation.objects.filter(pk__in=contacts.values("organisation"))
