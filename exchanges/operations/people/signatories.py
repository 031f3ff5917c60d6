"""Who signs for an organisation: proposed by a contact, confirmed by somebody from outside."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from exchanges.domain.proof import Proof
from exchanges.domain.signatories import ConfirmObstacle, obstacle_for, obstacle_for_operator
from exchanges.enums import MembershipRole, Message, SignatoryState
from exchanges.models import Membership, Organisation, SignatoryProposal, User
from exchanges.operations.mail.outbox import tell
from exchanges.operations.people.people import NotAMember, Origin, add_role, lock_organisation
from exchanges.operations.people.proofs import require_second_factor
from exchanges.operations.people.restrictions import raise_if_restricted
from exchanges.operations.people.role_changes import raise_if_frozen
from exchanges.operations.record import record
from exchanges.operations.refusals import Refusal
from exchanges.operations.visits.moves import ReasonMissing
from exchanges.permissions import (
    can_act_as_home_office,
    is_appointed,
    is_contact,
    is_member,
    require,
)
from exchanges.queries.people.contacts import contacts_of
from exchanges.queries.people.role_changes import operators, people_told
from exchanges.queries.people.signatories import (
    OPEN,
    can_object_to_proposal,
    facts_of,
    needs_operator,
)
from exchanges.words.people import obstacle_sentence


class ProposedAlready(Refusal):
    def __init__(self) -> None:
        super().__init__(_("This person is proposed already. Withdraw that proposal first."))


class SignsAlready(Refusal):
    def __init__(self) -> None:
        super().__init__(_("This person signs under this name and function already."))


class ProposalOver(Refusal):
    def __init__(self) -> None:
        super().__init__(_("This proposal was decided or withdrawn already."))


class CannotObject(Refusal):
    def __init__(self) -> None:
        super().__init__(_("You cannot object to this proposal now."))


class CannotConfirm(Refusal):
    def __init__(self, obstacle: ConfirmObstacle) -> None:
        self.obstacle = obstacle
        super().__init__(obstacle_sentence(obstacle))


@transaction.atomic
def propose(
    *,
    organisation: Organisation,
    person: User,
    name: str,
    function: str,
    by: User,
    at: datetime,
) -> SignatoryProposal:
    """Propose who signs for the organisation, under this name and function.

    Raises NotAMember, ProposedAlready, SignsAlready, RolesAreFrozen and RecoveredLately.
    """
    lock_organisation(organisation)
    require(is_contact(by, organisation))
    raise_if_frozen(organisation)
    raise_if_restricted(by, organisation, at=at)
    if not (person.is_active and is_member(person, organisation)):
        raise NotAMember
    if _signs_as(person, organisation) == (name, function):
        raise SignsAlready
    try:
        with transaction.atomic():
            proposal = SignatoryProposal.objects.create(
                organisation=organisation,
                person=person,
                name=name,
                function=function,
                proposed_by=by,
                proposed_at=at,
            )
    except IntegrityError:
        raise ProposedAlready from None
    _tell(proposal, Message.SIGNATORY_PROPOSED, at=at)
    record("signatory_proposed", organisation, by=by, at=at, **_about(proposal))
    return proposal


@transaction.atomic
def object_to(*, proposal: SignatoryProposal, by: User, at: datetime) -> SignatoryProposal:
    """Leave the decision to the operator, now and if the person is proposed again.

    Raises CannotObject.
    """
    proposal = _lock(proposal)
    if not can_object_to_proposal(by, proposal):
        raise CannotObject
    proposal.state = SignatoryState.OBJECTED
    proposal.objected_by, proposal.objected_at = by, at
    proposal.save(update_fields=["state", "objected_by", "objected_at"])
    _tell(proposal, Message.SIGNATORY_OBJECTED, at=at)
    record("signatory_objected", proposal.organisation, by=by, at=at, **_about(proposal))
    return proposal


@transaction.atomic
def withdraw(*, proposal: SignatoryProposal, by: User, at: datetime) -> SignatoryProposal:
    """Take the proposal back; an objection to the person stays. Raises ProposalOver."""
    proposal = _lock_open(proposal)
    require(is_contact(by, proposal.organisation))
    return _end(proposal, SignatoryState.WITHDRAWN, "", by=by, at=at)


@transaction.atomic
def refuse(
    *, proposal: SignatoryProposal, reason: str, by: User | None, at: datetime
) -> SignatoryProposal:
    """Refuse by the home office, or by the operator (None). Raises ProposalOver, ReasonMissing."""
    proposal = _lock_open(proposal)
    require(by is None or can_act_as_home_office(by, proposal.organisation))
    if not reason.strip():
        raise ReasonMissing
    return _end(proposal, SignatoryState.REFUSED, reason.strip(), by=by, at=at)


@transaction.atomic
def confirm(
    *, proposal: SignatoryProposal, proof: Proof | None, by: User, at: datetime
) -> SignatoryProposal:
    """Confirm as a person of the home office whom the operator appointed.

    Raises ProposalOver, SecondFactorMissing without one of the last five minutes, CannotConfirm
    for each obstacle of `exchanges.domain.signatories`, NotAMember and RolesAreFrozen.
    """
    proposal = _lock_open(proposal)
    organisation = proposal.organisation
    require(_is_of_home_office(by, organisation))
    require_second_factor(proof, by=by, at=at)
    home = organisation.home_office
    appointed = home is not None and is_appointed(by, home)
    obstacle = obstacle_for(facts_of(proposal), by.pk, is_appointed=appointed, at=at)
    return _confirm(proposal, obstacle, by=by, at=at)


@transaction.atomic
def confirm_by_operator(*, proposal: SignatoryProposal, at: datetime) -> SignatoryProposal:
    """Confirm where nobody of the home office may, or after an objection; the record says so.

    Raises ProposalOver, CannotConfirm before the time to object is over, NotAMember and
    RolesAreFrozen.
    """
    proposal = _lock_open(proposal)
    return _confirm(proposal, obstacle_for_operator(facts_of(proposal), at), by=None, at=at)


def _confirm(
    proposal: SignatoryProposal, obstacle: ConfirmObstacle | None, *, by: User | None, at: datetime
) -> SignatoryProposal:
    organisation, person = proposal.organisation, proposal.person
    if obstacle is not None:
        raise CannotConfirm(obstacle)
    raise_if_frozen(organisation)
    rows = Membership.objects.filter(user=person, organisation=organisation).order_by("pk")
    first = rows.first()
    if first is None or not person.is_active:
        raise NotAMember
    origin = Origin(at, given_by=by, invited_by=first.invited_by, root=first.root_id)
    add_role(person, organisation, MembershipRole.SIGNATORY, origin=origin)
    rows.filter(role=MembershipRole.SIGNATORY).update(proposal=proposal, function=proposal.function)
    proposal.state = SignatoryState.CONFIRMED
    proposal.confirmed_by, proposal.confirmed_at = by, at
    proposal.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    _tell(proposal, Message.SIGNATORY_CONFIRMED, at=at)
    record("signatory_confirmed", organisation, by=by, at=at, **_about(proposal))
    return proposal


def _end(
    proposal: SignatoryProposal,
    state: SignatoryState,
    reason: str,
    *,
    by: User | None,
    at: datetime,
) -> SignatoryProposal:
    proposal.state, proposal.reason = state, reason
    proposal.save(update_fields=["state", "reason"])
    _tell(proposal, Message.SIGNATORY_ENDED, at=at)
    record(f"signatory_{state}", proposal.organisation, by=by, at=at, **_about(proposal))
    return proposal


def _lock(proposal: SignatoryProposal) -> SignatoryProposal:
    lock_organisation(proposal.organisation)
    rows = SignatoryProposal.objects.select_for_update(of=("self",))
    return rows.select_related("organisation__home_office", "person").get(pk=proposal.pk)


def _lock_open(proposal: SignatoryProposal) -> SignatoryProposal:
    proposal = _lock(proposal)
    if proposal.state not in OPEN:
        raise ProposalOver
    return proposal


def _is_of_home_office(user: User, organisation: Organisation) -> bool:
    home = organisation.home_office
    return home is not None and is_contact(user, home)


def _signs_as(person: User, organisation: Organisation) -> tuple[str, str] | None:
    signs = Membership.objects.filter(
        user=person, organisation=organisation, role=MembershipRole.SIGNATORY
    )
    return signs.values_list("proposal__name", "proposal__function").first()


def _tell(proposal: SignatoryProposal, kind: Message, *, at: datetime) -> None:
    """Everybody of the organisation who has a say, the two, its home office, and the operator."""
    organisation = proposal.organisation
    home = [organisation.home_office] if organisation.home_office else []
    two = filter(None, (proposal.person, proposal.proposed_by))
    people = [*people_told(organisation), *two, *contacts_of(home)]
    if needs_operator(proposal):
        people += operators()
    tell(people, kind, at=at, signatory_proposal=proposal.pk)


def _about(proposal: SignatoryProposal) -> dict[str, int]:
    return {"proposal": proposal.pk, "person": proposal.person_id}
