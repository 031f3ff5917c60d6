"""Proposals of signatories, with all that decides who may confirm them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from exchanges.domain.signatories import (
    FOR_OPERATOR,
    ConfirmObstacle,
    ProposalFacts,
    first_day_to_confirm,
    obstacle_for,
)
from exchanges.domain.text import fold
from exchanges.enums import AskedState, MembershipRole, SignatoryState
from exchanges.models import (
    Membership,
    Organisation,
    PartnershipInvitation,
    SignatoryProposal,
    User,
)
from exchanges.permissions import is_appointed

OPEN = (SignatoryState.PROPOSED, SignatoryState.OBJECTED)
TOLD = (MembershipRole.CONTACT, MembershipRole.SIGNATORY)


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """A proposal as the home office sees it. `since` is when the two came to the organisation."""

    proposal: SignatoryProposal
    obstacle: ConfirmObstacle | None
    can_be_confirmed_at: datetime
    proposer_since: datetime | None
    candidate_since: datetime | None

    @property
    def is_for_operator(self) -> bool:
        return self.obstacle in FOR_OPERATOR


def open_proposals() -> QuerySet[SignatoryProposal]:
    """Return them with what pages show, oldest first."""
    rows = SignatoryProposal.objects.filter(state__in=OPEN)
    return rows.select_related(
        "organisation__city", "organisation__home_office", "person", "proposed_by"
    ).order_by("proposed_at", "pk")


def open_proposals_of(organisation: Organisation) -> QuerySet[SignatoryProposal]:
    return open_proposals().filter(organisation=organisation)


def known_signatories_of(organisation: Organisation) -> QuerySet[PartnershipInvitation]:
    """Return what offices said of its signatory, until a contact has proposed or dropped it."""
    members = Membership.objects.filter(
        organisation=organisation, user__email__iexact=OuterRef("signatory_email")
    )
    accepted = organisation.partnership_invitations.filter(state=AskedState.ACCEPTED)
    known = accepted.exclude(signatory_name="").select_related("programme")
    return known.annotate(has_joined=Exists(members)).order_by("pk")


def lines_for(office: Organisation, person: User, at: datetime) -> list[ProposalLine]:
    """Return what the office's organisations proposed, and why this person can confirm or not."""
    proposals = list(open_proposals().filter(organisation__home_office=office))
    appointed = is_appointed(person, office)
    memberships = _memberships(proposals)
    before = _objected_before(proposals)
    lines = []
    for proposal in proposals:
        rows = memberships[proposal.organisation_id]
        facts = _facts(proposal, rows, was_objected=proposal.pk in before)
        lines.append(
            ProposalLine(
                proposal,
                obstacle_for(facts, person.pk, is_appointed=appointed, at=at),
                first_day_to_confirm(facts),
                _since(rows, proposal.proposed_by_id),
                _since(rows, proposal.person_id),
            )
        )
    return lines


def facts_of(proposal: SignatoryProposal) -> ProposalFacts:
    rows = _memberships([proposal])[proposal.organisation_id]
    return _facts(proposal, rows, was_objected=proposal.pk in _objected_before([proposal]))


def proposal_under_which_signs(person: User, organisation: int) -> SignatoryProposal | None:
    """Return the confirmed proposal whose name and function agreements print."""
    return SignatoryProposal.objects.filter(
        memberships__user=person,
        memberships__organisation=organisation,
        memberships__role=MembershipRole.SIGNATORY,
        state=SignatoryState.CONFIRMED,
    ).first()


def needs_operator(proposal: SignatoryProposal) -> bool:
    """Return whether nobody of the home office can confirm this, now or when others were heard."""
    facts = facts_of(proposal)
    appointed = Membership.objects.filter(
        organisation=proposal.organisation.home_office_id,
        role=MembershipRole.CONTACT,
        is_appointed=True,
        user__is_active=True,
    )
    heard = first_day_to_confirm(facts)
    return all(
        obstacle_for(facts, person, is_appointed=True, at=heard) is not None
        for person in appointed.values_list("user", flat=True)
    )


def can_object_to_proposal(person: User, proposal: SignatoryProposal) -> bool:
    """Allow a contact, a signatory, or the person; nobody objects to the own wish."""
    if proposal.state != SignatoryState.PROPOSED or person.pk == proposal.proposed_by_id:
        return False
    of_it = Membership.objects.filter(user=person, organisation=proposal.organisation_id)
    return person.pk == proposal.person_id or of_it.filter(role__in=TOLD).exists()


def _memberships(proposals: Iterable[SignatoryProposal]) -> dict[int, list[Membership]]:
    organisations = {proposal.organisation_id for proposal in proposals}
    rows = Membership.objects.filter(organisation__in=organisations, user__is_active=True)
    found: dict[int, list[Membership]] = defaultdict(list)
    for row in rows.order_by("pk"):
        found[row.organisation_id].append(row)
    return found


def _facts(
    proposal: SignatoryProposal, rows: Sequence[Membership], *, was_objected: bool
) -> ProposalFacts:
    organisation = proposal.organisation
    two = (proposal.proposed_by_id, proposal.person_id)
    roots = {row.root_id for row in rows if row.user_id in two}
    is_there = {row.user_id for row in rows}
    assert proposal.proposed_at is not None
    return ProposalFacts(
        proposer=proposal.proposed_by_id,
        candidate=proposal.person_id,
        roots=roots if is_there.issuperset(two) else roots | {None},
        proposed_at=proposal.proposed_at,
        was_objected=was_objected,
        has_own_office=organisation.home_office_id in (None, organisation.pk),
        has_others=any(row.role in TOLD and row.user_id not in two for row in rows),
    )


def _since(rows: Iterable[Membership], person: int | None) -> datetime | None:
    known = [row.since for row in rows if row.user_id == person and row.since]
    return min(known, default=None)


def _objected_before(proposals: Sequence[SignatoryProposal]) -> set[int]:
    """Return the proposals of somebody to whom an objection was made, now or earlier.

    The person is known by account or name. The operator's confirmation since then settles it.
    """
    organisations = {proposal.organisation_id for proposal in proposals}
    rows = SignatoryProposal.objects.filter(organisation__in=organisations).order_by("pk")
    found: set[int] = set()
    objected: set[tuple[int, object]] = set()
    for row in rows:
        keys = {(row.organisation_id, row.person_id), (row.organisation_id, fold(row.name))}
        if row.objected_at is not None:
            objected |= keys
        if objected & keys:
            found.add(row.pk)
        if row.state == SignatoryState.CONFIRMED and row.confirmed_by_id is None:
            objected -= keys
    return found & {proposal.pk for proposal in proposals}
