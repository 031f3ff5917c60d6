"""A visit's life as one table: which move leads from where to where, and who may make it.

The operations, the permissions, every "needs your action" list, the diagram in docs/ and the tests
are made from these rows.
"""

from dataclasses import dataclass

from exchanges.enums import Mover, VisitMove, VisitState

S, M, By = VisitState, VisitMove, Mover


@dataclass(frozen=True, slots=True)
class Move:
    """`source` None means that the visit comes into being; `target` None that it ceases to be.

    `by` begins with those whose move it is; the others may make it in their place.
    """

    verb: VisitMove
    source: VisitState | None
    target: VisitState | None
    by: tuple[Mover, ...]
    needs_reason: bool = False

    @property
    def mover(self) -> Mover:
        return self.by[0]


MOVES: tuple[Move, ...] = (
    Move(M.PROPOSE, S.DRAFT, S.PROPOSED, (By.PROPOSER,)),
    Move(M.DISCARD, S.DRAFT, None, (By.PROPOSER,)),
    Move(M.PICK_DATE, S.PROPOSED, S.AGREED, (By.PROPOSER,)),
    Move(M.ALL_HOSTS_DECLINED, S.PROPOSED, S.DECLINED, (By.PLATFORM,)),
    Move(M.WITHDRAW, S.PROPOSED, S.WITHDRAWN, (By.PROPOSER,), needs_reason=True),
    Move(M.CONFIRM, S.AGREED, S.CONFIRMED, (By.OFFICE,)),
    Move(M.RETURN, S.AGREED, S.PROPOSED, (By.OFFICE,), needs_reason=True),
    Move(M.WITHDRAW, S.AGREED, S.WITHDRAWN, (By.PROPOSER,), needs_reason=True),
    Move(M.COMPLETE, S.CONFIRMED, S.COMPLETED, (By.HOST, By.OFFICE)),
    Move(M.CANCEL, S.CONFIRMED, S.CANCELLED, (By.PARTICIPANTS, By.OFFICE), needs_reason=True),
    Move(M.CLOSE, S.COMPLETED, S.CLOSED, (By.PARTICIPANTS, By.OFFICE)),
    Move(M.IMPORT, None, S.CLOSED, (By.OFFICE,)),
)

# Whose step a visit in this state waits for; proposed visits wait for the invited organisations
# until all that `domain.minimum` asks for is there, then for the proposer.
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


def movers_of(verb: VisitMove) -> tuple[Mover, ...]:
    """Who may make this move; that is the same from every state."""
    return next(move.by for move in MOVES if move.verb == verb)


def moves_from(state: VisitState) -> tuple[Move, ...]:
    return tuple(move for move in MOVES if move.source == state)


def diagram() -> str:
    """Return the table as a Mermaid state diagram, for docs/visit-states.md."""
    lines = ["stateDiagram-v2"]
    for move in MOVES:
        source = move.source.value if move.source else "[*]"
        target = move.target.value if move.target else "[*]"
        lines.append(f"    {source} --> {target}: {move.verb.value} ({move.mover.value})")
    lines.append("    [*] --> draft: start (proposer)")
    lines.extend(f"    {state.value} --> [*]" for state in sorted(S) if not moves_from(state))
    return "\n".join(lines) + "\n"
