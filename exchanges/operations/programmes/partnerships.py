"""An organisation is asked to take part in a programme; its own contact accepts or declines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from exchanges.enums import AskedState, Message, PartnerRole
from exchanges.models import (
    AccountInvitation,
    City,
    Organisation,
    Partner,
    PartnershipInvitation,
    Programme,
    User,
)
from exchanges.operations.answers import AnsweredAlready, answer_once, lock_open
from exchanges.operations.mail.outbox import drop_queued, tell
from exchanges.operations.network import organisations
from exchanges.operations.programmes.partners import (
    CoordinatorStays,
    PartnerAlready,
    PartnerShare,
    columns,
    lock_managed,
)
from exchanges.operations.record import record
from exchanges.operations.refusals import Refusal
from exchanges.operations.shared_rows import take_turns
from exchanges.permissions import can_answer_partnership
from exchanges.queries.people.contacts import contacts_of, office_of

REMIND_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class KnownSignatory:
    """Whom the office knows to sign for an organisation. All empty where it knows nobody."""

    name: str = ""
    function: str = ""
    email: str = ""


NOBODY = KnownSignatory()


class AskedAlready(Refusal):
    def __init__(self) -> None:
        super().__init__(_("This organisation was asked already. You can remind it in the list."))


class RemindedToday(Refusal):
    def __init__(self) -> None:
        super().__init__(_("A mail about this went out less than a day ago. Remind it later."))


class NobodyToRemind(Refusal):
    def __init__(self) -> None:
        super().__init__(_("This organisation has no contact person yet who could answer."))


@transaction.atomic
def ask(
    *,
    programme: Programme,
    organisation: Organisation,
    part: PartnerShare,
    by: User,
    at: datetime,
    signatory: KnownSignatory = NOBODY,
) -> PartnershipInvitation:
    """Ask an organisation to take part; its contacts get a mail.

    Raises PartnerAlready, AskedAlready, or CoordinatorStays for a second coordinator.
    """
    programme = lock_managed(programme, by)
    return ask_in(programme, organisation, part, by=by, at=at, signatory=signatory)


@transaction.atomic
def ask_new(
    *,
    programme: Programme,
    values: Mapping[str, Any],
    active_in: list[City],
    part: PartnerShare,
    by: User,
    at: datetime,
    signatory: KnownSignatory = NOBODY,
) -> PartnershipInvitation:
    """Add an organisation that the network does not know, and ask it.

    The programme's coordinator becomes its home office. Raises NameTaken.
    """
    take_turns()  # before one of the programmes is locked, as all wait in one order
    programme = lock_managed(programme, by)
    organisation = organisations.add(
        values=values, active_in=active_in, office=programme.coordinator, by=by, at=at
    )
    return ask_in(programme, organisation, part, by=by, at=at, signatory=signatory)


def ask_in(
    programme: Programme,
    organisation: Organisation,
    part: PartnerShare,
    *,
    by: User | None,
    at: datetime,
    signatory: KnownSignatory = NOBODY,
) -> PartnershipInvitation:
    """Do as `ask`, in the caller's transaction with the programme locked; `by` None is a file."""
    if programme.partners.filter(organisation=organisation).exists():
        raise PartnerAlready
    if part.role == PartnerRole.COORDINATOR:
        raise CoordinatorStays
    waiting = programme.partnership_invitations.filter(state=AskedState.OPEN)
    if waiting.filter(organisation=organisation).exists():
        raise AskedAlready
    asked = PartnershipInvitation.objects.create(
        programme=programme,
        organisation=organisation,
        invited_by=by,
        invited_at=at,
        signatory_name=signatory.name,
        signatory_function=signatory.function,
        signatory_email=signatory.email,
        **columns(part),
    )
    _send(asked, Message.PARTNERSHIP_INVITATION, at)
    record("ask_partner", programme, by=by, at=at, organisation=organisation.pk)
    return asked


@transaction.atomic
def accept(*, asked: PartnershipInvitation, by: User, at: datetime) -> Partner:
    """Make the organisation a partner. Raises AnsweredAlready."""
    lock_programme_of(asked)
    asked = answer_once(asked, AskedState.ACCEPTED, by=by, at=at, allowed=can_answer_partnership)
    part = {name: getattr(asked, name) for name in PartnerShare.__slots__}
    partner = Partner.objects.create(
        programme=asked.programme, organisation=asked.organisation, **part
    )
    _tell_office(asked, at)
    about = {"organisation": asked.organisation_id, "role": str(asked.role)}
    record("accept_partnership", asked.programme, by=by, at=at, **about)
    return partner


@transaction.atomic
def decline(*, asked: PartnershipInvitation, by: User, at: datetime, reason: str) -> None:
    """Raises AnsweredAlready."""
    lock_programme_of(asked)
    asked = answer_once(
        asked, AskedState.DECLINED, by=by, at=at, reason=reason, allowed=can_answer_partnership
    )
    forget_signatory(asked)
    _tell_office(asked, at)
    about = {"organisation": asked.organisation_id}
    record("decline_partnership", asked.programme, by=by, at=at, **about)


@transaction.atomic
def withdraw(*, asked: PartnershipInvitation, by: User, at: datetime) -> None:
    """Take the question back. Raises AnsweredAlready.

    An account invitation that was sent with it stays, and opens the account only.
    """
    programme = lock_managed(asked.programme, by)
    row = lock_open(asked)
    row.state, row.answered_by, row.answered_at = AskedState.WITHDRAWN, by, at
    row.save(update_fields=["state", "answered_by", "answered_at"])
    forget_signatory(row)
    _drop_mails(row)
    record("withdraw_partnership", programme, by=by, at=at, organisation=row.organisation_id)


@transaction.atomic
def remind(*, asked: PartnershipInvitation, by: User, at: datetime) -> None:
    """Send the question again. Raises AnsweredAlready, RemindedToday, NobodyToRemind."""
    programme = lock_managed(asked.programme, by)
    row = lock_open(asked)
    if at - (row.reminded_at or row.invited_at) < REMIND_AFTER:
        raise RemindedToday
    if not contacts_of([row.organisation_id]).exists():
        raise NobodyToRemind
    row.reminded_at = at
    row.save(update_fields=["reminded_at"])
    _send(row, Message.PARTNERSHIP_REMINDER, at)
    record("remind_partner", programme, by=by, at=at, organisation=row.organisation_id)


def remind_all(questions: Iterable[PartnershipInvitation], *, by: User, at: datetime) -> int:
    """Send each question again that can be. Return how many went out."""
    reminded = 0
    for asked in questions:
        with suppress(AnsweredAlready, RemindedToday, NobodyToRemind):
            remind(asked=asked, by=by, at=at)
            reminded += 1
    return reminded


@transaction.atomic
def edit_part(*, asked: PartnershipInvitation, part: PartnerShare, by: User, at: datetime) -> None:
    """Change role and money before it answers. Raises AnsweredAlready, CoordinatorStays."""
    programme = lock_managed(asked.programme, by)
    row = lock_open(asked)
    if part.role == PartnerRole.COORDINATOR:
        raise CoordinatorStays
    wanted = columns(part)
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    if changed:
        for name in changed:
            setattr(row, name, wanted[name])
        row.save(update_fields=changed)
        about = {"organisation": row.organisation_id, "changed": changed}
        record("edit_partnership", programme, by=by, at=at, **about)


def lock_programme_of(asked: PartnershipInvitation) -> None:
    """Programmes are locked before organisations and questions; else two could wait in a circle."""
    Programme.objects.select_for_update().get(pk=asked.programme_id)


def accept_with_account(invitation: AccountInvitation, *, by: User, at: datetime) -> None:
    """Accept the partnership that the link of a first contact asked for, if it is still open."""
    asked = invitation.partnership
    if asked is not None and asked.state == AskedState.OPEN and can_answer_partnership(by, asked):
        accept(asked=asked, by=by, at=at)


def forget_signatory(asked: PartnershipInvitation) -> None:
    """Keep nothing about a person whom nobody asked, in the caller's transaction."""
    asked.signatory_name = asked.signatory_function = asked.signatory_email = ""
    asked.save(update_fields=["signatory_name", "signatory_function", "signatory_email"])


def _send(asked: PartnershipInvitation, kind: Message, at: datetime) -> None:
    tell(contacts_of([asked.organisation_id]), kind, at=at, partnership=asked.pk)


def _tell_office(asked: PartnershipInvitation, at: datetime) -> None:
    _drop_mails(asked)
    people = office_of(asked.programme)
    tell(people, Message.PARTNERSHIP_ANSWERED, at=at, partnership=asked.pk)


def _drop_mails(asked: PartnershipInvitation) -> None:
    for kind in (Message.PARTNERSHIP_INVITATION, Message.PARTNERSHIP_REMINDER):
        drop_queued(kind, partnership=asked.pk)
