"""The checker itself: a plan that holds, spoilt in every way that the rules know."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exchanges.domain.matching import DEFAULT_WEIGHTS, CityFacts, explain
from exchanges.plans.domain import (
    Method,
    PlanCity,
    PlannedVisit,
    PlanProblem,
    PlanResult,
    Unmet,
    UnmetKind,
)
from tests.pair_checker import check_pairs
from tests.plan_checker import check_plan

ATHENS = PlanCity("athens", "GR", True, True, 1, 1, 8, 3, 0b111)
LJUBLJANA = PlanCity("ljubljana", "SI", True, True, 2, 1, 8, 3, 0b111)
LIEGE = PlanCity("liege", "BE", True, False, 1, 2, 8, 4, 0b101, credit=7)
SOFIA = PlanCity("sofia", "BG", False, True, 1, 2, 6, 2, 0b011)
KOPER = PlanCity("koper", "SI", False, False, 1, 1, 9, 2, 0b111)

PROBLEM = PlanProblem(
    cities=(ATHENS, LJUBLJANA, LIEGE, SOFIA, KOPER),
    points={
        ("athens", "ljubljana"): 700,
        ("liege", "ljubljana"): 600,
        ("sofia", "liege"): 500,
        ("koper", "athens"): 400,
        ("koper", "sofia"): 450,
        ("sofia", "koper"): 350,
        ("liege", "koper"): 300,
        ("liege", "athens"): -20,
        ("ljubljana", "athens"): 200,
        ("sofia", "ljubljana"): 640,
        ("koper", "liege"): 120,
    },
    window_count=3,
    exchanges=3,
    participation=1000,
    country_limit=2,
    fixed=frozenset({("athens", "ljubljana"), ("sofia", "athens")}),
    forbidden=frozenset({("koper", "liege")}),
    locked=(PlannedVisit("liege", 0, ("sofia",)),),
    unlike=((PlannedVisit("athens", 1, ("koper",)), PlannedVisit("athens", 2, ("liege",))),),
)

RESULT = PlanResult(
    visits=(
        PlannedVisit("liege", 0, ("sofia",)),
        PlannedVisit("ljubljana", 2, ("athens", "liege")),
    ),
    score=1800,
    objective=5807,
    bound=6000,
    taking_part=("athens", "liege", "ljubljana", "sofia"),
    unmet=(Unmet(("sofia", "athens"), UnmetKind.RULED_OUT),),
    binding=(),
    method=Method.MODEL,
    solver="by hand",
    seconds=0.1,
    was_stopped=False,
)


def told(*visits: PlannedVisit, **changes: object) -> str:
    """What is said of other visits, under changed rules."""
    problem = replace(PROBLEM, **changes)
    return " ".join(check_plan(problem, replace(RESULT, visits=visits or RESULT.visits)))


def visit(host: str, window: int, *guests: str) -> PlannedVisit:
    return PlannedVisit(host, window, guests)


def city(changed: PlanCity, **changes: object) -> tuple[PlanCity, ...]:
    new = replace(changed, **changes)
    return tuple(new if each.slug == changed.slug else each for each in PROBLEM.cities)


def test_plan_that_holds_has_nothing_said_of_it() -> None:
    assert check_plan(PROBLEM, RESULT) == []


def test_empty_plan_holds_when_nothing_is_asked_for() -> None:
    problem = replace(PROBLEM, fixed=frozenset(), locked=(), cities=())
    empty = replace(RESULT, visits=(), score=0, objective=0, taking_part=(), unmet=())
    assert check_plan(problem, empty) == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"exchanges": 1}, "2 visits, but 1 exchanges."),
        ({"exchanges": -3}, "2 visits, but -3 exchanges."),
        ({"country_limit": 0}, "SI hosts 1 visits, at most 0 are allowed."),
        ({"cities": city(LJUBLJANA, places=6)}, "ljubljana receives 7 people, but has 6 places."),
        ({"cities": city(LIEGE, windows=0b100)}, "liege is not free in window 0."),
        ({"cities": city(ATHENS, windows=0b011)}, "athens is not free in window 2."),
        ({"cities": city(LIEGE, hosting_left=0)}, "liege hosts 1 times, more often than it can."),
        ({"cities": city(SOFIA, guest_left=-1)}, "sofia travels 1 times, more often than it can."),
        ({"cities": PROBLEM.cities[1:]}, "athens is no city of this problem."),
        ({"window_count": 2}, "ljubljana hosts in window 2, which does not exist."),
        ({"forbidden": frozenset({("sofia", "liege")})}, "sofia to liege is forbidden."),
        ({"needs_umn_host": True}, "liege hosts without a UMN member."),
        (
            {"needs_authority_host": True, "cities": city(LIEGE, has_local_authority=False)},
            "liege hosts without a local authority.",
        ),
        ({"unlike": (RESULT.visits,)}, "Only 0 visits of earlier plan 0 are missing."),
        (
            {"unlike": ((*RESULT.visits[:1], visit("athens", 1, "koper")),)},
            "Only 1 visits of earlier plan 0 are missing.",
        ),
    ],
)
def test_same_visits_break_stricter_rules(changes: dict[str, object], sentence: str) -> None:
    assert sentence in told(**changes)


@pytest.mark.parametrize(
    ("visits", "sentence"),
    [
        ([visit("liege", 0)], "liege hosts nobody in window 0."),
        ([visit("liege", 0, "liege")], "liege visits itself."),
        (
            [visit("liege", 0, "sofia", "sofia")],
            "liege receives the same guest twice in one visit.",
        ),
        ([visit("liege", -1, "sofia")], "liege hosts in window -1, which does not exist."),
        ([visit("liege", 0, "atlantis")], "atlantis is no city of this problem."),
        ([visit("liege", 0, "athens")], "athens to liege is ruled out."),
        ([visit("koper", 1, "koper")], "No local authority takes part in the visit to koper."),
        ([visit("koper", 0, "sofia")], "No local authority takes part in the visit to koper."),
        ([visit("koper", 0, "liege")], "No UMN member takes part in the visit to koper."),
        (
            [visit("liege", 0, "sofia"), visit("koper", 0, "liege", "sofia")],
            "liege is in 2 visits in window 0. sofia is in 2 visits in window 0.",
        ),
        (
            [visit("ljubljana", 0, "sofia"), visit("ljubljana", 1, "sofia")],
            "sofia visits ljubljana 2 times.",
        ),
        (
            [visit("liege", 0, "sofia"), visit("liege", 2, "koper")],
            "liege hosts 2 times, more often than it can.",
        ),
        (
            [
                visit("ljubljana", 0, "athens"),
                visit("athens", 1, "koper"),
                visit("sofia", 0, "koper"),
            ],
            "koper travels 2 times, more often than it can.",
        ),
        (
            [
                visit("ljubljana", 0, "athens"),
                visit("ljubljana", 1, "sofia"),
                visit("koper", 2, "liege"),
            ],
            "SI hosts 3 visits, at most 2 are allowed.",
        ),
    ],
)
def test_other_visits_break_the_rules(visits: list[PlannedVisit], sentence: str) -> None:
    assert sentence in told(*visits)


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        ({"score": 1801}, ["The score is 1800, not 1801."]),
        ({"objective": 5800}, ["The objective is 5807, not 5800."]),
        ({"bound": 5806}, ["The bound 5806 is below the objective 5807."]),
        (
            {"taking_part": ("athens", "liege")},
            ["4 cities take part, not exactly those that it names."],
        ),
        (
            {"taking_part": (*RESULT.taking_part, "sofia")},
            ["4 cities take part, not exactly those that it names."],
        ),
        ({"unmet": ()}, ["It does not say that sofia to athens is unmet."]),
        (
            {"unmet": (*RESULT.unmet, Unmet(("athens", "ljubljana"), UnmetKind.CONFLICT))},
            ["It says that athens to ljubljana is unmet, which is not so."],
        ),
        ({"unmet": RESULT.unmet * 2}, ["It says 2 times that sofia to athens is unmet."]),
        (
            {"unmet": (Unmet(("sofia", "athens"), UnmetKind.CONFLICT),)},
            ["sofia to athens is not unmet for the reason conflict."],
        ),
    ],
)
def test_wrong_figures_are_found(changes: dict[str, object], sentences: list[str]) -> None:
    assert check_plan(PROBLEM, replace(RESULT, **changes)) == sentences


def test_locked_visit_in_another_window_is_unmet() -> None:
    locked = (PlannedVisit("liege", 1, ("sofia",)),)
    assert "It does not say that sofia to liege is unmet." in told(locked=locked)


def test_locked_visit_may_receive_more_guests() -> None:
    locked = (PlannedVisit("ljubljana", 2, ("liege",)),)
    assert told(locked=locked) == ""


@pytest.mark.parametrize(
    ("pair", "kind", "changes"),
    [
        (("atlantis", "athens"), UnmetKind.UNKNOWN_CITY, {}),
        (("koper", "liege"), UnmetKind.FORBIDDEN, {}),
        (("sofia", "athens"), UnmetKind.RULED_OUT, {}),
        (("koper", "athens"), UnmetKind.NO_COMMON_WINDOW, {"cities": city(KOPER, windows=0)}),
        (("koper", "athens"), UnmetKind.NO_CAPACITY, {"cities": city(KOPER, guest_left=0)}),
        (("koper", "athens"), UnmetKind.NO_PLACES, {"cities": city(KOPER, delegation=9)}),
        (("koper", "athens"), UnmetKind.CONFLICT, {}),
    ],
)
def test_reason_of_unmet_pair_must_be_true(
    pair: tuple[str, str], kind: UnmetKind, changes: dict[str, object]
) -> None:
    problem = replace(PROBLEM, fixed=frozenset({pair}), **changes)
    assert check_plan(problem, replace(RESULT, unmet=(Unmet(pair, kind),))) == []
    others = set(UnmetKind) - {kind, UnmetKind.NO_MIX, UnmetKind.CONFLICT}
    for other in others:
        assert check_plan(problem, replace(RESULT, unmet=(Unmet(pair, other),))) != [], other


def facts(slug: str, country: str, level: int, **changes: object) -> CityFacts:
    given = CityFacts(
        slug, country, 46.0, 14.5, frozenset({"en"}), False, {"work": level}, {"work": 2}, 2, 2,
        True, True,
    )  # fmt: skip
    return replace(given, **changes)


def test_pairs_are_checked_against_what_the_cities_told() -> None:
    visits = (PlannedVisit("ljubljana", 0, ("athens",)),)
    athens, ljubljana = facts("athens", "GR", 1), facts("ljubljana", "SI", 4)
    told = {"athens": replace(athens, prefers=frozenset({"ljubljana"})), "ljubljana": ljubljana}
    worth = explain(athens, ljubljana, DEFAULT_WEIGHTS).score + 50
    points = {("athens", "ljubljana"): worth}
    assert check_pairs(visits, told, DEFAULT_WEIGHTS, points) == []

    points["athens", "ljubljana"] -= 1
    assert check_pairs(visits, told, DEFAULT_WEIGHTS, points) == [
        f"athens to ljubljana is worth {worth}, not {worth - 1}."
    ]
    told["ljubljana"] = replace(ljubljana, country="GR")
    assert "athens to ljubljana is ruled out: same_country." in check_pairs(
        visits, told, DEFAULT_WEIGHTS, points
    )
