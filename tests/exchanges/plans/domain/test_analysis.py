import json

import pytest

from exchanges.plans.domain.analysis import (
    Alternative,
    Analysis,
    FairnessPrice,
    LeftOut,
    LeftOutKind,
    Stability,
    StabilityLevel,
    WorstOff,
    analysis_data,
    analysis_of,
)
from exchanges.plans.domain.facts import PlannedVisit
from exchanges.plans.domain.study import missing_visits

VISITS = (PlannedVisit("athens", 2, ("liege", "sofia")), PlannedVisit("sofia", 1, ("athens",)))
FULL = Analysis(
    alternatives=(Alternative(VISITS, 9, 10, ("athens", "sofia"), is_proven=True),),
    fairness=FairnessPrice(12, 3, ("athens",), (), is_proven=False),
    stability=Stability(14, 9, (14, 3), (("travel", True), ("dates", False))),
    worst_off=WorstOff("sofia", "", 0, 0, 3, "athens", 800),
    left_out=(
        LeftOut("milan", LeftOutKind.LOSES, loss=5, score_loss=-2, visits=VISITS),
        LeftOut("trieste", LeftOutKind.NO_PAIR, gates=(("same_country", 3),)),
    ),
    is_small=False,
    is_complete=False,
)


@pytest.mark.parametrize("analysis", [FULL, Analysis()])
def test_analysis_comes_back_from_its_json(analysis: Analysis) -> None:
    assert analysis_of(json.loads(json.dumps(analysis_data(analysis)))) == analysis


@pytest.mark.parametrize("data", [None, {}, {"failure": "killed"}])
def test_there_is_none_while_it_is_waited_for_or_failed(data: dict[str, object] | None) -> None:
    assert analysis_of(data) is None


@pytest.mark.parametrize(("same", "level"), [(14, "stable"), (10, "mostly"), (9, "fragile")])
def test_stability_level(same: int, level: str) -> None:
    stability = Stability(14, same, (14, 3), ())
    assert stability.level == StabilityLevel(level)
    assert stability.level_of(14) == StabilityLevel.STABLE


def test_visit_is_missing_when_its_host_does_not_receive_one_of_its_guests() -> None:
    assert missing_visits(VISITS, VISITS) == 0
    assert missing_visits(VISITS, (PlannedVisit("athens", 0, ("liege",)), VISITS[1])) == 1
    assert missing_visits(VISITS, (PlannedVisit("athens", 0, ("liege", "sofia", "milan")),)) == 1
    assert missing_visits(VISITS, ()) == 2
