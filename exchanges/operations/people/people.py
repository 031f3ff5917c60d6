"""A person's own account, and the roles that people have in an organisation."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from exchanges.enums import MembershipRole
from exchanges.models import Membership, Organisation, User
from exchanges.operations.people.restrictions import raise_if_restricted
from exchanges.operations.people.role_changes import note, raise_if_frozen
from exchanges.operations.record import record
from exchanges.operations.refusals import Refusal
from exchanges.permissions import can_edit_organisation, require
from exchanges.queries.people.recoveries import recovered_at_of
from exchanges.queries.people.roots import common_root, root_of_giver


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a role comes from. `root` is an id: None where the chain of invitations is unknown.

    `recovered_at` is when a recovery brought in the giver, or the person now.
    """

    since: datetime
    given_by: User | None
    invited_by: User | None
    root: int | None
    recovered_at: datetime | None = None


class LastContact(Refusal):
    def __init__(self) -> None:
        super().__init__(
            _(
                "This is the organisation's last contact, so nobody could propose or answer for it "
                "any more. Make somebody else a contact first."
            )
        )


class LastSignatory(Refusal):
    def __init__(self) -> None:
        super().__init__(
            _(
                "This is the organisation's last signatory. Ask the home office to end this role "
                "first."
            )
        )


class SignatoryIsProposed(Refusal):
    def __init__(self) -> None:
        super().__init__(
            _("Propose this person as signatory. The home office confirms signatories.")
        )


class NotAMember(Refusal):
    def __init__(self) -> None:
        super().__init__(_("This person does not belong to the organisation any more."))


@transaction.atomic
def save_account(*, person: User, name: str, language: str, at: datetime) -> None:
    """A new name leaves an event, without the name. What a signatory signs as stays."""
    is_renamed = name != person.name
    person.name, person.language = name, language
    person.save(update_fields=["name", "language"])
    if is_renamed:
        record("name_changed", person, by=person, at=at)


def save_language(*, person: User, language: str) -> None:
    person.language = language
    person.save(update_fields=["language"])


@transaction.atomic
def take_address_as_verified(*, person: User) -> None:
    """Make this the person's only address, without a code: a link or the operator vouches."""
    EmailAddress.objects.filter(user=person).exclude(email__iexact=person.email).delete()
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )


@transaction.atomic
def note_account_change(verb: str, *, person: User, at: datetime, **data: Any) -> None:
    """Record a change of how a person signs in. `data` holds ids and kinds, never an address."""
    record(verb, person, by=person, at=at, **data)


@transaction.atomic
def set_roles(
    *,
    person: User,
    organisation: Organisation,
    roles: Collection[MembershipRole],
    function: str,
    by: User,
    at: datetime,
) -> None:
    """Make the person a contact, or a plain member; a signatory stays one.

    Raises NotAMember, LastContact, SignatoryIsProposed, RolesAreFrozen, and RecoveredLately for
    who takes a role away.
    """
    lock_organisation(organisation)
    require(can_edit_organisation(by, organisation))
    before = _roles(person, organisation)
    if not before:
        raise NotAMember
    signs = before & {MembershipRole.SIGNATORY}
    if MembershipRole.SIGNATORY in roles and not signs:
        raise SignatoryIsProposed
    kept = {*roles, *signs} - {MembershipRole.MEMBER} or {MembershipRole.MEMBER}
    if kept != before:
        raise_if_frozen(organisation)
    if before - kept - {MembershipRole.MEMBER}:
        raise_if_restricted(by, organisation, at=at)
    if MembershipRole.CONTACT not in kept:
        _raise_if_last_contact(person, organisation)
    rows = _write_roles(person, organisation, kept, function, by=by, at=at)
    if kept != before:
        note(organisation, person, before=rows, after=kept, by=by, at=at)
        record("roles_changed", organisation, by=by, at=at, person=person.pk, roles=sorted(kept))


def _write_roles(
    person: User,
    organisation: Organisation,
    kept: Collection[MembershipRole],
    function: str,
    *,
    by: User,
    at: datetime,
) -> list[Membership]:
    """Leave the person with these roles. Returns the memberships as they were."""
    of_person = Membership.objects.filter(user=person, organisation=organisation)
    rows = list(of_person.order_by("pk"))
    recovered_at = recovered_at_of(by, organisation)
    origin = Origin(at, by, None, root_of_giver(by, organisation), recovered_at)
    of_person.exclude(role__in=kept).delete()
    of_person.exclude(role=MembershipRole.SIGNATORY).update(function=function)
    for role in sorted(set(kept) - {row.role for row in rows}):
        row = Membership(user=person, organisation=organisation, role=role, function=function)
        _set_origin(row, origin, rows)
        row.save()
    return rows


@transaction.atomic
def end_membership(*, person: User, organisation: Organisation, by: User, at: datetime) -> None:
    """End every role of the person in this organisation; the account stays.

    Raises LastContact, LastSignatory, RolesAreFrozen, and RecoveredLately for another person.
    """
    lock_organisation(organisation)
    require(can_edit_organisation(by, organisation))
    raise_if_frozen(organisation)
    if person != by:
        raise_if_restricted(by, organisation, at=at)
    _raise_if_last_contact(person, organisation)
    if is_last_signatory(person, organisation):
        raise LastSignatory
    of_person = Membership.objects.filter(user=person, organisation=organisation)
    rows = list(of_person.order_by("pk"))
    if rows:
        of_person.delete()
        note(organisation, person, before=rows, after=(), by=by, at=at)
        record("membership_ended", organisation, by=by, at=at, person=person.pk)


def add_role(
    person: User, organisation: Organisation, role: MembershipRole, *, origin: Origin
) -> None:
    """Add a role in the caller's transaction, and tell; contacts are not also plain members."""
    of_person = Membership.objects.filter(user=person, organisation=organisation)
    rows = list(of_person.order_by("pk"))
    roles = {MembershipRole(each.role) for each in rows}
    if role in roles or (role == MembershipRole.MEMBER and roles):
        return
    function = next((each.function for each in rows), "")
    row = Membership(user=person, organisation=organisation, role=role, function=function)
    _set_origin(row, origin, rows)
    of_person.filter(role=MembershipRole.MEMBER).delete()
    row.save()
    after = roles - {MembershipRole.MEMBER} | {role}
    note(organisation, person, before=rows, after=after, by=origin.given_by, at=origin.since)


def lock_organisation(organisation: Organisation) -> None:
    """Whoever changes who belongs to an organisation waits here for the one before."""
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)


def _set_origin(row: Membership, origin: Origin, earlier: Collection[Membership]) -> None:
    """A further role keeps who first invited the person; with two roots the root is unknown."""
    first = next(iter(earlier), None)
    row.since, row.given_by = origin.since, origin.given_by
    row.recovered_at = origin.recovered_at or (first.recovered_at if first else None)
    row.invited_by = first.invited_by if first else origin.invited_by
    row.root_id = common_root([origin.root, *(each.root_id for each in earlier)])


def _roles(person: User, organisation: Organisation) -> set[MembershipRole]:
    rows = Membership.objects.filter(user=person, organisation=organisation)
    return {MembershipRole(role) for role in rows.values_list("role", flat=True)}


def is_last_signatory(person: User, organisation: Organisation) -> bool:
    signatories = Membership.objects.filter(
        organisation=organisation, role=MembershipRole.SIGNATORY
    )
    others = signatories.exclude(user=person).filter(user__is_active=True)
    return signatories.filter(user=person).exists() and not others.exists()


def _raise_if_last_contact(person: User, organisation: Organisation) -> None:
    contacts = Membership.objects.filter(organisation=organisation, role=MembershipRole.CONTACT)
    others = contacts.exclude(user=person).filter(user__is_active=True)
    if contacts.filter(user=person).exists() and not others.exists():
        raise LastContact
