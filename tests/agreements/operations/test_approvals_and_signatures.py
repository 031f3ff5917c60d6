from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest

from agreements.domain.agreement_states import MoveNotPossible
from agreements.domain.validity import add_months, usual_end
from agreements.enums import AgreementState
from agreements.exports.documents import version_pdf
from agreements.models import Agreement, Approval, Artifact, Signature
from agreements.operations import approvals, drafting, endings, signatures
from agreements.operations.approvals import TermsChanged
from agreements.operations.moves import EndIsPast
from agreements.queries.parties import all_concerned, current_version
from exchanges.enums import MembershipRole, Message
from exchanges.models import Event, OutboxMessage
from exchanges.operations.people.proofs import ProofMissing
from exchanges.operations.visits.moves import ReasonMissing
from exchanges.permissions import NotAllowed
from tests.factories.agreements import (
    add_member,
    approve,
    bring_to,
    colleague,
    contact,
    parties,
    sign,
    signatory,
    start_agreement,
)
from tests.factories.proofs import make_proof
from tests.moment import AT

pytestmark = pytest.mark.django_db


def in_state(scene, state):
    return bring_to(start_agreement(scene), state)


def told(kind):
    return set(OutboxMessage.objects.filter(kind=kind).values_list("recipient", flat=True))


def change_terms(agreement):
    terms = replace(current_version(agreement).read_terms(), title="Changed")
    drafting.edit_terms(
        agreement=agreement, terms=terms, revision=None, by=contact(agreement.drafter), at=AT
    )


def test_proposal_tells_the_contacts_of_all_parties(scene):
    agreement = in_state(scene, AgreementState.PROPOSED)
    contacts = {contact(party.organisation).pk for party in parties(agreement)}
    assert told(Message.AGREEMENT_PROPOSED) == contacts


def test_first_approval_leaves_it_proposed(scene):
    agreement = in_state(scene, AgreementState.PROPOSED)
    approve(parties(agreement)[0])
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.PROPOSED


def test_last_approval_tells_drafter_and_office(scene):
    agreement = in_state(scene, AgreementState.APPROVED)
    assert told(Message.AGREEMENT_APPROVED) == {contact(scene.drafter).pk, scene.office.pk}
    verbs = list(Event.objects.order_by("number").values_list("verb", flat=True))
    assert verbs == ["start", "propose", "approve", "approve", "all_approved"]
    hashes = {approval.sha256 for approval in Approval.objects.all()}
    assert hashes == {current_version(agreement).sha256}


def test_hash_of_an_older_version_is_refused(scene):
    agreement = in_state(scene, AgreementState.PROPOSED)
    seen = current_version(agreement).sha256
    change_terms(agreement)
    party = parties(agreement)[0]
    with pytest.raises(TermsChanged, match="current version is 2"):
        approvals.approve(party=party, sha256=seen, by=contact(party.organisation), at=AT)
    assert Approval.objects.count() == 0


def test_approving_twice_gives_one_approval(scene):
    agreement = in_state(scene, AgreementState.PROPOSED)
    party = parties(agreement)[0]
    approve(party)
    events = Event.objects.count()
    approve(party)
    assert Approval.objects.count() == 1
    assert Event.objects.count() == events


@pytest.mark.parametrize("who", ["other party", "colleague", "signatory", "office", "stranger"])
def test_only_a_contact_of_the_party_approves(scene, who):
    agreement = in_state(scene, AgreementState.PROPOSED)
    party = parties(agreement)[0]
    user = {
        "other party": contact(scene.guests[0]),
        "colleague": colleague(party.organisation),
        "signatory": signatory(party.organisation),
        "office": scene.office,
        "stranger": scene.stranger,
    }[who]
    with pytest.raises(NotAllowed):
        approvals.approve(party=party, sha256=current_version(agreement).sha256, by=user, at=AT)


@pytest.mark.parametrize("who", ["contact", "other signatory", "office", "stranger"])
def test_only_a_signatory_of_the_party_signs(scene, who):
    agreement = in_state(scene, AgreementState.OUT_FOR_SIGNATURE)
    party = parties(agreement)[0]
    user = {
        "contact": contact(party.organisation),
        "other signatory": signatory(scene.guests[0]),
        "office": scene.office,
        "stranger": scene.stranger,
    }[who]
    with pytest.raises(NotAllowed):
        _sign_as(party, user)
    assert Signature.objects.count() == 0


def _sign_as(party, user, **other):
    signatures.sign(
        party=party,
        sha256=current_version(party.agreement).sha256,
        statement="I sign.",
        render=version_pdf,
        by=user,
        at=AT,
        **{"proof": make_proof(user), **other},
    )


def test_signature_keeps_name_function_words_and_hash(scene):
    agreement = in_state(scene, AgreementState.OUT_FOR_SIGNATURE)
    party = parties(agreement)[0]
    sign(party, name="Živa Đurić")
    signature = Signature.objects.get()
    assert (signature.name, signature.function, signature.statement) == (
        "Živa Đurić",
        "Mayor",
        "I sign.",
    )
    assert (signature.sha256, signature.signed_at) == (current_version(agreement).sha256, AT)


@pytest.mark.parametrize("which", ["none", "old", "of somebody else", "of the future"])
def test_signature_needs_a_fresh_proof_of_its_signatory(scene, which):
    agreement = in_state(scene, AgreementState.OUT_FOR_SIGNATURE)
    party = parties(agreement)[0]
    user = signatory(party.organisation)
    proof = {
        "none": None,
        "old": make_proof(user, at=AT - timedelta(minutes=5, seconds=1)),
        "of somebody else": make_proof(scene.office),
        "of the future": make_proof(user, at=AT + timedelta(seconds=1)),
    }[which]
    with pytest.raises(ProofMissing):
        _sign_as(party, user, proof=proof)
    assert Signature.objects.count() == 0


def test_signing_twice_gives_one_signature(scene):
    agreement = in_state(scene, AgreementState.OUT_FOR_SIGNATURE)
    party = parties(agreement)[0]
    sign(party)
    events = Event.objects.count()
    sign(party, name="Somebody else")
    assert Signature.objects.get().name == "Jana Novak"
    assert Event.objects.count() == events


def test_second_signatory_of_a_party_finds_it_signed(scene):
    agreement = in_state(scene, AgreementState.OUT_FOR_SIGNATURE)
    party = parties(agreement)[0]
    sign(party)
    _sign_as(party, add_member(party.organisation, MembershipRole.SIGNATORY))
    assert Signature.objects.count() == 1


def test_last_signature_keeps_the_pdf_and_tells_everybody(scene):
    agreement = in_state(scene, AgreementState.ACTIVE)
    artifact = Artifact.objects.get()
    assert artifact.sha256 == sha256(bytes(artifact.content)).hexdigest()
    assert bytes(artifact.content) == version_pdf(current_version(agreement))
    assert told(Message.AGREEMENT_ACTIVE) == {person.pk for person in all_concerned(agreement)}
    last = Event.objects.order_by("-number")[0]
    assert (last.verb, last.actor) == ("all_signed", "platform")
    assert last.data["pdf_sha256"] == artifact.sha256


def test_pdf_that_cannot_be_made_leaves_nothing_signed(scene):
    agreement = in_state(scene, AgreementState.OUT_FOR_SIGNATURE)
    first, last = parties(agreement)
    sign(first)
    with pytest.raises(ZeroDivisionError):
        signatures.sign(
            party=last,
            sha256=current_version(agreement).sha256,
            statement="I sign.",
            render=lambda version: bytes(1 // 0),
            proof=make_proof(signatory(last.organisation)),
            by=signatory(last.organisation),
            at=AT,
        )
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.OUT_FOR_SIGNATURE
    assert Signature.objects.count() == 1


def test_recalled_agreement_keeps_its_signatures_until_the_terms_change(scene):
    agreement = in_state(scene, AgreementState.OUT_FOR_SIGNATURE)
    first, last = parties(agreement)
    sign(first)
    endings.recall(agreement=agreement, by=scene.office, at=AT, reason="Wait a day.")
    agreement = signatures.send_out(agreement=agreement, by=scene.office, at=AT)
    sign(last)
    assert Agreement.objects.get(pk=agreement.pk).state == AgreementState.ACTIVE


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_ending_needs_a_reason(scene, reason):
    agreement = in_state(scene, AgreementState.PROPOSED)
    with pytest.raises(ReasonMissing):
        endings.withdraw(agreement=agreement, by=contact(scene.drafter), at=AT, reason=reason)


def test_withdrawn_draft_tells_nobody(scene):
    in_state(scene, AgreementState.WITHDRAWN)
    assert OutboxMessage.objects.count() == 0


def test_decline_tells_all_but_who_declined(scene):
    agreement = in_state(scene, AgreementState.DECLINED)
    concerned = {person.pk for person in all_concerned(agreement)}
    assert told(Message.AGREEMENT_ENDED) == concerned - {contact(scene.hosts[0]).pk}
    assert agreement.state_reason == "No mandate."


def test_notice_moves_the_end(scene):
    agreement = in_state(scene, AgreementState.NOTICE_GIVEN)
    assert agreement.valid_until == add_months(AT.date(), 6)
    assert current_version(agreement).read_terms().valid_until == usual_end(AT.date())


@pytest.mark.parametrize("operation", [endings.decline, endings.terminate])
def test_stranger_ends_nothing(scene, operation):
    agreement = in_state(scene, AgreementState.ACTIVE)
    with pytest.raises(NotAllowed):
        operation(party=parties(agreement)[0], by=scene.stranger, at=AT, reason="No.")


@pytest.mark.parametrize("operation", [endings.recall, endings.withdraw, endings.declare_void])
def test_other_party_does_not_end_it_for_all(scene, operation):
    agreement = in_state(scene, AgreementState.OUT_FOR_SIGNATURE)
    with pytest.raises(NotAllowed):
        operation(agreement=agreement, by=contact(scene.hosts[0]), at=AT, reason="No.")


LATER = AT + timedelta(days=4 * 366)
"""Four years on, the usual three years of an agreement are over."""


def test_what_would_be_over_is_not_proposed(scene):
    agreement = start_agreement(scene)
    with pytest.raises(EndIsPast):
        approvals.propose(agreement=agreement, by=contact(agreement.drafter), at=LATER)


def test_what_would_be_over_is_not_sent_out(scene):
    agreement = in_state(scene, AgreementState.APPROVED)
    with pytest.raises(EndIsPast):
        signatures.send_out(agreement=agreement, by=contact(agreement.drafter), at=LATER)


def test_what_would_be_over_is_not_signed(scene):
    agreement = in_state(scene, AgreementState.OUT_FOR_SIGNATURE)
    with pytest.raises(EndIsPast, match="that day is past"):
        sign(parties(agreement)[0], at=LATER)
    assert Signature.objects.count() == 0


def test_what_ends_today_is_still_signed(scene):
    agreement = in_state(scene, AgreementState.OUT_FOR_SIGNATURE)
    last = agreement.valid_until
    sign(parties(agreement)[0], at=AT.replace(year=last.year, month=last.month, day=last.day))
    assert Signature.objects.count() == 1


def test_of_what_is_over_no_notice_is_given(scene):
    party = parties(in_state(scene, AgreementState.EXPIRED))[0]
    by = contact(party.organisation)
    with pytest.raises(MoveNotPossible):
        endings.terminate(party=party, by=by, at=AT, reason="No.")


def test_what_is_over_is_not_declared_void(scene):
    agreement = in_state(scene, AgreementState.EXPIRED)
    with pytest.raises(MoveNotPossible):
        endings.declare_void(agreement=agreement, by=scene.office, at=AT, reason="No.")
