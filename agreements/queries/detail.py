"""What the page of one agreement shows: whose move it is, and what each party still owes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import F
from django.utils.translation import gettext as _

from agreements.domain.agreement_states import (
    IN_FORCE,
    OVER,
    STEPS,
    WAS_IN_FORCE,
    moves_from,
)
from agreements.domain.differences import Difference, differences
from agreements.domain.terms import Terms
from agreements.enums import AgreementMove, AgreementMover, AgreementState
from agreements.labels import label
from agreements.models import Agreement, Approval, Party, Signature, Version
from agreements.queries.parties import parties_of
from agreements.words.parties import is_renamed, names_of
from exchanges.enums import MembershipRole, SignatoryState
from exchanges.models import Membership, SignatoryProposal, User
from exchanges.words.formats import day, listed, organisation_name


@dataclass(frozen=True)
class PartyLine:
    """`name` is the party's in the current terms; `is_renamed` when it has another one by now.

    `approved_before` is the last version before the current one that the party approved.

    `signatories` are those who may sign; once one has signed, that one, as confirmed by then.
    """

    party: Party
    name: str
    is_renamed: bool
    approval: Approval | None
    approved_before: int | None
    signature: Signature | None
    has_signatory: bool
    signatories: list[SignatoryProposal]


@dataclass(frozen=True)
class Offer:
    """A move that this person can make now; for one of the parties where that matters."""

    verb: AgreementMove
    party: Party | None


@dataclass(frozen=True)
class StepperStep:
    label: str
    status: str
    note: str = ""


class AgreementDetail:
    """Reads what the page shows; the number of queries does not grow with the agreement."""

    def __init__(self, agreement: Agreement, user: User, at: datetime) -> None:
        self.agreement = agreement
        self.user = user
        self.stored = AgreementState(agreement.state)
        self.state = agreement.state_at(at)

    @property
    def state_name(self) -> str:
        return label(self.state)

    @cached_property
    def parties(self) -> list[Party]:
        return parties_of(self.agreement)

    @cached_property
    def versions(self) -> dict[int, Version]:
        rows = self.agreement.versions.select_related("created_by").order_by("number")
        return {version.number: version for version in rows}

    @property
    def version(self) -> Version:
        return self.versions[self.agreement.current_number]

    @cached_property
    def terms(self) -> Terms:
        return self.version.read_terms()

    @cached_property
    def names(self) -> dict[int, str]:
        """Return the parties' names in the current terms, by the id of the party."""
        return names_of(self.terms, self.parties)

    @cached_property
    def terms_before(self) -> Terms | None:
        before = self.versions.get(self.agreement.current_number - 1)
        return before.read_terms() if before else None

    @cached_property
    def changed(self) -> tuple[Difference, ...]:
        return differences(self.terms_before, self.terms) if self.terms_before else ()

    @cached_property
    def lines(self) -> list[PartyLine]:
        approvals = Approval.objects.filter(version__agreement=self.agreement)
        signatures = Signature.objects.filter(version=self.version)
        by_version = {
            (row.party_id, row.version.number): row
            for row in approvals.select_related("version", "user")
        }
        signed = {row.party_id: row for row in signatures}
        return [self._line(party, by_version, signed.get(party.pk)) for party in self.parties]

    def _line(
        self,
        party: Party,
        approvals: dict[tuple[int, int], Approval],
        signature: Signature | None,
    ) -> PartyLine:
        current = self.agreement.current_number
        earlier = (number for pk, number in approvals if pk == party.pk and number < current)
        return PartyLine(
            party=party,
            name=self.names[party.pk],
            is_renamed=is_renamed(self.terms, party),
            approval=approvals.get((party.pk, current)),
            approved_before=max(earlier, default=None),
            signature=signature,
            has_signatory=party.organisation_id in self._with_signatory,
            signatories=self._signatories(party, signature),
        )

    def _signatories(self, party: Party, signature: Signature | None) -> list[SignatoryProposal]:
        of_party = [row for row in self._confirmed if row.organisation_id == party.organisation_id]
        if signature is None:
            return [
                row for row in of_party if row.pk in self._with_signatory[party.organisation_id]
            ]
        by_then = (
            row
            for row in of_party
            if row.person_id == signature.user_id
            and (row.confirmed_at is None or row.confirmed_at <= signature.signed_at)
        )
        return list(by_then)[-1:]

    @cached_property
    def _confirmed(self) -> list[SignatoryProposal]:
        """Return all confirmations of the parties' signatories, oldest first."""
        organisations = [party.organisation_id for party in self.parties]
        rows = SignatoryProposal.objects.filter(
            organisation__in=organisations, state=SignatoryState.CONFIRMED
        )
        in_order = rows.order_by(F("confirmed_at").asc(nulls_first=True), "pk")
        return list(in_order.select_related("confirmed_by"))

    @cached_property
    def _with_signatory(self) -> dict[int, set[int | None]]:
        """The proposals of those who may sign now, by organisation."""
        organisations = [party.organisation_id for party in self.parties]
        signatories = Membership.objects.filter(
            user__is_active=True,
            role=MembershipRole.SIGNATORY,
            organisation__in=organisations,
        )
        found: dict[int, set[int | None]] = defaultdict(set)
        for organisation, proposal in signatories.values_list("organisation", "proposal"):
            found[organisation].add(proposal)
        return found

    @cached_property
    def _roles(self) -> set[tuple[int, str]]:
        """Return the person's memberships as (organisation, role)."""
        return set(self.user.memberships.values_list("organisation", "role"))

    def _is_contact(self, organisation: int) -> bool:
        return (organisation, MembershipRole.CONTACT) in self._roles

    @property
    def is_office(self) -> bool:
        return self._is_contact(self.agreement.programme.coordinator_id)

    @property
    def is_drafter(self) -> bool:
        return self._is_contact(self.agreement.drafter_id)

    @cached_property
    def offers(self) -> list[Offer]:
        """Return what the table of states offers to this person."""
        return [
            offer
            for row in moves_from(self.stored, self.state)
            for offer in self._offers(row.verb, row.mover)
        ]

    def _offers(self, verb: AgreementMove, mover: AgreementMover) -> Iterator[Offer]:
        for_all = {
            AgreementMover.DRAFTER: self.is_drafter,
            AgreementMover.SENDER: self.is_drafter or self.is_office,
            AgreementMover.OFFICE: self.is_office,
        }
        if for_all.get(mover):
            yield Offer(verb, None)
        if mover == AgreementMover.SIGNATORY:
            yield from (
                Offer(verb, line.party)
                for line in self.lines
                if (line.party.organisation_id, MembershipRole.SIGNATORY) in self._roles
                and line.signature is None
            )
        if mover == AgreementMover.PARTY:
            yield from (
                Offer(verb, line.party)
                for line in self.lines
                if self._is_contact(line.party.organisation_id)
                and not (verb == AgreementMove.APPROVE and line.approval)
            )

    def offers_of(self, verb: AgreementMove) -> list[Offer]:
        return [offer for offer in self.offers if offer.verb == verb]

    @property
    def offered(self) -> set[str]:
        return {offer.verb.value for offer in self.offers}

    @property
    def waits_for(self) -> str:
        """Return whose move it is, in words; empty when it is nobody's."""
        if self.state in (AgreementState.DRAFT, AgreementState.APPROVED):
            return organisation_name(self.agreement.drafter)
        if self.state == AgreementState.PROPOSED:
            return listed(line.name for line in self.lines if line.approval is None)
        if self.state == AgreementState.OUT_FOR_SIGNATURE:
            return listed(line.name for line in self.lines if line.signature is None)
        return ""

    @cached_property
    def steps(self) -> list[StepperStep]:
        """Return the steps of the stepper; an end that is not the good one comes last, in red."""
        is_signed = self.state in IN_FORCE or self.state == AgreementState.UPCOMING
        reached = AgreementState.ACTIVE if is_signed else self.state
        if reached in STEPS:
            place = STEPS.index(reached)
            return [self._step(state, number, place) for number, state in enumerate(STEPS, start=0)]
        before = STEPS if self.state in WAS_IN_FORCE else STEPS[:1]
        steps = [StepperStep(label(state), "done") for state in before]
        return [*steps, StepperStep(label(self.state), "stop", self._since())]

    def _step(self, state: AgreementState, number: int, place: int) -> StepperStep:
        status = "done" if number < place else "current" if number == place else "todo"
        if number != place:
            return StepperStep(label(state), status)
        if self.state == AgreementState.UPCOMING:
            since = _("from %(day)s") % {"day": day(self.agreement.valid_from, "long")}
            return StepperStep(label(self.state), status, since)
        if self.state in IN_FORCE:
            until = _("until %(day)s") % {"day": day(self.agreement.valid_until, "long")}
            return StepperStep(label(self.state), "done", until)
        note = _("waits for %(who)s") % {"who": self.waits_for} if self.waits_for else ""
        return StepperStep(label(state), status, note)

    def _since(self) -> str:
        """When dates have ended it, the day after its last one; else when the move was made."""
        agreement = self.agreement
        moved = agreement.programme.day_of(agreement.state_since)
        ended = agreement.valid_until + timedelta(days=1)
        since = (
            ended if self.state in (AgreementState.EXPIRED, AgreementState.TERMINATED) else moved
        )
        return _("since %(day)s") % {"day": day(since, "long")}

    @property
    def is_upcoming(self) -> bool:
        return self.state == AgreementState.UPCOMING

    @property
    def is_noticed(self) -> bool:
        return self.stored == AgreementState.TERMINATED

    @property
    def is_over(self) -> bool:
        return self.state in OVER
