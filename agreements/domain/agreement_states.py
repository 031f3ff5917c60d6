"""An agreement's life as one table: which move leads from where to where, and whose move it is.

The operations, the "needs your action" list, the diagram in docs/ and the tests are made from
these rows. That time passes is nobody's move: `state_on` says what dates make of a stored state.
"""

from dataclasses import dataclass
from datetime import date

from agreements.domain.validity import WARNING_DAYS
from agreements.enums import AgreementMove, AgreementMover, AgreementState

S, M, By = AgreementState, AgreementMove, AgreementMover


@dataclass(frozen=True, slots=True)
class Move:
    """`source` None means that the agreement comes into being."""

    verb: AgreementMove
    source: AgreementState | None
    target: AgreementState
    mover: AgreementMover
    needs_reason: bool = False


MOVES: tuple[Move, ...] = (
    Move(M.START, None, S.DRAFT, By.PARTY),
    Move(M.EDIT_TERMS, S.DRAFT, S.DRAFT, By.DRAFTER),
    Move(M.PROPOSE, S.DRAFT, S.PROPOSED, By.DRAFTER),
    Move(M.WITHDRAW, S.DRAFT, S.WITHDRAWN, By.DRAFTER, needs_reason=True),
    Move(M.EDIT_TERMS, S.PROPOSED, S.PROPOSED, By.DRAFTER),
    Move(M.APPROVE, S.PROPOSED, S.PROPOSED, By.PARTY),
    Move(M.ALL_APPROVED, S.PROPOSED, S.APPROVED, By.PLATFORM),
    Move(M.DECLINE, S.PROPOSED, S.DECLINED, By.PARTY, needs_reason=True),
    Move(M.WITHDRAW, S.PROPOSED, S.WITHDRAWN, By.DRAFTER, needs_reason=True),
    Move(M.EDIT_TERMS, S.APPROVED, S.PROPOSED, By.DRAFTER),
    Move(M.SEND_OUT, S.APPROVED, S.OUT_FOR_SIGNATURE, By.SENDER),
    Move(M.DECLINE, S.APPROVED, S.DECLINED, By.PARTY, needs_reason=True),
    Move(M.WITHDRAW, S.APPROVED, S.WITHDRAWN, By.DRAFTER, needs_reason=True),
    Move(M.RECALL, S.OUT_FOR_SIGNATURE, S.APPROVED, By.SENDER, needs_reason=True),
    Move(M.SIGN, S.OUT_FOR_SIGNATURE, S.OUT_FOR_SIGNATURE, By.SIGNATORY),
    Move(M.ALL_SIGNED, S.OUT_FOR_SIGNATURE, S.ACTIVE, By.PLATFORM),
    Move(M.DECLINE, S.OUT_FOR_SIGNATURE, S.DECLINED, By.PARTY, needs_reason=True),
    Move(M.WITHDRAW, S.OUT_FOR_SIGNATURE, S.WITHDRAWN, By.DRAFTER, needs_reason=True),
    Move(M.VOID, S.OUT_FOR_SIGNATURE, S.VOID, By.OFFICE, needs_reason=True),
    Move(M.TERMINATE, S.ACTIVE, S.TERMINATED, By.PARTY, needs_reason=True),
    Move(M.VOID, S.ACTIVE, S.VOID, By.OFFICE, needs_reason=True),
    Move(M.VOID, S.TERMINATED, S.VOID, By.OFFICE, needs_reason=True),
)

WAITS_FOR: dict[AgreementState, tuple[AgreementMover, ...]] = {
    S.DRAFT: (By.DRAFTER,),
    S.PROPOSED: (By.PARTY,),
    S.APPROVED: (By.SENDER,),
    S.OUT_FOR_SIGNATURE: (By.SIGNATORY,),
}
"""Whose step an agreement in this state waits for; in other states it waits for nobody."""

STEPS: tuple[AgreementState, ...] = (S.DRAFT, S.PROPOSED, S.APPROVED, S.OUT_FOR_SIGNATURE, S.ACTIVE)
"""The states of an agreement that goes well, in order, for the stepper."""

SIGNED: frozenset[AgreementState] = frozenset({S.ACTIVE, S.TERMINATED})
"""Stored states of which the dates of the agreement make another one, see `state_on`."""

STATES_OF_DATES: frozenset[AgreementState] = frozenset(
    {S.UPCOMING, S.EXPIRING, S.NOTICE_GIVEN, S.EXPIRED}
)
"""Never stored: what dates make of a stored state."""

IN_FORCE: frozenset[AgreementState] = frozenset({S.ACTIVE, S.EXPIRING, S.NOTICE_GIVEN})

WAS_IN_FORCE: frozenset[AgreementState] = frozenset({S.EXPIRED, S.RENEWED, S.TERMINATED})
"""It is over, and was in force before."""

OVER: frozenset[AgreementState] = WAS_IN_FORCE | {S.DECLINED, S.WITHDRAWN, S.VOID}


def state_on(stored: AgreementState, first: date, last: date, today: date) -> AgreementState:
    """Return the state that an agreement shows on a day, when it applies from `first` to `last`.

    The last day still counts. `agreements.queries.states` says the same as SQL.
    """
    if stored not in SIGNED:
        return stored
    if last < today:
        return S.EXPIRED if stored == S.ACTIVE else stored
    if today < first:
        return S.UPCOMING
    if stored == S.TERMINATED:
        return S.NOTICE_GIVEN
    return S.EXPIRING if (last - today).days <= WARNING_DAYS else S.ACTIVE


class MoveNotPossible(Exception):
    """The table has no such move from this state."""

    def __init__(self, verb: AgreementMove, state: AgreementState | None) -> None:
        super().__init__(f"{verb} is not possible from {state}")
        self.verb = verb
        self.state = state


def find_move(verb: AgreementMove, state: AgreementState | None) -> Move:
    """Raises MoveNotPossible when the table has no row for it."""
    for move in MOVES:
        if move.verb == verb and move.source == state:
            return move
    raise MoveNotPossible(verb, state)


def movers_of(verb: AgreementMove) -> tuple[AgreementMover, ...]:
    """Who may make this move, from whatever state."""
    return tuple(dict.fromkeys(move.mover for move in MOVES if move.verb == verb))


def moves_from(stored: AgreementState, shown: AgreementState) -> tuple[Move, ...]:
    """Return the moves that can be made now; none once the agreement is over."""
    return () if shown in OVER else tuple(move for move in MOVES if move.source == stored)


def diagram() -> str:
    """Return the table as a Mermaid state diagram, for docs/agreement-states.md."""
    lines = ["stateDiagram-v2"]
    for move in MOVES:
        source = move.source.value if move.source else "[*]"
        lines.append(
            f"    {source} --> {move.target.value}: {move.verb.value} ({move.mover.value})"
        )
    ends = {move.target for move in MOVES} & OVER
    lines.extend(f"    {state.value} --> [*]" for state in sorted(ends))
    return "\n".join(lines) + "\n"
