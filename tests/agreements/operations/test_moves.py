"""Every move from every state, as the table says."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from django.db import transaction

from agreements.domain.agreement_states import MOVES, MoveNotPossible, moves_from
from agreements.enums import AgreementMove, AgreementMover, AgreementState
from agreements.exports.documents import version_pdf
from agreements.models import Agreement
from agreements.operations import approvals, drafting, endings, signatures
from agreements.queries.parties import current_version
from exchanges.models import Event
from tests.factories.agreements import (
    HeldVisit,
    bring_to,
    contact,
    make_held_visit,
    parties,
    signatory,
    start_agreement,
)
from tests.factories.proofs import make_proof
from tests.moment import AT

pytestmark = pytest.mark.django_db
REACHABLE = [state for state in AgreementState if state != AgreementState.RENEWED]


def _edit(agreement: Agreement, scene: HeldVisit) -> None:
    terms = replace(current_version(agreement).read_terms(), title="Another title")
    drafting.edit_terms(
        agreement=agreement, terms=terms, revision=None, by=contact(scene.drafter), at=AT
    )


def _propose(agreement: Agreement, scene: HeldVisit) -> None:
    approvals.propose(agreement=agreement, by=contact(scene.drafter), at=AT)


def _approve(agreement: Agreement, scene: HeldVisit) -> None:
    party = parties(agreement)[0]
    sha256 = current_version(agreement).sha256
    approvals.approve(party=party, sha256=sha256, by=contact(party.organisation), at=AT)


def _send_out(agreement: Agreement, scene: HeldVisit) -> None:
    signatures.send_out(agreement=agreement, by=scene.office, at=AT)


def _recall(agreement: Agreement, scene: HeldVisit) -> None:
    endings.recall(agreement=agreement, by=scene.office, at=AT, reason="Typing error.")


def _sign(agreement: Agreement, scene: HeldVisit) -> None:
    party = parties(agreement)[0]
    signatures.sign(
        party=party,
        sha256=current_version(agreement).sha256,
        statement="I sign.",
        render=version_pdf,
        proof=make_proof(signatory(party.organisation)),
        by=signatory(party.organisation),
        at=AT,
    )


def _decline(agreement: Agreement, scene: HeldVisit) -> None:
    party = parties(agreement)[0]
    endings.decline(party=party, by=contact(party.organisation), at=AT, reason="No.")


def _withdraw(agreement: Agreement, scene: HeldVisit) -> None:
    endings.withdraw(agreement=agreement, by=contact(scene.drafter), at=AT, reason="No.")


def _terminate(agreement: Agreement, scene: HeldVisit) -> None:
    party = parties(agreement)[0]
    endings.terminate(party=party, by=contact(party.organisation), at=AT, reason="No.")


def _void(agreement: Agreement, scene: HeldVisit) -> None:
    endings.declare_void(agreement=agreement, by=scene.office, at=AT, reason="No.")


DO: dict[AgreementMove, Callable[[Agreement, HeldVisit], None]] = {
    AgreementMove.EDIT_TERMS: _edit,
    AgreementMove.PROPOSE: _propose,
    AgreementMove.APPROVE: _approve,
    AgreementMove.SEND_OUT: _send_out,
    AgreementMove.RECALL: _recall,
    AgreementMove.SIGN: _sign,
    AgreementMove.DECLINE: _decline,
    AgreementMove.WITHDRAW: _withdraw,
    AgreementMove.TERMINATE: _terminate,
    AgreementMove.VOID: _void,
}
# An approval or signature that is already there is answered with itself, in any state.
ANSWERED_AGAIN = {AgreementMove.APPROVE, AgreementMove.SIGN}


def test_every_move_of_people_is_tried():
    by_people = {move.verb for move in MOVES if move.mover != AgreementMover.PLATFORM}
    assert DO.keys() == by_people - {AgreementMove.START}


@pytest.mark.parametrize("state", REACHABLE)
def test_moves_follow_the_table(state):
    scene = make_held_visit()
    pk = bring_to(start_agreement(scene), state).pk
    before = Event.objects.count()
    for verb, act in DO.items():
        with _undone():
            agreement = Agreement.objects.get(pk=pk)
            stored = AgreementState(agreement.state)
            assert agreement.state_at(AT) == state
            targets = [row.target for row in moves_from(stored, state) if row.verb == verb]
            expected = targets[0] if targets else stored
            if not targets:
                _refuses_or_repeats(verb, act, agreement, scene)
                assert Event.objects.count() == before
            else:
                act(agreement, scene)
                assert Event.objects.count() == before + 1
            assert (verb, Agreement.objects.get(pk=pk).state) == (verb, expected)


def _refuses_or_repeats(verb, act, agreement, scene):
    version = current_version(agreement)
    there = {
        AgreementMove.APPROVE: version.approvals,
        AgreementMove.SIGN: version.signatures,
    }
    if verb in ANSWERED_AGAIN and there[verb].exists():
        act(agreement, scene)
    else:
        with pytest.raises(MoveNotPossible):
            act(agreement, scene)


@contextmanager
def _undone() -> Iterator[None]:
    start = transaction.savepoint()
    yield
    transaction.savepoint_rollback(start)
