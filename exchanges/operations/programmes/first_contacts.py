"""An organisation is asked to take part by a mail that also invites its first contact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from exchanges.enums import MembershipRole
from exchanges.models import City, PartnershipInvitation, Programme, User
from exchanges.operations.people import invitations
from exchanges.operations.programmes import partnerships
from exchanges.operations.programmes.partners import PartnerShare


@transaction.atomic
def ask_new(
    *,
    programme: Programme,
    values: Mapping[str, Any],
    active_in: list[City],
    part: PartnerShare,
    email: str,
    by: User,
    at: datetime,
) -> PartnershipInvitation:
    """Add an organisation, ask it, and invite its first contact, whose link accepts.

    Without `email` nobody is invited yet. Raises NameTaken.
    """
    asked = partnerships.ask_new(
        programme=programme, values=values, active_in=active_in, part=part, by=by, at=at
    )
    if email:
        invitations.invite(
            organisation=asked.organisation, email=email, role=MembershipRole.CONTACT, by=by, at=at
        )
    return asked
