from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings

from agreements.domain.agreement_states import (
    IN_FORCE,
    MOVES,
    OVER,
    STEPS,
    WAITS_FOR,
    MoveNotPossible,
    diagram,
    find_move,
    moves_from,
)
from agreements.enums import AgreementMove, AgreementMover, AgreementState


def test_every_state_is_known_and_reached_but_renewed():
    assert set(WAITS_FOR) == set(AgreementState)
    assert {move.target for move in MOVES} == set(AgreementState) - {AgreementState.RENEWED}


def test_a_verb_leads_from_a_state_to_one_other():
    pairs = [(move.verb, move.source) for move in MOVES]
    assert len(set(pairs)) == len(pairs)


def test_states_that_wait_for_someone_have_a_move_of_theirs():
    for state, movers in WAITS_FOR.items():
        assert set(movers) <= {move.mover for move in moves_from(state)}


def test_states_without_moves_are_over():
    assert {
        AgreementState.EXPIRED,
        AgreementState.RENEWED,
        AgreementState.TERMINATED,
        AgreementState.DECLINED,
        AgreementState.WITHDRAWN,
        AgreementState.VOID,
    } == OVER
    assert not OVER & IN_FORCE


def test_steps_follow_each_other():
    for before, after in pairwise(STEPS):
        assert after in {move.target for move in moves_from(before)}


def test_every_end_by_a_person_needs_a_reason():
    ends = {move.verb for move in MOVES if move.needs_reason}
    people = [move for move in MOVES if move.mover != AgreementMover.PLATFORM]
    assert {move.verb for move in people if move.target in OVER} <= ends


def test_unknown_move_is_refused():
    with pytest.raises(MoveNotPossible):
        find_move(AgreementMove.SIGN, AgreementState.DRAFT)


def test_diagram_in_docs_is_the_table():
    page = Path(settings.BASE_DIR, "docs", "agreement-states.md").read_text()
    assert diagram() in page
