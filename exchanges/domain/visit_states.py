"""A visit's life as one table: which move leads from where to where, and whose move it is.

The operations, every "needs your action" list, the diagram in docs/ and the tests are made from
these rows.
"""

from dataclasses import dataclass

from exchanges.enums import Mover, VisitMove, VisitState

S, M = VisitState, VisitMove


@dataclass(frozen=True, slots=True)
class Move:
    """`source` None means that the visit comes into being; `target` None that it ceases to be."""

    verb: VisitMove
    source: VisitState | None
    target: VisitState | None
    mover: Mover
    needs_reason: bool = False


MOVES: tuple[Move, ...] = (
    Move(M.PROPOSE, S.DRAFT, S.PROPOSED, Mover.PROPOSER),
    Move(M.DISCARD, S.DRAFT, None, Mover.PROPOSER),
    Move(M.PICK_DATE, S.PROPOSED, S.AGREED, Mover.PROPOSER),
    Move(M.ALL_HOSTS_DECLINED, S.PROPOSED, S.DECLINED, Mover.PLATFORM),
    Move(M.WITHDRAW, S.PROPOSED, S.WITHDRAWN, Mover.PROPOSER, needs_reason=True),
    Move(M.CONFIRM, S.AGREED, S.CONFIRMED, Mover.OFFICE),
    Move(M.RETURN, S.AGREED, S.PROPOSED, Mover.OFFICE, needs_reason=True),
    Move(M.WITHDRAW, S.AGREED, S.WITHDRAWN, Mover.PROPOSER, needs_reason=True),
    Move(M.COMPLETE, S.CONFIRMED, S.COMPLETED, Mover.HOST),
    Move(M.CANCEL, S.CONFIRMED, S.CANCELLED, Mover.PARTICIPANTS, needs_reason=True),
    Move(M.CLOSE, S.COMPLETED, S.CLOSED, Mover.PARTICIPANTS),
    Move(M.IMPORT, None, S.CLOSED, Mover.OFFICE),
)

# Whose step a visit in this state waits for; proposed visits wait for the invited organisations
# until the minimum of DESIGN section 4 holds, then for the proposer.
WAITS_FOR: dict[VisitState, tuple[Mover, ...]] = {
    S.DRAFT: (Mover.PROPOSER,),
    S.PROPOSED: (Mover.INVITED, Mover.PROPOSER),
    S.AGREED: (Mover.OFFICE,),
    S.CONFIRMED: (Mover.HOST, Mover.PARTICIPANTS),
    S.COMPLETED: (Mover.PARTICIPANTS,),
    S.CLOSED: (),
    S.DECLINED: (),
    S.WITHDRAWN: (),
    S.CANCELLED: (),
}

STEPS: tuple[VisitState, ...] = (
    S.DRAFT, S.PROPOSED, S.AGREED, S.CONFIRMED, S.COMPLETED, S.CLOSED,
)  # fmt: skip
"""The states of a visit that goes well, in order, for the stepper."""


class MoveNotPossible(Exception):
    """The table has no such move from this state."""

    def __init__(self, verb: VisitMove, state: VisitState | None) -> None:
        super().__init__(f"{verb} is not possible from {state}")
        self.verb = verb
        self.state = state


def find_move(verb: VisitMove, state: VisitState | None) -> Move:
    """Raises MoveNotPossible when the table has no row for it."""
    for move in MOVES:
        if move.verb == verb and move.source == state:
            return move
    raise MoveNotPossible(verb, state)


def moves_from(state: VisitState) -> tuple[Move, ...]:
    return tuple(move for move in MOVES if move.source == state)


def diagram() -> str:
    """The table as a Mermaid state diagram, for docs/visit-states.md."""
    lines = ["stateDiagram-v2"]
    for move in MOVES:
        source = move.source.value if move.source else "[*]"
        target = move.target.value if move.target else "[*]"
        lines.append(f"    {source} --> {target}: {move.verb.value} ({move.mover.value})")
    lines.append("    [*] --> draft: start (proposer)")
    lines.extend(f"    {state.value} --> [*]" for state in sorted(S) if not moves_from(state))
    return "\n".join(lines) + "\n"
