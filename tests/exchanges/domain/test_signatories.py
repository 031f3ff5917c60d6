from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from exchanges.domain.signatories import (
    ConfirmObstacle,
    ProposalFacts,
    first_day_to_confirm,
    obstacle_for,
    obstacle_for_operator,
)

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
PROPOSER, CANDIDATE, ROOT, CONFIRMER = 1, 2, 3, 4
FACTS = ProposalFacts(
    proposer=PROPOSER,
    candidate=CANDIDATE,
    roots=frozenset({ROOT}),
    proposed_at=AT,
    was_objected=False,
    has_own_office=False,
    has_others=False,
)


def test_an_appointed_person_outside_the_chain_confirms() -> None:
    assert obstacle_for(FACTS, CONFIRMER, is_appointed=True, at=AT) is None


@pytest.mark.parametrize(
    ("changes", "person", "is_appointed", "obstacle"),
    [
        ({}, CONFIRMER, False, ConfirmObstacle.NOT_APPOINTED),
        ({}, PROPOSER, True, ConfirmObstacle.IS_PROPOSER),
        ({}, CANDIDATE, True, ConfirmObstacle.IS_CANDIDATE),
        ({}, ROOT, True, ConfirmObstacle.IS_ROOT),
        ({"roots": {ROOT, CONFIRMER}}, CONFIRMER, True, ConfirmObstacle.IS_ROOT),
        ({"roots": {ROOT, None}}, CONFIRMER, True, ConfirmObstacle.UNKNOWN_ROOT),
        ({"was_objected": True}, CONFIRMER, True, ConfirmObstacle.OBJECTED),
        ({"has_own_office": True}, CONFIRMER, True, ConfirmObstacle.OWN_OFFICE),
        ({"has_others": True}, CONFIRMER, True, ConfirmObstacle.TOO_EARLY),
    ],
)
def test_others_do_not(
    changes: dict[str, object], person: int, is_appointed: bool, obstacle: ConfirmObstacle
) -> None:
    facts = replace(FACTS, **changes)  # type: ignore[arg-type]
    assert obstacle_for(facts, person, is_appointed=is_appointed, at=AT) == obstacle


def test_with_others_nobody_confirms_before_48_hours() -> None:
    facts = replace(FACTS, has_others=True)
    last = AT + timedelta(hours=48) - timedelta(seconds=1)
    assert first_day_to_confirm(facts) == AT + timedelta(hours=48)
    assert obstacle_for(facts, CONFIRMER, is_appointed=True, at=last) == ConfirmObstacle.TOO_EARLY
    assert obstacle_for_operator(facts, last) == ConfirmObstacle.TOO_EARLY
    after = AT + timedelta(hours=48)
    assert obstacle_for(facts, CONFIRMER, is_appointed=True, at=after) is None
    assert obstacle_for_operator(facts, after) is None
