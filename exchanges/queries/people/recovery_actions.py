"""What a recovery asks of the organisation's people, and later of its home office."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from exchanges.enums import RecoveryState
from exchanges.models import AccountInvitation, Recovery
from exchanges.queries.actions import Action
from exchanges.queries.people.recoveries import OBJECT_WITHIN
from exchanges.queries.people.roles import Roles
from exchanges.words.formats import organisation_name


def recovery_actions(roles: Roles, at: datetime) -> list[Action]:
    """Return what to stop, and whom to invite: one query."""
    theirs = roles.contact_of | roles.signs_for
    if not theirs:
        return []
    invited = AccountInvitation.objects.filter(recovery=OuterRef("pk"), revoked_at=None)
    rows = Recovery.objects.filter(
        Q(organisation__in=theirs, is_ordered=False)
        | Q(organisation__home_office__in=roles.contact_of)
        & (Q(is_ordered=True) | Q(started_at__lte=at - OBJECT_WITHIN))
        & ~Exists(invited.filter(expires_at__gt=at)),
        state=RecoveryState.RUNNING,
    ).select_related("organisation__city", "organisation__home_office")
    return [
        _stop(row) if row.organisation_id in theirs and not row.is_ordered else _invite(row)
        for row in rows.order_by("pk")
    ]


def _stop(row: Recovery) -> Action:
    return Action(
        icon="shield-alert",
        title=_("Stop the recovery of %(organisation)s, if you are still here")
        % {"organisation": organisation_name(row.organisation)},
        detail=_("The home office says that nobody answers any more"),
        button=_("Look at it"),
        url_name="exchanges:recovery-stop",
        url_argument=row.pk,
        since=row.started_at,
        by_date=(row.started_at + OBJECT_WITHIN).date(),
    )


def _invite(row: Recovery) -> Action:
    home = row.organisation.home_office
    return Action(
        icon="user-plus",
        title=_("Invite a new contact of %(organisation)s")
        % {"organisation": organisation_name(row.organisation)},
        detail=_("Nobody has stopped the recovery"),
        button=_("Open the home office"),
        url_name="exchanges:home-office",
        url_argument=home.slug if home else "",
        since=row.started_at + OBJECT_WITHIN,
    )
