from collections.abc import Set

import pytest

from exchanges.domain import visit_phases, visit_states
from exchanges.domain.visit_states import MOVES, STEPS, WAITS_FOR, moves_from
from exchanges.enums import VisitState

S = VisitState
PHASES: dict[str, Set[VisitState]] = {
    name: frozenset(value)
    for name, value in vars(visit_phases).items()
    if isinstance(value, frozenset | tuple) and name not in vars(visit_states)
}
PHASES_OF: dict[VisitState, str] = {
    S.DRAFT: "",
    S.PROPOSED: "UNDER_WAY BEING_AGREED",
    S.AGREED: "UNDER_WAY BEING_AGREED AHEAD AGREED_ON DATED",
    S.CONFIRMED: "UNDER_WAY AHEAD AGREED_ON DATED PUBLISHED COUNTED",
    S.COMPLETED: "HELD AGREED_ON DATED PUBLISHED COUNTED",
    S.CLOSED: "HELD AGREED_ON PUBLISHED COUNTED OVER",
    S.DECLINED: "GIVEN_UP OVER",
    S.WITHDRAWN: "GIVEN_UP OVER",
    S.CANCELLED: "GIVEN_UP OVER PUBLISHED",
}
"""A new state gets a row here, after a look at each place that asks for one of its phases."""


@pytest.mark.parametrize("state", VisitState)
def test_every_state_is_in_the_phases_that_were_decided_for_it(state: VisitState) -> None:
    assert {name for name, states in PHASES.items() if state in states} == set(
        PHASES_OF[state].split()
    )


def test_no_phase_has_two_names() -> None:
    assert len(set(PHASES.values())) == len(PHASES)


def test_a_visit_is_a_draft_under_way_held_or_given_up() -> None:
    apart = [{S.DRAFT}, visit_phases.UNDER_WAY, visit_phases.HELD, visit_phases.GIVEN_UP]
    assert sorted(state for states in apart for state in states) == sorted(VisitState)


def test_what_is_over_has_no_move_and_waits_for_nobody() -> None:
    assert {state for state in VisitState if not moves_from(state)} == visit_phases.OVER
    assert {state for state, movers in WAITS_FOR.items() if not movers} == visit_phases.OVER


def test_what_is_held_or_given_up_stays_so() -> None:
    for states in (visit_phases.HELD, visit_phases.GIVEN_UP, visit_phases.PUBLISHED):
        assert all(move.target in states for move in MOVES if move.source in states)


def test_a_visit_that_goes_well_is_never_given_up() -> None:
    assert not visit_phases.GIVEN_UP & set(STEPS)
