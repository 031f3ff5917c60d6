"""The programmes that a person manages or audits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from exchanges.enums import (
    MembershipRole,
)
from exchanges.models import (
    Organisation,
    Programme,
    User,
)


def programmes_read_by(user: User) -> QuerySet[Programme]:
    """Return the programmes of this person's office, and those that the person audits."""
    return (
        Programme.objects.filter(
            Q(pk__in=programmes_managed_by(user).values("pk")) | Q(auditors__user=user)
        )
        .select_related("coordinator__city")
        .distinct()
    )


def running_first(programmes: Iterable[Programme], today: date) -> list[Programme]:
    """Running ones, then those to come, then those that have ended, the last to end first."""
    ahead = [each for each in programmes if each.end_date >= today]
    ended = [each for each in programmes if each.end_date < today]
    return [
        *sorted(ahead, key=lambda each: (each.start_date, each.pk)),
        *sorted(ended, key=lambda each: (each.end_date, each.pk), reverse=True),
    ]


def programmes_managed_by(user: User) -> QuerySet[Programme]:
    offices = user.memberships.filter(role=MembershipRole.CONTACT).values("organisation")
    return Programme.objects.filter(coordinator__in=offices)


def coordinators_of(user: User) -> QuerySet[Organisation]:
    """Return the organisations for which this person can start a programme."""
    coordinated = programmes_managed_by(user)
    return Organisation.objects.filter(pk__in=coordinated.values("coordinator"))


def other_offices(office: Organisation) -> QuerySet[Organisation]:
    """Return the coordinators of all programmes besides this one, by name."""
    coordinators = Organisation.objects.filter(coordinated_programmes__isnull=False)
    return coordinators.exclude(pk=office.pk).distinct().order_by("name")
