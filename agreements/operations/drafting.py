"""Starting an agreement and changing its terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.domain.drafting import first_terms, follow_dates
from agreements.domain.terms import Terms, canonical, terms_hash
from agreements.domain.validity import Validity, require_validity
from agreements.enums import AgreementMove, AgreementState
from agreements.models import Agreement, Party, Version
from agreements.operations.moves import lock, move, require_move
from agreements.permissions import can_make_move, can_start_agreement_for
from agreements.queries.first_terms import draft_facts
from agreements.queries.parties import current_version, party_contacts
from agreements.queries.states import is_over
from exchanges.domain.visit_phases import HELD
from exchanges.enums import Message, Side
from exchanges.models import Invitation, Organisation, StudyVisit, User
from exchanges.operations.editing import raise_if_edited
from exchanges.operations.mail.outbox import tell
from exchanges.operations.record import record
from exchanges.operations.references import next_reference
from exchanges.operations.refusals import Refusal
from exchanges.operations.visits.moves import lock as lock_visit
from exchanges.permissions import require


class VisitNotHeld(Refusal):
    def __init__(self) -> None:
        super().__init__(_("An agreement can be drafted when the visit is completed."))


class VisitNotConfirmed(Refusal):
    def __init__(self) -> None:
        super().__init__(
            _("This visit comes from a file. Not all whom it names have confirmed it yet.")
        )


class WrongParties(Refusal):
    pass


class AlreadyDrafted(Refusal):
    def __init__(self, reference: str) -> None:
        super().__init__(
            _("There is already an agreement of these parties from this visit: %(reference)s.")
            % {"reference": reference}
        )
        self.reference = reference


@dataclass(frozen=True)
class Edited:
    """`version` None when nothing was changed; `voided` are the parties whose approval fell."""

    version: Version | None
    voided: tuple[Party, ...]


@transaction.atomic
def start(
    *,
    visit: StudyVisit,
    drafter: Organisation,
    invitations: Sequence[Invitation],
    validity: Validity,
    by: User,
    at: datetime,
) -> Agreement:
    """Return a draft with the template's clauses, for these organisations of the visit.

    Raises VisitNotHeld, VisitNotConfirmed, WrongParties, or AlreadyDrafted while one of the same
    parties is not over.
    """
    visit = lock_visit(visit)
    require(can_start_agreement_for(by, visit, drafter))
    if visit.state not in HELD:
        raise VisitNotHeld
    if visit.is_unconfirmed:
        raise VisitNotConfirmed
    _require_parties(drafter, invitations)
    organisations = [each.organisation_id for each in invitations]
    _require_none_like_it(visit, set(organisations), at)
    require_validity(validity.first, validity.last, visit.programme.day_of(at))
    reference = next_reference(f"{visit.programme.short_title}-{at.year}", letter="A")
    terms = first_terms(draft_facts(visit, invitations, reference=reference, validity=validity))
    agreement = Agreement(reference=reference, visit=visit, drafter=drafter, state_since=at)
    agreement.programme, agreement.created_by, agreement.created_at = visit.programme, by, at
    _follow_terms(agreement, terms)
    agreement.save()
    _add_parties(agreement, invitations)
    version = _add_version(agreement, terms, by=by, at=at)
    about = {"parties": organisations, "version": 1, "sha256": version.sha256}
    record("start", agreement, by=by, at=at, visit=visit.pk, **about)
    return agreement


@transaction.atomic
def edit_terms(
    *, agreement: Agreement, terms: Terms, revision: int | None, by: User, at: datetime
) -> Edited:
    """A new version, which nobody has approved yet. Parties and reference stay as they are.

    Raises EditedMeanwhile when `revision` is not the current one.
    """
    agreement = lock(agreement)
    require(can_make_move(by, agreement, AgreementMove.EDIT_TERMS))
    require_move(agreement, AgreementMove.EDIT_TERMS, at=at)
    raise_if_edited(agreement, revision)
    require_validity(terms.valid_from, terms.valid_until, agreement.programme.day_of(at))
    before = current_version(agreement)
    old = before.read_terms()
    terms = follow_dates(old, terms)
    if terms == old:
        return Edited(None, ())
    voided = tuple(Party.objects.filter(approvals__version=before).select_related("organisation"))
    was_draft = agreement.state == AgreementState.DRAFT
    _follow_terms(agreement, terms)
    version = _add_version(agreement, terms, by=by, at=at)
    if not was_draft:
        others = [person for person in party_contacts(agreement) if person != by]
        about: dict[str, Any] = {"agreement": agreement.pk, "version": before.number}
        tell(others, Message.AGREEMENT_CHANGED, at=at, **about)
    fell = [party.organisation_id for party in voided]
    move(agreement, AgreementMove.EDIT_TERMS, by=by, at=at, sha256=version.sha256, voided=fell)
    return Edited(version, voided)


def _follow_terms(agreement: Agreement, terms: Terms) -> None:
    agreement.current_number += 1
    agreement.title = terms.title
    agreement.valid_from, agreement.valid_until = terms.valid_from, terms.valid_until


def _add_version(agreement: Agreement, terms: Terms, *, by: User, at: datetime) -> Version:
    return Version.objects.create(
        agreement=agreement,
        number=agreement.current_number,
        terms=canonical(terms).decode(),
        sha256=terms_hash(terms),
        created_at=at,
        created_by=by,
    )


def _add_parties(agreement: Agreement, invitations: Sequence[Invitation]) -> None:
    Party.objects.bulk_create(
        Party(agreement=agreement, organisation=each.organisation, city=each.city, position=number)
        for number, each in enumerate(invitations, start=1)
    )


def _require_parties(drafter: Organisation, invitations: Sequence[Invitation]) -> None:
    if drafter.pk not in {each.organisation_id for each in invitations}:
        raise WrongParties(_("Your own organisation is a party of what it drafts."))
    if {each.side for each in invitations} != {Side.HOST, Side.GUEST}:
        raise WrongParties(_("Choose at least one host and one guest of the visit."))


def _require_none_like_it(visit: StudyVisit, organisations: set[int], at: datetime) -> None:
    for agreement in Agreement.objects.filter(visit=visit).exclude(is_over(at)):
        if set(agreement.parties.values_list("organisation", flat=True)) == organisations:
            raise AlreadyDrafted(agreement.reference)
