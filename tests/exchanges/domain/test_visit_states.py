from itertools import pairwise

import pytest

from exchanges.domain.visit_states import (
    MOVES,
    STEPS,
    WAITS_FOR,
    MoveNotPossible,
    find_move,
    movers_of,
    moves_from,
)
from exchanges.enums import Mover, VisitMove, VisitState
from mlp_planner.management.commands.diagrams import pages


def test_diagrams_in_docs_are_those_of_the_tables() -> None:
    for path, text in pages().items():
        assert path.read_text() == text


def test_every_state_can_be_reached_from_a_draft_or_by_import() -> None:
    reached = {VisitState.DRAFT}
    for _ in MOVES:
        reached |= {m.target for m in MOVES if m.target and m.source in {*reached, None}}
    assert reached == set(VisitState)


def test_who_is_waited_for_has_a_move_or_a_duty() -> None:
    for state, movers in WAITS_FOR.items():
        makers = {move.mover for move in moves_from(state)}
        assert set(movers) - makers <= {Mover.INVITED, Mover.PARTICIPANTS}


def test_the_steps_follow_each_other() -> None:
    for source, target in pairwise(STEPS):
        assert any(move.target == target for move in moves_from(source))


@pytest.mark.parametrize("state", VisitState)
@pytest.mark.parametrize("verb", VisitMove)
def test_a_move_is_found_or_refused_by_the_table(verb: VisitMove, state: VisitState) -> None:
    rows = [move for move in MOVES if move.verb == verb and move.source == state]
    if rows:
        assert find_move(verb, state) == rows[0]
        assert len(rows) == 1
    else:
        with pytest.raises(MoveNotPossible):
            find_move(verb, state)


@pytest.mark.parametrize("verb", VisitMove)
def test_a_move_is_made_by_the_same_from_every_state(verb: VisitMove) -> None:
    assert {move.by for move in MOVES if move.verb == verb} == {movers_of(verb)}
