"""An organisation is asked to take part by a mail that also invites its first contact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from exchanges.enums import MembershipRole
from exchanges.models import City, Organisation, PartnershipInvitation, Programme, User
from exchanges.operations.people import invitations
from exchanges.operations.programmes import partnerships
from exchanges.operations.programmes.partners import PartnerShare
from exchanges.operations.programmes.partnerships import NOBODY, KnownSignatory


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
    name: str = "",
    signatory: KnownSignatory = NOBODY,
) -> PartnershipInvitation:
    """Add an organisation, ask it, and invite its first contact, whose link accepts.

    Without `email` nobody is invited yet. Raises NameTaken.
    """
    asked = partnerships.ask_new(
        programme=programme,
        values=values,
        active_in=active_in,
        part=part,
        by=by,
        at=at,
        signatory=signatory,
    )
    _invite(asked, email, name, by=by, at=at)
    return asked


@transaction.atomic
def ask_known(
    *,
    programme: Programme,
    organisation: Organisation,
    part: PartnerShare,
    email: str,
    by: User,
    at: datetime,
    name: str = "",
    signatory: KnownSignatory = NOBODY,
) -> PartnershipInvitation:
    """Ask an organisation that is there, and invite its first contact where `email` is given.

    Raises PartnerAlready, AskedAlready, and what an invitation raises.
    """
    asked = partnerships.ask(
        programme=programme,
        organisation=organisation,
        part=part,
        by=by,
        at=at,
        signatory=signatory,
    )
    _invite(asked, email, name, by=by, at=at)
    return asked


def _invite(asked: PartnershipInvitation, email: str, name: str, *, by: User, at: datetime) -> None:
    if email:
        invitations.invite(
            organisation=asked.organisation,
            email=email,
            name=name,
            role=MembershipRole.CONTACT,
            by=by,
            at=at,
        )
