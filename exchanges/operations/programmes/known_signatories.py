"""The signatory of whom an office knows: a contact proposes or drops the person."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from exchanges.enums import AskedState, MembershipRole
from exchanges.models import PartnershipInvitation, SignatoryProposal, User
from exchanges.operations.people import invitations, signatories
from exchanges.operations.people.people import lock_organisation
from exchanges.operations.programmes.partnerships import forget_signatory
from exchanges.operations.refusals import Refusal
from exchanges.permissions import is_contact, is_member, require
from exchanges.queries.people.people import account_with


class NobodyKnown(Refusal):
    def __init__(self) -> None:
        super().__init__(_("This person was proposed or dropped already."))


@transaction.atomic
def propose(*, asked: PartnershipInvitation, by: User, at: datetime) -> SignatoryProposal | None:
    """Propose the person whom the office named; whoever does not belong yet is invited first.

    Returns None after an invitation: the person can be proposed once he or she has joined.
    Raises NobodyKnown, and what proposals and invitations raise.
    """
    asked = _lock(asked, by)
    person = account_with(asked.signatory_email)
    if person is None or not is_member(person, asked.organisation):
        invitations.invite(
            organisation=asked.organisation,
            email=asked.signatory_email,
            name=asked.signatory_name,
            role=MembershipRole.MEMBER,
            by=by,
            at=at,
        )
        return None
    proposal = signatories.propose(
        organisation=asked.organisation,
        person=person,
        name=asked.signatory_name,
        function=asked.signatory_function,
        by=by,
        at=at,
    )
    forget_signatory(asked)
    return proposal


@transaction.atomic
def drop(*, asked: PartnershipInvitation, by: User) -> None:
    """Raises NobodyKnown when somebody was before."""
    forget_signatory(_lock(asked, by))


def _lock(asked: PartnershipInvitation, by: User) -> PartnershipInvitation:
    require(is_contact(by, asked.organisation))
    lock_organisation(asked.organisation)
    rows = PartnershipInvitation.objects.select_for_update(of=("self",))
    row = rows.select_related("organisation__city").get(pk=asked.pk)
    if row.state != AskedState.ACCEPTED or not row.signatory_name:
        raise NobodyKnown
    return row
