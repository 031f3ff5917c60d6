"""The phases of a visit: sets of states that several places ask for, each defined once.

They follow from the table of moves, so that a new state finds its phases by the moves that lead
to it. A test names the phases of each state, and fails for a state that it does not know.
"""

from exchanges.domain.visit_states import MOVES, STEPS, moves_from
from exchanges.enums import VisitState

S = VisitState
States = frozenset[VisitState]


def states_from(state: VisitState) -> States:
    """This state and every one that moves can lead to from it."""
    found, fresh = {state}, {state}
    while fresh:
        fresh = {move.target for move in MOVES if move.target and move.source in fresh} - found
        found |= fresh
    return frozenset(found)


OVER: States = frozenset(state for state in VisitState if not moves_from(state))
"""Nothing leads out of it, and it waits for nobody."""

HELD: States = states_from(S.COMPLETED)
"""The visit took place."""

GIVEN_UP: States = OVER - HELD
"""It ended before it took place."""

UNDER_WAY: States = frozenset(VisitState) - {S.DRAFT} - HELD - GIVEN_UP
"""It was proposed, and it is still to come."""

AHEAD: States = UNDER_WAY - {S.PROPOSED}
"""Its organisations agreed on it, and it is still to come."""

AGREED_ON: States = AHEAD | HELD
"""Its organisations agreed on it, and it was not given up."""

DATED: tuple[VisitState, ...] = STEPS[STEPS.index(S.AGREED) : STEPS.index(S.CLOSED)]
"""Its days must be known; those of an imported visit, which begins as closed, can be lost.

In order, because a constraint is made from it.
"""

PUBLISHED: States = states_from(S.CONFIRMED)
"""It was confirmed once: all partners see it, and it has a calendar file."""

COUNTED: States = PUBLISHED - GIVEN_UP
"""It is confirmed or was held: its cities take part, and it can use one of the exchanges."""

BEING_AGREED: States = UNDER_WAY - PUBLISHED
"""It was proposed, and it is not confirmed yet."""
