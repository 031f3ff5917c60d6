from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings

from agreements.domain.agreement_states import (
    IN_FORCE,
    MOVES,
    OVER,
    STATES_OF_DATES,
    STEPS,
    WAITS_FOR,
    MoveNotPossible,
    diagram,
    find_move,
    moves_from,
    state_on,
)
from agreements.enums import AgreementMove, AgreementMover, AgreementState

S = AgreementState


def test_every_state_is_reached_but_renewed_and_those_of_dates():
    assert {move.target for move in MOVES} == set(AgreementState) - {S.RENEWED} - STATES_OF_DATES


def test_a_verb_leads_from_a_state_to_one_other():
    pairs = [(move.verb, move.source) for move in MOVES]
    assert len(set(pairs)) == len(pairs)


def test_states_that_wait_for_someone_have_a_move_of_theirs():
    for state, movers in WAITS_FOR.items():
        assert set(movers) <= {move.mover for move in moves_from(state, state)}


def test_what_is_over_has_no_moves():
    for state in AgreementState:
        assert (not moves_from(state, state)) == (state in OVER | STATES_OF_DATES)
    assert moves_from(S.ACTIVE, S.EXPIRED) == moves_from(S.TERMINATED, S.TERMINATED) == ()
    assert {move.verb for move in moves_from(S.TERMINATED, S.NOTICE_GIVEN)} == {AgreementMove.VOID}
    assert not OVER & IN_FORCE


@pytest.mark.parametrize(
    ("stored", "first", "last", "shown"),
    [
        (S.ACTIVE, 1, 700, S.UPCOMING),
        (S.ACTIVE, 0, 700, S.ACTIVE),
        (S.ACTIVE, -100, 91, S.ACTIVE),
        (S.ACTIVE, -100, 90, S.EXPIRING),
        (S.ACTIVE, -100, 0, S.EXPIRING),
        (S.ACTIVE, -100, -1, S.EXPIRED),
        (S.TERMINATED, 1, 30, S.UPCOMING),
        (S.TERMINATED, -100, 0, S.NOTICE_GIVEN),
        (S.TERMINATED, -100, -1, S.TERMINATED),
        (S.OUT_FOR_SIGNATURE, -100, -1, S.OUT_FOR_SIGNATURE),
        (S.VOID, -100, 100, S.VOID),
        (S.DECLINED, -100, -1, S.DECLINED),
    ],
)
def test_dates_make_states(stored, first, last, shown):
    today = date(2026, 11, 22)
    days = today + timedelta(days=first), today + timedelta(days=last)
    assert state_on(stored, *days, today) == shown


def test_steps_follow_each_other():
    for before, after in pairwise(STEPS):
        assert after in {move.target for move in moves_from(before, before)}


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
