"""Sample agreements that follow from the closed visit."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from agreements.domain.validity import Validity, usual_end
from agreements.exports.documents import version_pdf
from agreements.models import Agreement
from agreements.operations import approvals, drafting, signatures
from agreements.queries.parties import current_version
from agreements.words.statement import statement_of_intent
from exchanges.domain.proof import Proof
from exchanges.enums import SignInMethod
from exchanges.models import Organisation, StudyVisit
from mlp_planner.demo.sample.stage import Plan, Stage

PARTNERSHIP = ("city-of-liege", "le-monde-des-possibles", "sofia-municipality", "citub")
COOPERATION = ("cepag", "citub")


def approve_partnership(stage: Stage, plan: Plan, last_day: date, *, at: datetime) -> None:
    """Play a trial of some months, drafted and approved by all four parties in a morning."""
    validity = Validity(at.date() + timedelta(days=7), last_day, notice_months=1)
    agreement = _start(stage, stage.visit(plan), PARTNERSHIP, validity, at)
    for number, slug in enumerate(PARTNERSHIP, start=1):
        _approve(stage, agreement, slug, at + timedelta(minutes=30 + 5 * number))


def sign_partnership(stage: Stage, plan: Plan, *, at: datetime) -> None:
    agreement = Agreement.objects.get(visit=stage.visit(plan))
    by = stage.cast.contacts[PARTNERSHIP[0]]
    signatures.send_out(agreement=agreement, by=by, at=at)
    for number, slug in enumerate(PARTNERSHIP, start=1):
        _sign(stage, agreement, slug, at + timedelta(minutes=10 * number))


def propose_cooperation(stage: Stage, plan: Plan, *, at: datetime) -> None:
    """Play one that the association approved, which drafted it, and not yet the union."""
    first = at.date() + timedelta(days=45)
    validity = Validity(first, usual_end(first), 6)
    agreement = _start(stage, stage.visit(plan), COOPERATION, validity, at)
    _approve(stage, agreement, COOPERATION[0], at + timedelta(hours=1))


def _start(
    stage: Stage, visit: StudyVisit, parties: tuple[str, ...], validity: Validity, at: datetime
) -> Agreement:
    by = stage.cast.contacts[parties[0]]
    asked = {each.organisation.slug: each for each in visit.invitations.all()}
    agreement = drafting.start(
        visit=visit,
        drafter=Organisation.objects.get(slug=parties[0]),
        invitations=[asked[slug] for slug in parties],
        validity=validity,
        by=by,
        at=at,
    )
    return approvals.propose(agreement=agreement, by=by, at=at + timedelta(minutes=30))


def _approve(stage: Stage, agreement: Agreement, slug: str, at: datetime) -> None:
    party = agreement.parties.get(organisation__slug=slug)
    sha256 = current_version(agreement).sha256
    approvals.approve(party=party, sha256=sha256, by=stage.cast.contacts[slug], at=at)


def _sign(stage: Stage, agreement: Agreement, slug: str, at: datetime) -> None:
    party = agreement.parties.get(organisation__slug=slug)
    version = current_version(agreement)
    by = stage.cast.signatories[slug]
    signatures.sign(
        party=party,
        sha256=version.sha256,
        statement=statement_of_intent(party, version),
        render=version_pdf,
        proof=Proof(by.pk, by.email, SignInMethod.CODE, at),
        by=by,
        at=at,
    )
