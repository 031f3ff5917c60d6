"""Recoveries, and for how long those who came in by one may not do everything."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Max, QuerySet

from exchanges.enums import MembershipRole, RecoveryState
from exchanges.models import Membership, Organisation, Recovery, User

OBJECT_WITHIN = timedelta(days=14)
RESTRICTED_FOR = timedelta(days=30)


def recovered_at_of(person: User, organisation: Organisation) -> datetime | None:
    """Return when a recovery brought in this person, or whoever invited; None for others."""
    rows = Membership.objects.filter(user=person, organisation=organisation)
    found: datetime | None = rows.aggregate(latest=Max("recovered_at"))["latest"]
    return found


def restricted_until(person: User, organisation: Organisation, at: datetime) -> datetime | None:
    """Return until when this person may not do everything; None for who may."""
    since = recovered_at_of(person, organisation)
    if since is None or at >= since + RESTRICTED_FOR:
        return None
    return since + RESTRICTED_FOR


def can_stop(person: User, recovery: Recovery) -> bool:
    """Return whether this is a contact or signatory whom it concerns, and it is not over."""
    roles = Membership.objects.filter(
        user=person,
        organisation=recovery.organisation,
        role__in=[MembershipRole.CONTACT, MembershipRole.SIGNATORY],
    )
    can_end = recovery.state == RecoveryState.RUNNING and not recovery.is_ordered
    return can_end and person.is_active and roles.exists()


def can_invite(recovery: Recovery, at: datetime) -> bool:
    is_time = recovery.is_ordered or at >= recovery.started_at + OBJECT_WITHIN
    return recovery.state == RecoveryState.RUNNING and is_time


def recoveries_of(organisation: Organisation) -> QuerySet[Recovery]:
    """Return them with what pages show, latest first."""
    rows = organisation.recoveries.select_related(
        "organisation__city", "organisation__home_office__city", "started_by", "ended_by"
    )
    return rows.order_by("-started_at", "-pk")
