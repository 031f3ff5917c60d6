"""What the operator does with people, by commands that are recorded.

A coordinator gets its contacts from the operator; all other people come in by their invitations.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from exchanges.enums import MembershipRole, Message
from exchanges.models import Membership, Organisation, User
from exchanges.operations.mail.outbox import tell, tell_address
from exchanges.operations.people.people import (
    Origin,
    add_role,
    lock_organisation,
    take_address_as_verified,
)
from exchanges.operations.record import record
from exchanges.operations.refusals import Refusal
from exchanges.queries.people.people import account_with
from exchanges.queries.people.role_changes import people_told


class NoCoordinator(Refusal):
    def __init__(self) -> None:
        super().__init__(
            _(
                "Only a coordinator gets its contacts from the operator. "
                "The home office of this organisation invites its first contact."
            )
        )


class AppointedAlready(Refusal):
    def __init__(self) -> None:
        super().__init__(_("The operator appointed this person already."))


class ClosedAlready(Refusal):
    def __init__(self) -> None:
        super().__init__(_("This account is closed already."))


@transaction.atomic
def appoint_contact(
    *, organisation: Organisation, email: str, name: str, language: str, at: datetime
) -> User:
    """Make a person a contact of a coordinator; who has no account gets one, without password.

    The person becomes his or her own root. Raises NoCoordinator and AppointedAlready.
    """
    lock_organisation(organisation)
    is_own_home = organisation.home_office_id == organisation.pk
    if not (is_own_home or organisation.coordinated_programmes.exists()):
        raise NoCoordinator
    person = account_with(email) or _open_account(email, name=name, language=language)
    contact = Membership.objects.filter(
        user=person, organisation=organisation, role=MembershipRole.CONTACT
    )
    if contact.filter(is_appointed=True).exists():
        raise AppointedAlready
    origin = Origin(at, given_by=None, invited_by=None, root=person.pk)
    add_role(person, organisation, MembershipRole.CONTACT, origin=origin)
    contact.update(is_appointed=True, root=person)
    tell([person], Message.CONTACT_APPOINTED, at=at, organisation=organisation.pk)
    record("contact_appointed", organisation, by=None, at=at, person=person.pk)
    return person


@transaction.atomic
def close_account(*, person: User, at: datetime) -> None:
    """Close an account by the operator; its roles stay on record but count no longer.

    The person and all contacts and signatories of the organisations get a mail.
    """
    row = User.objects.select_for_update().get(pk=person.pk)
    if not row.is_active:
        raise ClosedAlready
    organisations = Organisation.objects.filter(memberships__user=row).distinct()
    colleagues = {each for organisation in organisations for each in people_told(organisation)}
    row.is_active = False
    row.save(update_fields=["is_active"])
    tell_address(row.email, Message.ACCOUNT_CLOSED, at=at, language=row.language, person=row.pk)
    tell(colleagues - {row}, Message.ACCOUNT_CLOSED, at=at, person=row.pk)
    record("account_closed", row, by=None, at=at)


def _open_account(email: str, *, name: str, language: str) -> User:
    person = User.objects.create_user(email, name=name, language=language)
    take_address_as_verified(person=person)
    return person
