"""The sample visits, each as its steps. The pairs are those that matching suggests; Ljubljana hosts
nobody yet and Pordenone travels nowhere, so that the story can be played."""

from __future__ import annotations

from agreements.operations import lifetime
from mlp_planner.demo.sample import texts
from mlp_planner.demo.sample.agendas import LIEGE, PORDENONE
from mlp_planner.demo.sample.agreements import (
    approve_partnership,
    propose_cooperation,
    sign_partnership,
)
from mlp_planner.demo.sample.stage import Stage
from mlp_planner.demo.sample.steps import SampleStep as Step


def closed(stage: Stage) -> list[Step]:
    """Sofia in Liège, with report and an agreement that runs out in 80 days."""
    days, plan = stage.days, texts.SOFIA_IN_LIEGE
    options = [days.visit_before(10, 3), days.visit_before(9, 3)]
    guests = ("sofia-municipality", "citub")
    last_day = days.in_days(80)
    return [
        Step(days.ago(104), lambda at: stage.propose(plan, options, answer_days=21, at=at)),
        Step(days.ago(98, 10), lambda at: stage.accept_all(plan, at=at)),
        Step(days.ago(96, 14), lambda at: stage.agree(plan, at=at)),
        Step(days.ago(92, 13), lambda at: stage.confirm(plan, at=at)),
        Step(days.ago(84, 10), lambda at: stage.name_delegates(plan, guests, at=at)),
        Step(days.ago(60, 8), lambda at: stage.complete(plan, at=at)),
        Step(days.ago(57, 15), lambda at: stage.close(plan, texts.REPORT, at=at)),
        Step(days.ago(54, 7), lambda at: approve_partnership(stage, plan, last_day, at=at)),
        Step(days.ago(52, 16), lambda at: sign_partnership(stage, plan, at=at)),
        Step(days.ago(20, 16), lambda at: propose_cooperation(stage, plan, at=at)),
        Step(days.ago(10, 6), lambda at: lifetime.remind(at=at)),
    ]


def completed(stage: Stage) -> list[Step]:
    """Play Liège in Milan: held, no report and no agreement yet."""
    days, plan = stage.days, texts.LIEGE_IN_MILAN
    options = [days.visit_before(4, 2), days.visit_before(3, 2)]
    guests = ("city-of-liege", "cepag")
    return [
        Step(days.ago(72), lambda at: stage.propose(plan, options, answer_days=21, at=at)),
        Step(days.ago(66, 10), lambda at: stage.accept_all(plan, at=at)),
        Step(days.ago(64, 12), lambda at: stage.agree(plan, at=at)),
        Step(days.ago(62, 14), lambda at: stage.confirm(plan, at=at)),
        Step(days.ago(50, 11), lambda at: stage.name_delegates(plan, guests, at=at)),
        Step(days.ago(15, 9), lambda at: stage.complete(plan, at=at)),
    ]


def confirmed_soon(stage: Stage) -> list[Step]:
    """Play Milan and Trieste in Liège, with a full agenda of three days."""
    days, plan = stage.days, texts.MILAN_IN_LIEGE
    options = days.options(5, 3)
    guests = ("city-of-milan", "city-of-trieste")
    return [
        Step(days.ago(45), lambda at: stage.propose(plan, options, answer_days=14, at=at)),
        Step(days.ago(40, 9), lambda at: stage.accept_all(plan, at=at)),
        Step(days.ago(38, 13), lambda at: stage.agree(plan, at=at)),
        Step(days.ago(36, 15), lambda at: stage.confirm(plan, at=at)),
        Step(days.ago(24, 13), lambda at: stage.name_delegates(plan, guests, at=at)),
        Step(days.ago(16, 13), lambda at: stage.build_agenda(plan, LIEGE, at=at)),
    ]


def confirmed_later(stage: Stage) -> list[Step]:
    """Ljubljana in Pordenone: a draft agenda in which one person and one room are taken twice."""
    days, plan = stage.days, texts.LJUBLJANA_IN_PORDENONE
    options = days.options(10, 2)
    host, guests = "city-of-pordenone", ("nsds",)
    return [
        Step(days.ago(34), lambda at: stage.propose(plan, options, answer_days=14, at=at)),
        Step(days.ago(29, 11), lambda at: stage.accept(plan, host, at=at, doubts=1)),
        Step(days.ago(29, 11), lambda at: stage.accept_all(plan, at=at)),
        Step(days.ago(27, 13), lambda at: stage.agree(plan, at=at)),
        Step(days.ago(25, 15), lambda at: stage.confirm(plan, at=at)),
        Step(days.ago(14, 10), lambda at: stage.name_delegates(plan, guests, at=at)),
        Step(days.ago(12, 12), lambda at: stage.build_agenda(plan, PORDENONE, at=at)),
    ]


def agreed(stage: Stage) -> list[Step]:
    """Athens in Sofia: waits for the office."""
    days, plan = stage.days, texts.ATHENS_IN_SOFIA
    options = days.options(13, 3)
    return [
        Step(days.ago(18), lambda at: stage.propose(plan, options, answer_days=21, at=at)),
        Step(days.ago(13, 14), lambda at: stage.accept_all(plan, at=at)),
        Step(days.ago(2, 10), lambda at: stage.agree(plan, at=at)),
    ]


def proposed(stage: Stage) -> list[Step]:
    """Milan in Athens: the Athens Labour Unions Organization has not answered."""
    days, plan = stage.days, texts.MILAN_IN_ATHENS
    options = days.options(16, 3, count=3)
    word = texts.WORD_FROM_ATHENS
    return [
        Step(days.ago(3), lambda at: stage.propose(plan, options, answer_days=24, at=at)),
        Step(days.ago(2, 12), lambda at: stage.accept(plan, "anolf-milano", at=at)),
        Step(
            days.ago(2, 13),
            lambda at: stage.accept(plan, "city-of-athens", at=at, doubts=1, word=word),
        ),
    ]


def draft(stage: Stage) -> list[Step]:
    """Trieste, to Athens: learning and cities are filled in, dates are not."""
    plan = texts.TRIESTE_IN_ATHENS
    return [Step(stage.days.ago(2, 15), lambda at: stage.draft(plan, at=at))]


VISITS = (closed, completed, confirmed_soon, confirmed_later, agreed, proposed, draft)
